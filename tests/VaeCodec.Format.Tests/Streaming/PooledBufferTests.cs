namespace VaeCodec.Format.Tests;

public class PooledBufferTests
{
    /// <summary>A length that is only declared takes next to nothing; once a quarter has arrived the rest gets its room in one step, where doubling would hold half and all of it together.</summary>
    [Fact]
    public void RoomGrowsWithWhatArrives_AndOnceInOneStep()
    {
        const int Length = 10_000_000;
        using PooledBuffer buffer = new();
        List<int> rooms = [];
        for (int received = 0; received < Length; received += rooms[^1])
        {
            rooms.Add(buffer.Free(Length - received).Length);
            Assert.InRange(received + (long)rooms[^1], 1, Math.Max(1 << 14, 4L * received));
            buffer.Commit(rooms[^1]);
        }

        Assert.Equal(Length, buffer.Written.Length);

        // Pooled arrays are powers of two: 4 MiB is the first of them that holds a quarter.
        Assert.Equal(Length - (1 << 22), rooms[^1]);
    }
}
