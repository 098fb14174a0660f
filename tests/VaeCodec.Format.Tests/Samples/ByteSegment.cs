using System.Buffers;

namespace VaeCodec.Format.Tests;

/// <summary>A link of a sequence made of given pieces.</summary>
internal sealed class ByteSegment : ReadOnlySequenceSegment<byte>
{
    private ByteSegment(ReadOnlyMemory<byte> memory, long runningIndex)
    {
        Memory = memory;
        RunningIndex = runningIndex;
    }

    public static ReadOnlySequence<byte> Chain(IEnumerable<byte[]> pieces)
    {
        ByteSegment first = new(default, 0);
        ByteSegment last = first;
        foreach (byte[] piece in pieces)
        {
            ByteSegment next = new(piece, last.RunningIndex + last.Memory.Length);
            last.Next = next;
            last = next;
        }

        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }

    public static int OffsetOf(SequencePosition position)
        => (int)(((ByteSegment)position.GetObject()!).RunningIndex + position.GetInteger());
}
