namespace VaeCodec;

/// <summary>
/// The base of every exception that VaeCodec throws about its input, its limits and its models. Catching this one type
/// catches them all. Others come from the caller's side alone: <see cref="ArgumentException"/>,
/// <see cref="InvalidOperationException"/> (a call out of turn), <see cref="OperationCanceledException"/>, and what the
/// caller's own streams, sources and sinks throw.
/// </summary>
/// <remarks>
/// The family: <see cref="VaeFormatException"/> (damaged or foreign input), <see cref="VaeUnsupportedException"/>
/// (sound input of a kind this version does not read), <see cref="VaeLimitException"/> (a limit would be exceeded) and
/// <see cref="VaeModelException"/> (model missing, wrong or invalid).
/// </remarks>
public class VaeException : Exception
{
    /// <summary>Creates an exception with a code and a message.</summary>
    /// <param name="error">What went wrong.</param>
    /// <param name="message">What is wrong, where, and what to do about it.</param>
    /// <param name="innerException">The cause, if another exception was.</param>
    public VaeException(VaeError error, string message, Exception? innerException = null)
        : base(message, innerException) => Error = error;

    /// <summary>What went wrong.</summary>
    public VaeError Error { get; }
}
