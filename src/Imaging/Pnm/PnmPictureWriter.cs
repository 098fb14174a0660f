using System.Globalization;
using System.Text;
using VaeCodec.Imaging.Io;

namespace VaeCodec.Imaging.Pnm;

/// <summary>Writes binary PGM (P5) or PPM (P6), or PAM (P7) where there is alpha, which the others cannot hold. The formats carry no metadata.</summary>
internal sealed class PnmPictureWriter(Stream output) : IRowSink
{
    private PictureDescription? _picture;
    private RowCounter _rows;
    private byte[] _stored = [];

    public async ValueTask BeginAsync(PictureDescription picture, CancellationToken cancellationToken)
    {
        WriterCheck.Begin(_picture, picture);
        _picture = picture;
        _rows = new RowCounter(picture.Height, picture.RowBytes);
        _stored = picture.Layout.BytesPerSample() == 2 ? new byte[picture.RowBytes] : [];
        await output.WriteAsync(Encoding.ASCII.GetBytes(Header(picture)), cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask WriteRowsAsync(ReadOnlyMemory<byte> rows, int rowCount, CancellationToken cancellationToken)
    {
        PictureDescription picture = _picture ?? throw WriterCheck.NotBegun();
        _rows.Check(rows.Length, rowCount);
        int rowBytes = picture.RowBytes;
        if (_stored.Length == 0)
        {
            await output.WriteAsync(rows[..(rowCount * rowBytes)], cancellationToken).ConfigureAwait(false);
            _rows.Add(rowCount);
            return;
        }

        for (int i = 0; i < rowCount; i++)
        {
            WideSamples.ToFile(rows.Span.Slice(i * rowBytes, rowBytes), _stored, picture.MaxSample);
            await output.WriteAsync(_stored, cancellationToken).ConfigureAwait(false);
            _rows.Add(1);
        }
    }

    public async ValueTask EndAsync(CancellationToken cancellationToken)
    {
        _ = _picture ?? throw WriterCheck.NotBegun();
        _rows.RequireAll("The end of the picture");
        await output.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    private static string Header(PictureDescription picture)
    {
        bool grey = picture.Layout.ColourChannels() == 1;
        return picture.Layout.HasAlpha()
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"P7\nWIDTH {picture.Width}\nHEIGHT {picture.Height}\nDEPTH {picture.Layout.Channels()}\nMAXVAL {picture.MaxSample}\nTUPLTYPE {(grey ? "GRAYSCALE_ALPHA" : "RGB_ALPHA")}\nENDHDR\n")
            : string.Create(CultureInfo.InvariantCulture, $"P{(grey ? '5' : '6')}\n{picture.Width} {picture.Height}\n{picture.MaxSample}\n");
    }
}
