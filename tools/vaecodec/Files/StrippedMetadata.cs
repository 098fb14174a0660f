namespace VaeCodec.Tool;

/// <summary>Pictures without some of their metadata.</summary>
internal static class StrippedMetadata
{
    /// <summary>A picture's description without them.</summary>
    public static PictureDescription Without(this PictureDescription picture, MetadataKinds kinds) => kinds == MetadataKinds.None ? picture : picture with
    {
        Metadata = new PictureMetadata
        {
            IccProfile = kinds.HasFlag(MetadataKinds.Icc) ? null : picture.Metadata.IccProfile,
            Exif = kinds.HasFlag(MetadataKinds.Exif) ? null : picture.Metadata.Exif,
            Xmp = kinds.HasFlag(MetadataKinds.Xmp) ? null : picture.Metadata.Xmp,
        },
    };

    /// <summary>A sink that does not hear of them.</summary>
    public static IRowSink Without(this IRowSink sink, MetadataKinds kinds) => kinds == MetadataKinds.None ? sink : new Sink(sink, kinds);

    private sealed class Sink(IRowSink inner, MetadataKinds kinds) : IRowSink
    {
        public ValueTask BeginAsync(PictureDescription picture, CancellationToken cancellationToken) => inner.BeginAsync(picture.Without(kinds), cancellationToken);

        public ValueTask WriteRowsAsync(ReadOnlyMemory<byte> rows, int rowCount, CancellationToken cancellationToken) => inner.WriteRowsAsync(rows, rowCount, cancellationToken);

        public ValueTask EndAsync(CancellationToken cancellationToken) => inner.EndAsync(cancellationToken);
    }
}
