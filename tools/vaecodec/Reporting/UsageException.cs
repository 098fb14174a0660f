namespace VaeCodec.Tool;

/// <summary>The command line parses but does not make sense. Exit code 2.</summary>
internal sealed class UsageException(string message, Exception? cause = null) : Exception(message, cause);
