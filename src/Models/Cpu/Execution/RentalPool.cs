namespace VaeCodec.Models.Cpu.Execution;

/// <summary>Things that threads take turns at: as many as are used at a time, made when first needed, kept until disposed.</summary>
/// <param name="make">Makes one.</param>
/// <param name="most">Most to make; who asks for another waits.</param>
internal class RentalPool<T>(Func<T> make, int most = int.MaxValue) : IDisposable
    where T : class, IDisposable
{
    private readonly object _gate = new();
    private readonly Stack<T> _idle = new();
    private int _made;

    /// <summary>Does something with one, which nobody else has meanwhile.</summary>
    public void Use(Action<T> work)
    {
        T item = Rent();
        try
        {
            work(item);
        }
        finally
        {
            Return(item);
        }
    }

    /// <summary>Takes one, for callers who cannot hand what they do to <see cref="Use"/>.</summary>
    public T Rent()
    {
        lock (_gate)
        {
            while (_idle.Count == 0 && _made == most)
            {
                Monitor.Wait(_gate);
            }

            if (_idle.TryPop(out T? item))
            {
                return item;
            }

            _made++;
        }

        try
        {
            return make();
        }
        catch
        {
            lock (_gate)
            {
                _made--;
                Monitor.Pulse(_gate);
            }

            throw;
        }
    }

    /// <summary>Gives one back.</summary>
    public void Return(T item)
    {
        lock (_gate)
        {
            _idle.Push(item);
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>Disposes of all that were given back.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            while (_idle.TryPop(out T? item))
            {
                item.Dispose();
            }
        }
    }
}
