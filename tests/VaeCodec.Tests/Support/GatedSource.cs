namespace VaeCodec.Tests.Support;

/// <summary>A source that notes how it is read, and whose reads from some row on wait until they are let through or cancelled.</summary>
internal sealed class GatedSource(PictureDescription picture, byte[] pixels, int gatedRow = int.MaxValue) : IRowSource
{
    private readonly TaskCompletionSource _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _inUse;

    public PictureDescription Picture => picture;

    /// <summary>Rows that were asked for, read by read.</summary>
    public List<int> Reads { get; } = [];

    /// <summary>Whether a read is under way.</summary>
    public bool InUse => Volatile.Read(ref _inUse) != 0;

    /// <summary>Comes when a read waits.</summary>
    public Task Reached => _reached.Task;

    public void Open() => _gate.SetResult();

    public async ValueTask ReadRowsAsync(Memory<byte> rows, int rowCount, CancellationToken cancellationToken)
    {
        Assert.Equal(1, Interlocked.Increment(ref _inUse));
        try
        {
            int first = Reads.Sum();
            Reads.Add(rowCount);
            if (first + rowCount > gatedRow)
            {
                _reached.TrySetResult();
                await _gate.Task.WaitAsync(cancellationToken);
            }

            pixels.AsSpan(first * picture.RowBytes, rowCount * picture.RowBytes).CopyTo(rows.Span);
        }
        finally
        {
            Interlocked.Decrement(ref _inUse);
        }
    }
}
