using System.Security.Cryptography;

namespace VaeCodec.Lossless;

/// <summary>SHA-256 of the samples of a picture: all rows from the top, as they lie in memory (spec/vae-format.md, section 2.6.2).</summary>
internal sealed class PictureDigest : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>Takes the next rows in.</summary>
    /// <param name="rows">Whole rows without gaps.</param>
    public void Append(ReadOnlySpan<byte> rows) => _hash.AppendData(rows);

    /// <summary>The digest of the rows so far; the next picture begins.</summary>
    public byte[] Finish() => _hash.GetHashAndReset();

    /// <summary>Holds the rows so far against a digest.</summary>
    /// <param name="stored">What the file says; null where it says nothing.</param>
    /// <exception cref="VaeFormatException">They have another.</exception>
    public void Verify(ReadOnlyMemory<byte>? stored)
    {
        byte[] computed = Finish();
        if (stored is { } expected && !expected.Span.SequenceEqual(computed))
        {
            throw new VaeFormatException(
                VaeError.CorruptSymbols,
                $"The picture is not the one that was encoded: its samples have the SHA-256 {Convert.ToHexStringLower(computed)} where {Convert.ToHexStringLower(expected.Span)} is stored. "
                + "Every tile is as it was written, so the file was put together wrongly or altered with its checksums.");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _hash.Dispose();
}
