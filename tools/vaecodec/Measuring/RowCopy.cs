namespace VaeCodec.Tool;

/// <summary>Moves a picture from a source to a sink in bands.</summary>
internal static class RowCopy
{
    private const int BandBytes = 256 * 1024;

    /// <summary>Copies all rows: begin, rows, end.</summary>
    public static async Task CopyAsync(IRowSource source, IRowSink sink, CancellationToken cancellationToken)
    {
        PictureDescription picture = source.Picture;
        int rowBytes = picture.RowBytes;
        int bandRows = Math.Clamp(BandBytes / rowBytes, 1, picture.Height);
        byte[] band = new byte[checked(bandRows * rowBytes)];
        await sink.BeginAsync(picture, cancellationToken).ConfigureAwait(false);
        for (int row = 0; row < picture.Height; row += bandRows)
        {
            int count = Math.Min(bandRows, picture.Height - row);
            Memory<byte> rows = band.AsMemory(0, count * rowBytes);
            await source.ReadRowsAsync(rows, count, cancellationToken).ConfigureAwait(false);
            await sink.WriteRowsAsync(rows, count, cancellationToken).ConfigureAwait(false);
        }

        await sink.EndAsync(cancellationToken).ConfigureAwait(false);
    }
}
