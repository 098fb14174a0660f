using System.Buffers.Binary;
using System.Diagnostics;
using VaeCodec.Imaging.Io;

namespace VaeCodec.Imaging.Pnm;

/// <summary>Reads PBM, PGM and PPM, binary (P4, P5, P6) and plain (P1, P2, P3), and PAM (P7), row by row.</summary>
internal sealed class PnmPictureReader : IPictureReader
{
    private readonly InputCursor _input;
    private readonly PnmTokenReader _tokens;
    private readonly PnmHeader _header;

    /// <summary>What each sample of one byte becomes.</summary>
    private readonly byte[] _scale = new byte[PnmHeader.LargestOfByte + 1];
    private readonly byte[] _packed;
    private RowCounter _rows;

    private PnmPictureReader(InputCursor input, PnmTokenReader tokens, PnmHeader header)
    {
        _input = input;
        _tokens = tokens;
        _header = header;
        _packed = header.Coding == PnmCoding.Bits ? new byte[(int)(((long)header.Width + 7) / 8)] : [];
        Picture = new PictureDescription(header.Width, header.Height, header.Layout) { BitDepth = header.BitDepth };
        _rows = new RowCounter(header.Height, Picture.RowBytes);
        for (int i = 0; i <= header.MaxValue && !header.IsWide; i++)
        {
            int lightness = header.IsBlackOne ? header.MaxValue - i : i;
            _scale[i] = (byte)(((lightness * 255) + (header.MaxValue / 2)) / header.MaxValue);
        }
    }

    public PictureDescription Picture { get; }

    public PictureFormat Format => PictureFormat.Pnm;

    public bool MissedMetadata => false;

    /// <summary>Reads the header. The cursor stands at the "P".</summary>
    internal static async ValueTask<IPictureReader> OpenAsync(InputCursor input, VaeLimits limits, CancellationToken ct)
    {
        char kind = (char)input.Buffered.Span[1];
        input.Advance(2);
        var tokens = new PnmTokenReader(input);
        PnmHeader header = kind == '7'
            ? await new PamHeaderReader(input).ReadAsync(limits, ct).ConfigureAwait(false)
            : await PnmHeaderReader.ReadAsync(kind, input, tokens, limits, ct).ConfigureAwait(false);
        SizeCheck.CheckRow(header.Format, header.Width, header.Layout);
        return new PnmPictureReader(input, tokens, header);
    }

    public async ValueTask ReadRowsAsync(Memory<byte> rows, int rowCount, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _rows.Check(rows.Length, rowCount);
        int rowBytes = Picture.RowBytes;
        for (int i = 0; i < rowCount; i++)
        {
            Memory<byte> row = rows.Slice(i * rowBytes, rowBytes);
            await ReadRowAsync(row, cancellationToken).ConfigureAwait(false);
            _rows.Add(1);
        }
    }

