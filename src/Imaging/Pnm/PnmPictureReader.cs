using System.Diagnostics;
using VaeCodec.Imaging.Io;

namespace VaeCodec.Imaging.Pnm;

/// <summary>Reads PGM and PPM, binary (P5, P6) and plain (P2, P3), row by row.</summary>
internal sealed class PnmPictureReader : IPictureReader
{
    private const int LargestMaxValue = 255;
    private readonly InputCursor _input;
    private readonly PnmTokenReader _tokens;
    private readonly PnmHeader _header;
    private readonly byte[] _scale = new byte[LargestMaxValue + 1];
    private RowCounter _rows;

    private PnmPictureReader(InputCursor input, PnmTokenReader tokens, PnmHeader header)
    {
        _input = input;
        _tokens = tokens;
        _header = header;
        Picture = new PictureDescription(header.Width, header.Height, header.Layout);
        _rows = new RowCounter(header.Height, Picture.RowBytes);
        for (int i = 0; i <= header.MaxValue; i++)
        {
            _scale[i] = (byte)(((i * 255) + (header.MaxValue / 2)) / header.MaxValue);
        }
    }

    public PictureDescription Picture { get; }

    public PictureFormat Format => PictureFormat.Pnm;

    /// <summary>Reads the header. The cursor stands at the "P".</summary>
    internal static async ValueTask<IPictureReader> OpenAsync(InputCursor input, VaeLimits limits, CancellationToken ct)
    {
        byte kind = input.Buffered.Span[1];
        input.Advance(2);
        (PixelLayout layout, bool plain) = Kind((char)kind);
        var tokens = new PnmTokenReader(input);
        int next = await input.EnsureAsync(1, ct).ConfigureAwait(false) == 0 ? -1 : input.Buffered.Span[0];
        if (next != -1 && next != '#' && !PnmHeader.IsSpace(next))
        {
            throw new VaeFormatException(
                VaeError.BadSignature,
                $"PNM: the file starts with P{(char)kind}, but white space should follow and the byte is 0x{next:X2}. It is not a PNM file. The formats read are PNG, PNM and JPEG.");
        }

        int width = await tokens.NumberAsync("width", delimited: true, ct).ConfigureAwait(false);
        int height = await tokens.NumberAsync("height", delimited: true, ct).ConfigureAwait(false);
        int maxValue = await tokens.NumberAsync("largest value (maxval)", delimited: true, ct).ConfigureAwait(false);
        SizeCheck.Check("PNM", width, height, limits);
        return maxValue switch
        {
            < 1 or > ushort.MaxValue => throw new VaeFormatException(
                VaeError.InvalidField,
                $"PNM: the header gives a largest value (maxval) of {maxValue}; it must be 1 to 65535. The file is damaged."),
            > LargestMaxValue => throw Unsupported(
                $"PNM: the picture has 16 bits a sample (maxval {maxValue}); 8 are read. Reduce it first, for example: pamdepth 255 in.ppm > out.ppm"),
            _ => new PnmPictureReader(input, tokens, new PnmHeader(width, height, maxValue, layout, plain)),
        };
    }

    public async ValueTask ReadRowsAsync(Memory<byte> rows, int rowCount, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _rows.Check(rows.Length, rowCount);
        int rowBytes = Picture.RowBytes;
        for (int i = 0; i < rowCount; i++)
        {
            Memory<byte> row = rows.Slice(i * rowBytes, rowBytes);
            if (_header.Plain)
            {
                await ReadPlainRowAsync(row, cancellationToken).ConfigureAwait(false);
            }
            else
            {
                await ReadBinaryRowAsync(row, cancellationToken).ConfigureAwait(false);
            }

            _rows.Add(1);
        }
    }

    public async ValueTask CompleteAsync(CancellationToken ct)
    {
        _rows.RequireAll("CompleteAsync");

        // Some programs end the file with a line end, which does no harm; a second picture must not be lost in silence.
        int next = await _tokens.SkipSpaceAsync(ct, comments: _header.Plain).ConfigureAwait(false);
        if (next == -1)
        {
            return;
        }

        await _input.EnsureAsync(2, ct).ConfigureAwait(false);
        bool another = PnmHeader.HasSignature(_input.Buffered.Span);
        throw new VaeFormatException(
            VaeError.TrailingData,
            another
                ? $"PNM: another picture follows at offset {_input.Position}; one is read. Split the stream first, for example with pamsplit."
                : $"PNM: bytes follow the last row, at offset {_input.Position}. The header's size is wrong, or the file is damaged.");
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static (PixelLayout Layout, bool Plain) Kind(char kind) => kind switch
    {
        '2' => (PixelLayout.Gray8, true),
        '3' => (PixelLayout.Rgb24, true),
        '5' => (PixelLayout.Gray8, false),
        '6' => (PixelLayout.Rgb24, false),
        '1' or '4' => throw Unsupported(
            $"PNM: the file is a bitmap of one bit a pixel (PBM, P{kind}), which is not read. Convert it first, for example: pamtopnm in.pbm | pamdepth 255 > out.pgm, or magick in.pbm -depth 8 out.pgm"),
        '7' => throw Unsupported(
            "PNM: the file is a PAM (P7), which is not read. Convert it first, for example: pamtopnm in.pam > out.ppm"),
        _ => throw new UnreachableException(),
    };

    private async ValueTask ReadBinaryRowAsync(Memory<byte> row, CancellationToken ct)
    {
        int read = await _input.ReadFullyAsync(row, ct).ConfigureAwait(false);
        if (read < row.Length)
        {
            throw new VaeFormatException(
                VaeError.Truncated,
                $"PNM: the file ends at offset {_input.Position}, in row {_rows.Done} of {_header.Height}. The file is truncated.");
        }

        if (_header.MaxValue == LargestMaxValue)
        {
            return;
        }

        Span<byte> samples = row.Span;
        for (int i = 0; i < samples.Length; i++)
        {
            samples[i] = Scale(samples[i]);
        }
    }

    private async ValueTask ReadPlainRowAsync(Memory<byte> row, CancellationToken ct)
    {
        for (int i = 0; i < row.Length; i++)
        {
            int sample = await _tokens.NumberAsync("next sample", delimited: false, ct).ConfigureAwait(false);
            row.Span[i] = Scale(sample);
        }
    }

    private byte Scale(int sample) => sample <= _header.MaxValue
        ? _scale[sample]
        : throw new VaeFormatException(
            VaeError.InvalidField,
            $"PNM: row {_rows.Done} has a sample of {sample}, but the header's largest value (maxval) is {_header.MaxValue}. The file is damaged.");

    private static VaeUnsupportedException Unsupported(string message) => new(VaeError.UnsupportedFeature, message);
}
