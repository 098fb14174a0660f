using VaeCodec.Imaging;

namespace VaeCodec.Tool;

/// <summary>How files are to be decoded, the same for all of a command.</summary>
/// <param name="Options">The decoder's options, but for the threads.</param>
/// <param name="Force">Whether an existing output may be replaced.</param>
/// <param name="Format">The format of the pictures; null where their names say it.</param>
/// <param name="Writing">How pictures are written.</param>
/// <param name="Left">Metadata that are left out.</param>
internal sealed record DecodeSettings(VaeDecoderOptions Options, bool Force, OutputFormat? Format, PictureWriterOptions Writing, MetadataKinds Left);
