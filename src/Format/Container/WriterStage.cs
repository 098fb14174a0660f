namespace VaeCodec.Format;

/// <summary>What a <see cref="ContainerWriter"/> can be asked next.</summary>
internal enum WriterStage
{
    Header,
    MetadataOrTile,
    Tiles,
    Finished,
    Failed,
}
