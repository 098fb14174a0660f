using System.Diagnostics;
using System.Runtime.ExceptionServices;

namespace VaeCodec.Models.Cpu.Execution;

/// <summary>
/// A fixed set of threads that share out the items of one piece of work at a time; the caller is one of them.
/// </summary>
/// <remarks>
/// A layer of a band takes a few hundred microseconds, too short for the thread pool's queues: idle workers, and a caller that waits for them, spin for a
/// while before they sleep. (A tile of samples takes seconds: a caller that spun all that time would take a core from whoever has work.) Which thread does which item never changes a result. Not reentrant: <see cref="Run"/> is
/// called from one thread at a time and not from inside an item.
/// </remarks>
internal sealed class WorkerTeam : IDisposable
{
    private const int SpinsBeforeSleep = 400;
    private static readonly TimeSpan s_callerSpins = TimeSpan.FromMilliseconds(1);
    private readonly Thread?[] _threads;
    private readonly Lock _runLock = new();
    private readonly object _gate = new();
    private IParallelWork? _work;
    private ExceptionDispatchInfo? _failure;
    private int _failed;
    private int _items;
    private int _next;
    private int _pending;
    private int _asleep;
    private int _callerSleeps;
    private volatile int _generation;
    private volatile bool _stopping;

    /// <summary>Starts the team.</summary>
    /// <param name="threads">Threads including the caller; 0 is one for each processor.</param>
    public WorkerTeam(int threads)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(threads);
        Threads = threads == 0 ? Environment.ProcessorCount : threads;
        _threads = new Thread?[Threads - 1];
        try
        {
            for (int i = 0; i < _threads.Length; i++)
            {
                Thread thread = new(Work) { IsBackground = true, Name = "VaeCodec worker" };
                thread.Start();
                _threads[i] = thread;
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Threads including the caller.</summary>
    public int Threads { get; }

    /// <summary>Does all items and returns when the last is done. Of exceptions from items that of the first in order is thrown here, however many threads there are; other items may still have run.</summary>
    /// <param name="items">Number of items.</param>
    /// <param name="work">The work.</param>
    public void Run(int items, IParallelWork work)
    {
        if (_threads.Length == 0 || items <= 1)
        {
            for (int item = 0; item < items; item++)
            {
                work.Execute(item);
            }

            return;
        }

        lock (_runLock)
        {
            _work = work;
            _items = items;
            _next = 0;
            _failure = null;
            Volatile.Write(ref _pending, _threads.Length);

            // Either a worker that goes to sleep sees the new generation, or this sees the sleeper: both come after a full fence.
            Interlocked.Increment(ref _generation);
            if (Volatile.Read(ref _asleep) != 0)
            {
                lock (_gate)
                {
                    Monitor.PulseAll(_gate);
                }
            }

            Drain();
            Await();
            _work = null;
            _failure?.Throw();
        }
    }

    /// <summary>Stops the threads.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _stopping = true;
            Monitor.PulseAll(_gate);
        }

        foreach (Thread? thread in _threads)
        {
            thread?.Join();
        }
    }

    private void Drain()
    {
        int item = Interlocked.Increment(ref _next) - 1;
        try
        {
            for (; item < _items; item = Interlocked.Increment(ref _next) - 1)
            {
                _work!.Execute(item);
            }
        }
        catch (Exception exception)
        {
            // Items are begun in order, so each before this one is done or will be: the first that fails is the same whatever the threads do.
            lock (_gate)
            {
                if (_failure is null || item < _failed)
                {
                    (_failure, _failed) = (ExceptionDispatchInfo.Capture(exception), item);
                }
            }

            Volatile.Write(ref _next, _items);
        }
    }

    /// <summary>Waits until the workers are done.</summary>
    private void Await()
    {
        SpinWait spin = default;
        for (long start = Stopwatch.GetTimestamp(); Volatile.Read(ref _pending) != 0;)
        {
            if (Stopwatch.GetElapsedTime(start) < s_callerSpins)
            {
                spin.SpinOnce(sleep1Threshold: -1);
                continue;
            }

            lock (_gate)
            {
                // Either the last worker sees the sleeper, or this sees that it is done: both come after a full fence.
                Interlocked.Exchange(ref _callerSleeps, 1);
                while (Volatile.Read(ref _pending) != 0)
                {
                    Monitor.Wait(_gate);
                }

                Volatile.Write(ref _callerSleeps, 0);
            }
        }
    }

    private void Sleep(int seen)
    {
        lock (_gate)
        {
            Interlocked.Increment(ref _asleep);
            while (_generation == seen && !_stopping)
            {
                Monitor.Wait(_gate);
            }

            Interlocked.Decrement(ref _asleep);
        }
    }

    private void Work()
    {
        int seen = 0;
        while (true)
        {
            for (int spins = 0; spins < SpinsBeforeSleep && _generation == seen && !_stopping; spins++)
            {
                Thread.SpinWait(20);
            }

            if (_generation == seen)
            {
                Sleep(seen);
            }

            if (_stopping)
            {
                return;
            }

            // No further piece of work begins before this worker has had its part of this one.
            seen = _generation;
            Drain();
            if (Interlocked.Decrement(ref _pending) == 0 && Volatile.Read(ref _callerSleeps) != 0)
            {
                lock (_gate)
                {
                    Monitor.PulseAll(_gate);
                }
            }
        }
    }
}
