namespace VaeCodec.Tests.Pictures;

public class PixelRowsTests
{
    [Fact]
    public void Rows_AreThereFromAppendToRelease()
    {
        using PixelRows rows = new(3);
        Random random = new(1);
        int first = 0, end = 0;
        for (int round = 0; round < 200; round++)
        {
            int count = random.Next(1, 90);
            rows.Append([.. Enumerable.Range(end, count).SelectMany(row => new[] { (byte)row, (byte)(row >> 8), (byte)1 })]);
            end += count;
            for (int row = first; row < end; row++)
            {
                Assert.Equal([(byte)row, (byte)(row >> 8), (byte)1], rows[row]);
            }

            first = random.Next(first, end + 1);
            rows.Release(first);
            rows.Release(first - 5);
        }
    }
}
