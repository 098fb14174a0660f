namespace VaeCodec;

/// <summary>Reading or writing would exceed a limit that the caller (or the default) sets. Nothing was allocated for it.</summary>
public sealed class VaeLimitException : VaeException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">Which limit, the value asked for, the value allowed, and how to raise it.</param>
    public VaeLimitException(string message)
        : base(VaeError.LimitExceeded, message)
    {
    }
}