    public async ValueTask CompleteAsync(CancellationToken cancellationToken = default)
    {
        _rows.RequireAll("CompleteAsync");

        // Some programs end the file with a line end, which does no harm; a second picture must not be lost in silence.
        long end = _input.Position;
        int next = await _tokens.SkipSpaceAsync(cancellationToken, comments: _header.IsText).ConfigureAwait(false);
        if (next == -1)
        {
            return;
        }

        await _input.EnsureAsync(2, cancellationToken).ConfigureAwait(false);
        bool another = PnmHeader.HasSignature(_input.Buffered.Span);
        if (_header.Coding == PnmCoding.Digits && !another && _input.Position > end && next is not ('0' or '1'))
        {
            // Of plain PBM anything may follow behind white space (pbm(5)); a further pixel is a header that is wrong.
            return;
        }

        throw new VaeFormatException(
            VaeError.TrailingData,
            another
                ? $"{_header.Format}: another picture follows at offset {_input.Position}; one is read. Split the stream first, for example with pamsplit."
                : $"{_header.Format}: bytes follow the last row, at offset {_input.Position}. The header's size is wrong, or the file is damaged.");
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private ValueTask ReadRowAsync(Memory<byte> row, CancellationToken ct) => _header.Coding switch
    {
        PnmCoding.Bytes => ReadByteRowAsync(row, ct),
        PnmCoding.Numbers => ReadNumberRowAsync(row, ct),
        PnmCoding.Bits => ReadBitRowAsync(row, ct),
        PnmCoding.Digits => ReadDigitRowAsync(row, ct),
        _ => throw new UnreachableException(),
    };

    private async ValueTask ReadByteRowAsync(Memory<byte> row, CancellationToken ct)
    {
        await FillAsync(row, ct).ConfigureAwait(false);
        Span<byte> samples = row.Span;
        if (_header.IsWide)
        {
            TurnWide(samples);
            return;
        }

        if (_header.MaxValue == PnmHeader.LargestOfByte)
        {
            return;
        }

        for (int i = 0; i < samples.Length; i++)
        {
            samples[i] = Scale(samples[i]);
        }
    }

    private async ValueTask ReadNumberRowAsync(Memory<byte> row, CancellationToken ct)
    {
        int step = _header.IsWide ? sizeof(ushort) : 1;
        for (int i = 0; i < row.Length; i += step)
        {
            int sample = await _tokens.NumberAsync("next sample", delimited: false, ct).ConfigureAwait(false);
            if (_header.IsWide)
            {
                BinaryPrimitives.WriteUInt16LittleEndian(row.Span[i..], ScaleWide(sample));
            }
            else
            {
                row.Span[i] = Scale(sample);
            }
        }
    }

    /// <summary>Turns samples of two bytes from the file's order to the memory's, and scales them where they must be.</summary>
    private void TurnWide(Span<byte> row)
    {
        if (_header.MaxValue == WideSamples.Most)
        {
            WideSamples.Swap(row, row);
            return;
        }

        for (int i = 0; i < row.Length; i += sizeof(ushort))
        {
            Span<byte> sample = row.Slice(i, sizeof(ushort));
            BinaryPrimitives.WriteUInt16LittleEndian(sample, ScaleWide(BinaryPrimitives.ReadUInt16BigEndian(sample)));
        }
    }

    private async ValueTask ReadBitRowAsync(Memory<byte> row, CancellationToken ct)
    {
        await FillAsync(_packed, ct).ConfigureAwait(false);
        Span<byte> samples = row.Span;
        for (int i = 0; i < samples.Length; i++)
        {
            samples[i] = _scale[(_packed[i >> 3] >> (7 - (i & 7))) & 1];
        }
    }

    private async ValueTask ReadDigitRowAsync(Memory<byte> row, CancellationToken ct)
    {
        for (int i = 0; i < row.Length; i++)
        {
            int bit = await _tokens.BitAsync(ct).ConfigureAwait(false);
            row.Span[i] = _scale[bit];
        }
    }

    private async ValueTask FillAsync(Memory<byte> stored, CancellationToken ct)
    {
        int read = await _input.ReadFullyAsync(stored, ct).ConfigureAwait(false);
        if (read < stored.Length)
        {
            throw new VaeFormatException(
                VaeError.Truncated,
                $"{_header.Format}: the file ends at offset {_input.Position}, in row {_rows.Done} of {_header.Height}. The file is truncated.");
        }
    }

    private byte Scale(int sample) => _scale[Checked(sample)];

    /// <summary>Samples stay as they are where the largest fills its bits; else they are scaled to 16.</summary>
    private ushort ScaleWide(int sample) => Picture.MaxSample == _header.MaxValue
        ? (ushort)Checked(sample)
        : WideSamples.Stretch(Checked(sample), _header.MaxValue);

    private int Checked(int sample) => sample <= _header.MaxValue
        ? sample
        : throw new VaeFormatException(
            VaeError.InvalidField,
            $"{_header.Format}: row {_rows.Done} has a sample of {sample}, but the header's largest value (maxval) is {_header.MaxValue}. The file is damaged.");
}
