namespace VaeCodec.Tool;

/// <summary>How pictures are to be encoded, the same for all of a command.</summary>
/// <param name="Options">The encoder's options, but for the threads.</param>
/// <param name="Force">Whether an existing output may be replaced.</param>
/// <param name="Verify">Whether to decode what was written before it appears.</param>
/// <param name="Left">Metadata that are left out.</param>
/// <param name="Target">What to reach; null where the options say the quality.</param>
internal sealed record EncodeSettings(VaeEncoderOptions Options, bool Force, bool Verify, MetadataKinds Left, VaeTarget? Target);
