namespace VaeCodec.RateDistortion.CommandLine;

/// <summary>What the user asked for does not make sense, or a file named on the command line is not what it should be. Exit code 2.</summary>
internal sealed class BenchUsageException(string message, Exception? cause = null) : Exception(message, cause);
