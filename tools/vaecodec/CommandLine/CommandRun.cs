using System.Runtime.InteropServices;

namespace VaeCodec.Tool;

/// <summary>One run of a command: how talkative it is, what it works on, and whether it is to stop.</summary>
internal sealed class CommandRun : IDisposable
{
    /// <summary>Windows itself waits no longer.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _stop;
    private readonly PosixSignalRegistration[] _signals;
    private readonly bool _isOneOfSeveral;
    private readonly ManualResetEventSlim _ended = new();

    public CommandRun(int verbosity, bool quiet, CancellationToken cancellationToken)
    {
        Verbosity = quiet ? 0 : verbosity;
        WithTrace = verbosity > 1;
        Quiet = quiet;
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _signals =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal),
            PosixSignalRegistration.Create(PosixSignal.SIGHUP, OnSignal),
            PosixSignalRegistration.Create(PosixSignal.SIGQUIT, OnSignal),
        ];
    }

    private CommandRun(CommandRun whole, string subject, bool isOneOfSeveral)
    {
        (Verbosity, WithTrace, Quiet, _stop, _signals) = (whole.Verbosity, whole.WithTrace, whole.Quiet, whole._stop, []);
        (Subject, _isOneOfSeveral) = (subject, isOneOfSeveral);
    }

    /// <summary>How often -v was given.</summary>
    public int Verbosity { get; }

    /// <summary>Whether errors come with their stack trace.</summary>
    public bool WithTrace { get; }

    /// <summary>Whether only errors are printed.</summary>
    public bool Quiet { get; }

    /// <summary>Cancelled by Ctrl-C and SIGTERM.</summary>
    public CancellationToken CancellationToken => _stop.Token;

    /// <summary>The file being worked on, for errors that do not name one.</summary>
    public string? Subject { get; set; }

    /// <summary>The run as one of its files sees it, with a subject of its own. Not to be disposed, and of no use once the whole was.</summary>
    /// <param name="subject">The file.</param>
    /// <param name="isOneOfSeveral">Whether others may be at work at the same time, so that there is no progress bar.</param>
    public CommandRun ForFile(string subject, bool isOneOfSeveral) => new(this, subject, isOneOfSeveral);

    /// <summary>A line on standard error, unless --quiet.</summary>
    public void Note(string line)
    {
        if (!Quiet)
        {
            Messages.Write(line);
        }
    }

    /// <summary>A line on standard error with -v.</summary>
    public void Detail(string line)
    {
        if (Verbosity > 0)
        {
            Messages.Write(line);
        }
    }

    /// <summary>A line on standard output, unless --quiet.</summary>
    /// <param name="line">The line.</param>
    /// <param name="isData">Whether a program reads it, which asked for it: then --quiet does not hide it.</param>
    public void Result(string line, bool isData = false)
    {
        if (!Quiet || isData)
        {
            try
            {
                Console.Out.WriteLine(line);
            }
            catch (UnauthorizedAccessException exception)
            {
                throw new FileFailureException(StandardStreams.OutputName, new IOException(exception.Message, exception));
            }
            catch (IOException exception)
            {
                throw new FileFailureException(StandardStreams.OutputName, exception);
            }
        }
    }

    /// <summary>A progress bar, or null when nobody would see it.</summary>
    public ConsoleProgress? StartProgress(string label) => ConsoleProgress.Create(label, Quiet || _isOneOfSeveral);

    /// <summary>Reports an exception.</summary>
    /// <returns>The exit code for it.</returns>
    public int Fail(Exception exception)
    {
        // Whatever a cancelled job trips over, the cause is the cancellation.
        if (_stop.IsCancellationRequested && exception is not OperationCanceledException)
        {
            exception = new OperationCanceledException("cancelled", exception);
        }

        ErrorReport.Write(exception, Subject, WithTrace);
        return ExitCode.For(exception);
    }

    public void Dispose()
    {
        // Before all else: a handler that waits for it keeps registrations from being undone.
        _ended.Set();
        foreach (PosixSignalRegistration signal in _signals)
        {
            signal.Dispose();
        }

        _stop.Dispose();
    }

    private void OnSignal(PosixSignalContext context)
    {
        // The first signal lets the job clean up after itself; a second one ends the process at once, with what little cleaning up a handler can do.
        if (!_stop.IsCancellationRequested)
        {
            context.Cancel = true;
            _stop.Cancel();
            if (OperatingSystem.IsWindows() && context.Signal is PosixSignal.SIGHUP or PosixSignal.SIGTERM)
            {
                // A console that is closed, or the system going down: Windows ends the process as soon as the handler is through.
                _ended.Wait(s_patience);
            }

            return;
        }

        PartialFiles.DeleteAll();
    }
}
