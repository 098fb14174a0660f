using System.Diagnostics;

namespace VaeCodec.Tool;

/// <summary>A progress bar on standard error. Only made when that is a terminal.</summary>
internal sealed class ConsoleProgress : IProgress<VaeProgress>, IDisposable
{
    private const int BarWidth = 30;

    // Quick jobs show nothing, slow ones at most ten updates a second: drawing must not cost anything that counts.
    private static readonly TimeSpan s_firstAfter = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(100);

    private readonly Lock _gate = new();
    private readonly string _label;
    private readonly long _start = Stopwatch.GetTimestamp();
    private TimeSpan _next = s_firstAfter;
    private int _drawn;
    private bool _closed;

    private ConsoleProgress(string label) => _label = label;

    /// <summary>A bar, or null when nobody would see it.</summary>
    public static ConsoleProgress? Create(string label, bool quiet)
        => quiet || Console.IsErrorRedirected ? null : new ConsoleProgress(label);

    public void Report(VaeProgress value)
    {
        lock (_gate)
        {
            TimeSpan elapsed = Stopwatch.GetElapsedTime(_start);
            if (_closed || elapsed < _next || value.Rows <= 0)
            {
                return;
            }

            _next = elapsed + s_interval;
            string line = Line(_label, value, elapsed);

            // Spaces over what is left of the last one: consoles of Windows may print escape sequences as they are.
            Draw($"\r{line.PadRight(_drawn)}");
            _drawn = _closed ? 0 : line.Length;
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            if (_drawn > 0)
            {
                Draw($"\r{new string(' ', _drawn)}\r");
            }

            (_drawn, _closed) = (0, true);
        }
    }

    /// <summary>Writes to the terminal. One that has gone away, as that of a connection which was lost, ends the bar and no work.</summary>
    private void Draw(string text)
    {
        try
        {
            Console.Error.Write(text);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            _closed = true;
        }
    }

    /// <summary>The text of the bar.</summary>
    internal static string Line(string label, VaeProgress value, TimeSpan elapsed)
    {
        double done = Math.Clamp((double)value.RowsDone / value.Rows, 0, 1);
        int filled = (int)(done * BarWidth);
        string left = done > 0.02 ? $", {elapsed.TotalSeconds * (1 - done) / done:0} s left" : "";
        return $"{label} [{new string('#', filled)}{new string('.', BarWidth - filled)}] {done * 100:0}%, {ByteSize.Format(value.FileBytes)}{left}";
    }
}
