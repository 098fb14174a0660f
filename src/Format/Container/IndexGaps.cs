namespace VaeCodec.Format;

/// <summary>Looks at the frames of what lies between tiles that the index names, and behind them: sections of unknown type, and the digest. Their payloads are left alone.</summary>
/// <param name="file">The container.</param>
/// <param name="start">Where in the stream it begins.</param>
/// <param name="header">Its header.</param>
internal sealed class IndexGaps(Stream file, long start, ContainerHeader header)
{
    private readonly byte[] _frame = new byte[SectionFrame.Size];

    /// <summary>Bytes of frames that were read.</summary>
    public long BytesRead { get; private set; }

    /// <summary>Checks that sections fill a gap and that each may be passed over.</summary>
    /// <param name="from">Offset of the gap.</param>
    /// <param name="to">Offset of what follows it.</param>
    /// <param name="mayBeDigest">Whether the digest may stand here.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="VaeException">A section must be understood, is out of place, or does not end where the gap does.</exception>
    public async ValueTask CheckAsync(long from, long to, bool mayBeDigest, CancellationToken cancellationToken)
    {
        while (from < to)
        {
            if (to - from < SectionFrame.Size + SectionFrame.CrcSize)
            {
                throw new VaeFormatException(VaeError.InvalidField, $"The index leaves {to - from} bytes at offset {from} to no section. The file was edited or joined wrongly.");
            }

            file.Position = checked(start + from);
            await file.ReadExactlyAsync(_frame, cancellationToken).ConfigureAwait(false);
            BytesRead += _frame.Length;
            SectionFrame frame = SectionFrame.Parse(_frame, from);
            if (frame.IsKnownIn(header.Version))
            {
                if (frame.Type != SectionType.Digest || !mayBeDigest || !header.MayHaveDigest)
                {
                    throw frame.Misplaced("the index does not name it");
                }

                frame.RequireCriticality();
                mayBeDigest = false;
            }
            else
            {
                frame.RequireIgnorable();
            }

            from = frame.End;
            if (from > to)
            {
                throw new VaeFormatException(VaeError.InvalidField, $"The {frame.Describe()} reaches to offset {from}, and by the index another section begins at {to}. The file was edited or joined wrongly.");
            }
        }
    }
}
