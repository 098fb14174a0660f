namespace VaeCodec.Speed.Processes;

/// <summary>Whole processes on one picture: seconds from start to exit, the best of the repetitions.</summary>
/// <param name="Name">What was run.</param>
/// <param name="Version">Its version.</param>
/// <param name="Threads">How many threads it was allowed.</param>
/// <param name="Megapixels">Size of the picture.</param>
/// <param name="EncodeSeconds">Seconds to encode.</param>
/// <param name="DecodeSeconds">Seconds to decode.</param>
/// <param name="FileBytes">Length of the file between the two.</param>
/// <param name="EncodePeakBytes">Largest resident set of the encoder; null where GNU time is missing.</param>
/// <param name="DecodePeakBytes">Largest resident set of the decoder.</param>
/// <param name="Psnr">PSNR of the decoded picture in dB; null where it was not measured.</param>
internal sealed record ProcessTime(string Name, string Version, int Threads, double Megapixels, double EncodeSeconds, double DecodeSeconds, long FileBytes, long? EncodePeakBytes, long? DecodePeakBytes, double? Psnr = null)
{
    /// <summary>Megapixels in a second of encoding.</summary>
    public double EncodeRate => Megapixels / EncodeSeconds;

    /// <summary>Megapixels in a second of decoding.</summary>
    public double DecodeRate => Megapixels / DecodeSeconds;
}
