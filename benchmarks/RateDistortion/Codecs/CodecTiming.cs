namespace VaeCodec.RateDistortion.Codecs;

/// <summary>What the times of a codec are of.</summary>
internal enum CodecTiming
{
    /// <summary>Whole processes: their start, reading and writing files.</summary>
    Process,

    /// <summary>Calls of a library that is loaded and warm, with pixels in memory.</summary>
    Library,

    /// <summary>Encoding is a whole process, decoding a call of this project's reader.</summary>
    EncoderProcess,
}
