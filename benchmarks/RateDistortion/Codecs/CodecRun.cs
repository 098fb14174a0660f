namespace VaeCodec.RateDistortion.Codecs;

/// <summary>What encoding and decoding a picture gave.</summary>
/// <param name="FileBytes">Length of the encoded file.</param>
/// <param name="Decoded">The decoded pixels, RGB.</param>
/// <param name="EncodeSeconds">Wall time.</param>
/// <param name="DecodeSeconds">Wall time.</param>
/// <param name="EncodePeakBytes">Largest resident set of the encoder's process, or of this one while it encodes; null where it is not known.</param>
/// <param name="DecodePeakBytes">The same for the decoder.</param>
internal sealed record CodecRun(long FileBytes, byte[] Decoded, double EncodeSeconds, double DecodeSeconds, long? EncodePeakBytes, long? DecodePeakBytes);
