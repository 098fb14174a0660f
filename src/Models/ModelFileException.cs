namespace VaeCodec.Models;

/// <summary>
/// A model file is damaged or not acceptable. The codec turns it into its own VaeModelException, which is what users of
/// the codec see; this type keeps the networks free of the container.
/// </summary>
public sealed class ModelFileException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is wrong with the file, and where.</param>
    /// <param name="innerException">The cause, if another exception was.</param>
    public ModelFileException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
