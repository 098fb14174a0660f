namespace VaeCodec.Tests.Support;

/// <summary>A source that fails at a row.</summary>
internal sealed class FaultySource(PictureDescription picture, int failingRow, Exception failure) : IRowSource
{
    public PictureDescription Picture => picture;

    public int RowsRead { get; private set; }

    public ValueTask ReadRowsAsync(Memory<byte> rows, int rowCount, CancellationToken cancellationToken)
    {
        RowsRead += rowCount;
        return RowsRead > failingRow ? throw failure : ValueTask.CompletedTask;
    }
}
