using System.Buffers.Binary;

namespace VaeCodec.Format;

/// <summary>A SHA-256 value, 32 bytes, as the identity of a model. Immutable; the default value is 32 zero bytes.</summary>
public readonly struct Sha256Identity : IEquatable<Sha256Identity>
{
    /// <summary>The size in bytes.</summary>
    public const int Size = 32;

    private readonly UInt128 _first;
    private readonly UInt128 _second;

    /// <summary>Takes an identity from its bytes.</summary>
    /// <param name="bytes">Exactly 32 bytes, in the order SHA-256 yields them.</param>
    /// <exception cref="ArgumentException">Not 32 bytes.</exception>
    public Sha256Identity(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Size)
        {
            throw new ArgumentException($"An identity takes {Size} bytes, not {bytes.Length}.", nameof(bytes));
        }

        _first = BinaryPrimitives.ReadUInt128BigEndian(bytes);
        _second = BinaryPrimitives.ReadUInt128BigEndian(bytes[(Size / 2)..]);
    }

    /// <summary>Whether two identities are the same.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    public static bool operator ==(Sha256Identity left, Sha256Identity right) => left.Equals(right);

    /// <summary>Whether two identities differ.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    public static bool operator !=(Sha256Identity left, Sha256Identity right) => !left.Equals(right);

    /// <summary>Reads an identity from text.</summary>
    /// <param name="text">Exactly 64 hexadecimal digits, either case.</param>
    /// <exception cref="FormatException">Anything else.</exception>
    public static Sha256Identity Parse(ReadOnlySpan<char> text)
        => TryParse(text, out Sha256Identity identity)
            ? identity
            : throw new FormatException("An identity is written as 64 hexadecimal digits.");

    /// <summary>Reads an identity from text, if it is one.</summary>
    /// <param name="text">The text.</param>
    /// <param name="identity">The identity, or the default.</param>
    /// <returns>Whether the text is exactly 64 hexadecimal digits.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, out Sha256Identity identity)
    {
        identity = default;
        Span<byte> bytes = stackalloc byte[Size];
        if (text.Length != 2 * Size
            || Convert.FromHexString(text, bytes, out _, out int written) != System.Buffers.OperationStatus.Done
            || written != Size)
        {
            return false;
        }

        identity = new Sha256Identity(bytes);
        return true;
    }

    /// <summary>Copies the 32 bytes out.</summary>
    /// <param name="destination">Room for at least 32 bytes.</param>
    /// <exception cref="ArgumentOutOfRangeException">Less room than that.</exception>
    public void CopyTo(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt128BigEndian(destination, _first);
        BinaryPrimitives.WriteUInt128BigEndian(destination[(Size / 2)..], _second);
    }

    /// <inheritdoc/>
    public bool Equals(Sha256Identity other) => _first == other._first && _second == other._second;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Sha256Identity other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_first, _second);

    /// <summary>The identity as 64 lower-case hexadecimal digits.</summary>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Size];
        CopyTo(bytes);
        return Convert.ToHexStringLower(bytes);
    }
}
