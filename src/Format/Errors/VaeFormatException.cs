namespace VaeCodec;

/// <summary>The input is damaged, truncated, or not of the format it is read as.</summary>
public sealed class VaeFormatException : VaeException
{
    /// <inheritdoc cref="VaeException(VaeError, string, Exception?)"/>
    public VaeFormatException(VaeError error, string message, Exception? innerException = null)
        : base(error, message, innerException)
    {
    }
}
