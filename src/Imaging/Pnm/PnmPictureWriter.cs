using System.Globalization;
using System.Text;
using VaeCodec.Imaging.Io;

namespace VaeCodec.Imaging.Pnm;

/// <summary>Writes binary PGM (P5) or PPM (P6). The format carries no metadata.</summary>
internal sealed class PnmPictureWriter(Stream output) : IRowSink
{
    private PictureDescription? _picture;
    private RowCounter _rows;

    public async ValueTask BeginAsync(PictureDescription picture, CancellationToken cancellationToken)
    {
        WriterCheck.Begin(_picture, picture);
        _picture = picture;
        _rows = new RowCounter(picture.Height, picture.RowBytes);
        char kind = picture.Layout == PixelLayout.Gray8 ? '5' : '6';
        string header = string.Create(CultureInfo.InvariantCulture, $"P{kind}\n{picture.Width} {picture.Height}\n255\n");
        await output.WriteAsync(Encoding.ASCII.GetBytes(header), cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask WriteRowsAsync(ReadOnlyMemory<byte> rows, int rowCount, CancellationToken cancellationToken)
    {
        PictureDescription picture = _picture ?? throw WriterCheck.NotBegun();
        _rows.Check(rows.Length, rowCount);
        await output.WriteAsync(rows[..(rowCount * picture.RowBytes)], cancellationToken).ConfigureAwait(false);
        _rows.Add(rowCount);
    }

    public async ValueTask EndAsync(CancellationToken cancellationToken)
    {
        _ = _picture ?? throw WriterCheck.NotBegun();
        _rows.RequireAll("The end of the picture");
        await output.FlushAsync(cancellationToken).ConfigureAwait(false);
    }
}
