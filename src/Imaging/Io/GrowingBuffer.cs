namespace VaeCodec.Imaging.Io;

/// <summary>Collects bytes and grows with what has really come, never with what was announced.</summary>
internal sealed class GrowingBuffer
{
    private const int FirstBytes = 4096;
    private byte[] _bytes = [];

    internal int Length { get; private set; }

    internal ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, Length);

    /// <summary>Free room at the end, at least one byte; <see cref="Commit"/> says how much of it was filled.</summary>
    internal Memory<byte> GetRoom(int atMost)
    {
        if (Length == _bytes.Length)
        {
            long doubled = Math.Max(FirstBytes, 2L * _bytes.Length);
            Array.Resize(ref _bytes, (int)Math.Min(doubled, Array.MaxLength));
        }

        return _bytes.AsMemory(Length, Math.Min(atMost, _bytes.Length - Length));
    }

    internal void Commit(int count) => Length += count;

    internal void Append(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            Memory<byte> room = GetRoom(bytes.Length);
            bytes[..room.Length].CopyTo(room.Span);
            Commit(room.Length);
            bytes = bytes[room.Length..];
        }
    }

    internal byte[] ToArray() => _bytes.AsSpan(0, Length).ToArray();
}
