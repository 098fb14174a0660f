namespace VaeCodec.Format;

/// <summary>What a <see cref="ContainerReader"/> can be asked next.</summary>
internal enum ReaderStage
{
    Header,
    Metadata,
    Tiles,
    Finished,
    Failed,
}
