namespace VaeCodec.Tool;

/// <summary>Lines on standard error for people.</summary>
internal static class Messages
{
    /// <summary>Writes a line. That it cannot be written, because the disk with the log is full or nobody listens, ends no work: the exit code still tells how that went.</summary>
    public static void Write(string line)
    {
        try
        {
            Console.Error.WriteLine(line);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
        }
    }
}
