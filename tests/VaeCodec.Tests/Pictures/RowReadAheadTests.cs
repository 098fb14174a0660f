using VaeCodec.Tests.Support;

namespace VaeCodec.Tests.Pictures;

public class RowReadAheadTests
{
    private static readonly (PictureDescription Picture, byte[] Pixels) s_picture = TestPicture.Create(5, 23);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AllRowsCome_TheFirstAlone_TheRestInBlocks(bool ahead)
    {
        GatedSource source = new(s_picture.Picture, s_picture.Pixels);
        await using RowReadAhead rows = new(source, 8, ahead);
        List<byte> read = [];
        for (ReadOnlyMemory<byte> block = await rows.NextAsync(default); !block.IsEmpty; block = await rows.NextAsync(default))
        {
            read.AddRange(block.Span);
        }

        Assert.Equal(s_picture.Pixels, read);
        Assert.Equal([1, 8, 8, 6], source.Reads);
        Assert.True((await rows.NextAsync(default)).IsEmpty);
    }

    [Fact]
    public async Task ABlockStays_WhileTheNextIsRead()
    {
        GatedSource source = new(s_picture.Picture, s_picture.Pixels, 9);
        await using RowReadAhead rows = new(source, 8, true);
        await rows.NextAsync(default);
        ReadOnlyMemory<byte> block = await rows.NextAsync(default);
        await source.Reached;
        Assert.Equal(s_picture.Pixels.AsSpan(15, 8 * 15), block.Span);
        source.Open();
        Assert.Equal(s_picture.Pixels[(9 * 15)..(17 * 15)], (await rows.NextAsync(default)).ToArray());
    }

    [Fact]
    public async Task WithoutReadingAhead_NothingIsReadBeforeItIsAskedFor()
    {
        GatedSource source = new(s_picture.Picture, s_picture.Pixels);
        await using RowReadAhead rows = new(source, 8, false);
        await rows.NextAsync(default);
        await Task.Delay(20);
        Assert.Equal([1], source.Reads);
    }

    [Fact]
    public async Task Disposing_EndsARead_BeforeItReturns()
    {
        GatedSource source = new(s_picture.Picture, s_picture.Pixels, 1);
        RowReadAhead rows = new(source, 8, true);
        await rows.NextAsync(default);
        await source.Reached;
        await rows.DisposeAsync();
        Assert.False(source.InUse);
    }

    [Fact]
    public async Task AWaitThatIsCancelled_LeavesTheReadToDisposal()
    {
        GatedSource source = new(s_picture.Picture, s_picture.Pixels, 1);
        RowReadAhead rows = new(source, 8, true);
        await rows.NextAsync(default);
        using CancellationTokenSource cancel = new();
        Task waiting = rows.NextAsync(cancel.Token).AsTask();
        await source.Reached;
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        await rows.DisposeAsync();
        Assert.False(source.InUse);
    }

    [Fact]
    public async Task AFailureAhead_ComesWhenItsRowsAreAskedFor()
    {
        FaultySource source = new(s_picture.Picture, 1, new InvalidTimeZoneException());
        await using RowReadAhead rows = new(source, 8, true);
        await rows.NextAsync(default);
        await Assert.ThrowsAsync<InvalidTimeZoneException>(async () => await rows.NextAsync(default));
    }
}
