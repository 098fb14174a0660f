namespace VaeCodec.Lossless;

/// <summary>Tells workers that what they do is no longer wanted: a row of tiles of samples may take minutes, and a token is given anew with each call.</summary>
internal sealed class WorkStop
{
    /// <summary>The token of the call at work. Set before work is handed out.</summary>
    public CancellationToken Token { get; set; }
}
