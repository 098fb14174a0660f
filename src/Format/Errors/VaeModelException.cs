namespace VaeCodec;

/// <summary>A model is missing, is not the one a file needs, or is not acceptable.</summary>
public sealed class VaeModelException : VaeException
{
    /// <inheritdoc cref="VaeException(VaeError, string, Exception?)"/>
    public VaeModelException(VaeError error, string message, Exception? innerException = null)
        : base(error, message, innerException)
    {
    }
}
