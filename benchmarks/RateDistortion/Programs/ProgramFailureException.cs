namespace VaeCodec.RateDistortion.Programs;

/// <summary>A codec's program failed, or gave a file that is no picture. The measurement of that point is lost, no other.</summary>
internal sealed class ProgramFailureException : Exception
{
    private const int LongestMessage = 300;

    public ProgramFailureException(string program, int exitCode, string output)
        : base($"{program} ended with exit code {exitCode}: {Shorten(output)}")
    {
    }

    public ProgramFailureException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }

    private static string Shorten(string output)
    {
        string line = output.ReplaceLineEndings(" ").Trim();
        return line.Length == 0 ? "it said nothing" : line.Length <= LongestMessage ? line : line[..LongestMessage] + "...";
    }
}
