using VaeCodec.Imaging.Io;

namespace VaeCodec.Imaging.Pnm;

/// <summary>Reads decimal numbers and single bits between white space and comments.</summary>
internal sealed class PnmTokenReader(InputCursor input)
{
    private const int EndOfFile = -1;

    /// <summary>Reads a number and the one byte of white space behind it.</summary>
    /// <param name="what">What the number is, for messages.</param>
    /// <param name="delimited">Whether white space must follow; otherwise the end of the file may.</param>
    /// <param name="ct">Cancels the reading.</param>
    internal async ValueTask<int> NumberAsync(string what, bool delimited, CancellationToken ct)
    {
        int b = await SkipSpaceAsync(ct).ConfigureAwait(false);
        long offset = input.Position;
        if (b == EndOfFile)
        {
            throw Truncated(what);
        }

        long value = 0;
        int digits = 0;
        while (b is >= '0' and <= '9')
        {
            value = (value * 10) + (b - '0');
            digits++;
            if (value > int.MaxValue)
            {
                throw Invalid(offset, $"the {what} is larger than {int.MaxValue}");
            }

            input.Advance(1);
            b = await PeekAsync(ct).ConfigureAwait(false);
        }

        if (digits == 0)
        {
            throw Invalid(offset, $"the {what} should stand there, but the byte is 0x{b:X2}, not a digit");
        }

        if (b == EndOfFile && delimited)
        {
            throw Truncated($"white space after the {what}");
        }

        if (b != EndOfFile && b != '#' && !PnmHeader.IsSpace(b))
        {
            throw Invalid(input.Position, $"white space should follow the {what}, but the byte is 0x{b:X2}");
        }

        if (PnmHeader.IsSpace(b))
        {
            input.Advance(1);
        }
        else if (b == '#' && delimited)
        {
            // A comment right behind a number ends with the line, and that line end is the number's white space.
            await SkipCommentAsync(ct).ConfigureAwait(false);
        }

        return (int)value;
    }

    /// <summary>Reads one digit, 0 or 1; plain PBM needs no white space between them.</summary>
    internal async ValueTask<int> BitAsync(CancellationToken ct)
    {
        int b = await SkipSpaceAsync(ct).ConfigureAwait(false);
        if (b == EndOfFile)
        {
            throw Truncated("next pixel");
        }

        if (b is not ('0' or '1'))
        {
            throw Invalid(input.Position, $"the next pixel should stand there, but the byte is 0x{b:X2}, not 0 or 1");
        }

        input.Advance(1);
        return b - '0';
    }

    /// <summary>Passes over white space and, where they may stand, comments.</summary>
    /// <returns>The next byte, not taken, or -1 at the end of the file.</returns>
    internal async ValueTask<int> SkipSpaceAsync(CancellationToken ct, bool comments = true)
    {
        while (true)
        {
            int b = await PeekAsync(ct).ConfigureAwait(false);
            if (b == '#' && comments)
            {
                await SkipCommentAsync(ct).ConfigureAwait(false);
            }
            else if (PnmHeader.IsSpace(b))
            {
                input.Advance(1);
            }
            else
            {
                return b;
            }
        }
    }

    private async ValueTask SkipCommentAsync(CancellationToken ct)
    {
        int b;
        do
        {
            b = await PeekAsync(ct).ConfigureAwait(false);
            if (b != EndOfFile)
            {
                input.Advance(1);
            }
        }
        while (b != EndOfFile && b != '\n' && b != '\r');
    }

    private ValueTask<int> PeekAsync(CancellationToken ct)
    {
        // The common case without an await: plain pictures come through here byte by byte.
        ReadOnlySpan<byte> buffered = input.Buffered.Span;
        return buffered.IsEmpty ? PeekSlowAsync(ct) : ValueTask.FromResult((int)buffered[0]);
    }

    private async ValueTask<int> PeekSlowAsync(CancellationToken ct) =>
        await input.EnsureAsync(1, ct).ConfigureAwait(false) == 0 ? EndOfFile : input.Buffered.Span[0];

    private VaeFormatException Truncated(string what) => new(
        VaeError.Truncated,
        $"PNM: the file ends at offset {input.Position}, where the {what} should come. The file is truncated.");

    private static VaeFormatException Invalid(long offset, string what) =>
        new(VaeError.InvalidField, $"PNM: at offset {offset} {what}. The file is damaged.");
}
