namespace VaeCodec;

/// <summary>The input may be sound, but uses something that this version does not read.</summary>
public sealed class VaeUnsupportedException : VaeException
{
    /// <inheritdoc cref="VaeException(VaeError, string, Exception?)"/>
    public VaeUnsupportedException(VaeError error, string message, Exception? innerException = null)
        : base(error, message, innerException)
    {
    }
}
