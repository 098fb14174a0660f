using System.IO.Pipelines;

namespace VaeCodec.Format.Tests;

public sealed class LimitTests
{
    private const int Mebibyte = 1 << 20;

    [Theory]
    [InlineData((1u << 18) + 1, 1u, "VaeLimits.MaxSide")]
    [InlineData(1u, (1u << 18) + 1, "VaeLimits.MaxSide")]
    [InlineData(int.MaxValue, int.MaxValue, "VaeLimits.MaxSide")]
    [InlineData(1u << 18, (1u << 10) + 1, "--max-pixels")]
    public async Task HugePicturesAreRefusedWithValueLimitAndAdvice(uint width, uint height, string advice)
    {
        byte[] file = RawFile.Build(RawFile.Header(RawFile.HeaderPayload(width, height)));
        VaeLimitException exception = await AssertFrugalAsync<VaeLimitException>(file);
        Assert.Contains(advice, exception.Message);
        Assert.Contains($"{width} x {height}", exception.Message);
    }

    [Fact]
    public async Task APictureAtTheLimitIsAccepted()
    {
        ContainerReader reader = new(PipeReader.Create(new(RawFile.Build(RawFile.Header(RawFile.HeaderPayload(1 << 18, 1 << 10))))));
        Assert.Equal(4096, (await reader.ReadHeaderAsync()).TileCount);
    }

    [Fact]
    public async Task TooManyTilesAreRejectedWhateverTheLimits()
    {
        ContainerLimits none = new() { MaxPixels = long.MaxValue, MaxSide = int.MaxValue };
        await RawFile.AssertRejectsAsync<VaeFormatException>(
            VaeError.InvalidField, RawFile.Build(RawFile.Header(RawFile.HeaderPayload(int.MaxValue, 1))), none);
        await RawFile.AssertRejectsAsync<VaeFormatException>(
            VaeError.InvalidField, RawFile.Build(RawFile.Header(RawFile.HeaderPayload(1 << 23, 1 << 23))), none);
    }

    [Theory]
    [InlineData('I', 0, 0xFFFFFFFF)]
    [InlineData('I', 0, (4u << 20) + 6)]
    [InlineData('E', 2, (64u << 20) + 6)]
    [InlineData('q', 0, 0xFFFFFFFF)]
    [InlineData('q', 2, (64u << 20) + 1)]
    public async Task LongSectionsAreRefusedFromTheirFrame(char type, byte flags, uint length)
    {
        byte[] file = [.. RawFile.Build(RawFile.Header(RawFile.HeaderPayload())), .. RawFile.Frame(type, flags, length)];
        VaeLimitException exception = await AssertFrugalAsync<VaeLimitException>(file);
        string advice = length == uint.MaxValue ? "No limit allows so many" : type == 'I' ? "VaeLimits.MaxIccProfileBytes" : "VaeLimits.MaxMetadataBytes";
        Assert.Contains(advice, exception.Message);
    }

    [Theory]
    [InlineData('H', 0xFFFFFFFF)]
    [InlineData('T', 0xFFFFFFFF)]
    [InlineData('T', 64 + (16 * 65536) + 1)]
    [InlineData('T', 8)]
    public async Task LengthsThatTheFormatForbidsAreInvalid(char type, uint length)
    {
        byte[] file = type == 'H'
            ? [.. RawFile.Preamble(), .. RawFile.Frame(type, 1, length)]
            : [.. RawFile.Build(RawFile.Header(RawFile.HeaderPayload())), .. RawFile.Frame(type, 1, length)];
        VaeFormatException exception = await AssertFrugalAsync<VaeFormatException>(file);
        Assert.Equal(VaeError.InvalidField, exception.Error);
    }

    [Theory]
    [InlineData('N')]
    [InlineData('Z')]
    public async Task IndexAndEndHaveOneLength(char type)
    {
        byte[] sections = RawFile.Build(RawFile.Header(RawFile.HeaderPayload(1, 1)), RawFile.Tile(0, 0, 1));
        foreach (uint length in new uint[] { 0, 11, 13, uint.MaxValue })
        {
            VaeFormatException exception = await AssertFrugalAsync<VaeFormatException>([.. sections, .. RawFile.Frame(type, (byte)(type == 'Z' ? 1 : 0), length)]);
            Assert.Equal(VaeError.InvalidField, exception.Error);
        }
    }

    /// <summary>Within the limits, but the bytes never come: memory follows what came.</summary>
    [Theory]
    [InlineData('I', 0, 4u << 20)]
    [InlineData('E', 2, 64u << 20)]
    [InlineData('q', 0, 64u << 20)]
    [InlineData('T', 1, 64 + (16u * 4096 * 4096))]
    public async Task DeclaredLengthsAllocateNothing(char type, byte flags, uint length)
    {
        byte[] header = RawFile.HeaderPayload(5000, 4096);
        header[11] = 64;
        byte[] file = [.. RawFile.Build(RawFile.Header(header)), .. RawFile.Frame(type, flags, length), .. new byte[1000]];
        VaeFormatException exception = await AssertFrugalAsync<VaeFormatException>(file);
        Assert.Equal(VaeError.Truncated, exception.Error);
        Assert.Contains($"{(long)length + 4} bytes", exception.Message);
        Assert.Contains("1000 received", exception.Message);
    }

    /// <summary>Behind the frame there is nothing yet, and nothing is waited for.</summary>
    [Fact]
    public async Task ATileThatThereIsNoRoomForIsRefusedByItsFrame()
    {
        Pipe pipe = new();
        await pipe.Writer.WriteAsync((byte[])[.. RawFile.Build(RawFile.Header(RawFile.HeaderPayload())), .. RawFile.Frame('T', 1, 8 + 1000)]);
        ContainerReader reader = new(pipe.Reader);
        await reader.ReadHeaderAsync();
        await reader.ReadMetadataAsync();
        Task<TileSection?> reading = reader.ReadTileAsync(999, CancellationToken.None).AsTask();
        Assert.True(reading.IsCompleted);
        VaeLimitException exception = await Assert.ThrowsAsync<VaeLimitException>(() => reading);
        Assert.Contains("1000 coded bytes", exception.Message);
        Assert.Contains("--max-memory", exception.Message);
        Assert.False(reader.CanContinue);
    }

    [Fact]
    public async Task ATileThatThereIsJustRoomForIsRead()
    {
        SampleFile sample = SampleFile.Create(1);
        ContainerReader reader = new(PipeReader.Create(new(await sample.ToBytesAsync())));
        await reader.ReadHeaderAsync();
        await reader.ReadMetadataAsync();
        foreach (SampleTile expected in sample.Tiles)
        {
            using TileSection? tile = await reader.ReadTileAsync(expected.CodedBytes.Length, CancellationToken.None);
            Assert.Equal(expected.CodedBytes, tile!.CodedBytes.ToArray());
        }

        Assert.Null(await reader.ReadTileAsync(0, CancellationToken.None));
    }

    [Fact]
    public async Task SkippedSectionsAreNotKept()
    {
        byte[] file = RawFile.Build(
            RawFile.Header(RawFile.HeaderPayload(1, 1)), new RawSection('q', 0, new byte[40 * Mebibyte]), RawFile.Tile(0, 0, 1), RawSection.End(0, 1));
        Assert.InRange(await AllocatedAsync(() => RawFile.ReadAllAsync(file)), 0, Mebibyte);
    }

    [Fact]
    public async Task APackingBombIsRefusedBeforeItUnpacks()
    {
        byte[] tooLong = [1, .. BitConverter.GetBytes((64u << 20) + 1), 0x10, 1];
        await AssertFrugalAsync<VaeLimitException>(RawFile.Build(RawFile.Header(RawFile.HeaderPayload()), new RawSection('X', 2, tooLong)));
        byte[] impossible = [1, .. BitConverter.GetBytes(64u << 20), 0x10, 1];
        VaeFormatException exception = await AssertFrugalAsync<VaeFormatException>(
            RawFile.Build(RawFile.Header(RawFile.HeaderPayload()), new RawSection('X', 2, impossible)));
        Assert.Equal(VaeError.InvalidField, exception.Error);
    }

    [Fact]
    public async Task NoLimitLiftsTheBoundsOfTheFormat()
    {
        ContainerLimits none = new() { MaxMetadataBytes = int.MaxValue };
        byte[] header = RawFile.Build([RawFile.Header(RawFile.HeaderPayload())]);
        byte[] bomb = [1, .. BitConverter.GetBytes((1u << 30) + 1), .. new byte[5_000_000]];
        await RawFile.AssertRejectsAsync<VaeFormatException>(
            VaeError.InvalidField, RawFile.Build(RawFile.Header(RawFile.HeaderPayload()), new RawSection('X', 2, bomb)), none);
        await RawFile.AssertRejectsAsync<VaeFormatException>(
            VaeError.InvalidField, [.. header, .. RawFile.Frame('X', 2, (1u << 30) + 6)], none);
        await RawFile.AssertRejectsAsync<VaeLimitException>(
            VaeError.LimitExceeded, [.. header, .. RawFile.Frame('X', 2, uint.MaxValue)], none);
    }

    [Theory]
    [InlineData(VaeError.InvalidField, new byte[] { 0, 2, 0, 0, 0, 1 })]
    [InlineData(VaeError.InvalidField, new byte[] { 0, 1, 0, 0, 0, 1, 2 })]
    [InlineData(VaeError.InvalidField, new byte[] { 0, 0, 0, 0, 0, 1 })]
    [InlineData(VaeError.InvalidField, new byte[] { 0, 0, 0, 0, 0 })]
    [InlineData(VaeError.InvalidField, new byte[] { })]
    [InlineData(VaeError.InvalidField, new byte[] { 1, 2, 0, 0, 0, 0x10, 1 })]
    public async Task BadMetadataAreRejected(VaeError error, byte[] payload)
        => await RawFile.AssertRejectsAsync<VaeFormatException>(
            error, RawFile.Build(RawFile.Header(RawFile.HeaderPayload()), new RawSection('I', 0, payload)));

    [Fact]
    public async Task UnknownPackingIsUnsupported()
        => await RawFile.AssertRejectsAsync<VaeUnsupportedException>(
            VaeError.UnsupportedFeature, RawFile.Build(RawFile.Header(RawFile.HeaderPayload()), new RawSection('I', 0, [2, 1, 0, 0, 0, 1])));

    [Fact]
    public async Task TheWriterKeepsTheLimitsToo()
    {
        SampleFile sample = SampleFile.Create(1);
        ContainerWriter writer = new(PipeWriter.Create(Stream.Null), new ContainerLimits { MaxMetadataBytes = 10, MaxPixels = 60_000 });
        await Assert.ThrowsAsync<VaeLimitException>(async () => await writer.WriteHeaderAsync(sample.Header with { Height = 201 }));
        await writer.WriteHeaderAsync(sample.Header);
        await Assert.ThrowsAsync<VaeLimitException>(async () => await writer.WriteMetadataAsync(MetadataKind.Xmp, new byte[11]));
        await writer.WriteMetadataAsync(MetadataKind.Xmp, new byte[10]);
    }

    [Fact]
    public async Task AnIccProfileHasALimitOfItsOwn()
    {
        SampleFile sample = SampleFile.Create(1, metadata: false) with { Metadata = [(MetadataKind.IccProfile, new byte[4 * Mebibyte]), (MetadataKind.Exif, new byte[5 * Mebibyte])] };
        await sample.AssertReadsAsync(PipeReader.Create(new(await sample.ToBytesAsync())));
        SampleFile larger = sample with { Metadata = [(MetadataKind.IccProfile, new byte[(4 * Mebibyte) + 1])] };
        await Assert.ThrowsAsync<VaeLimitException>(() => larger.ToBytesAsync());

        byte[] payload = [1, .. BitConverter.GetBytes((4u << 20) + 1), .. new byte[20_000]];
        VaeLimitException exception = await RawFile.AssertRejectsAsync<VaeLimitException>(
            VaeError.LimitExceeded, RawFile.Build(RawFile.Header(RawFile.HeaderPayload()), new RawSection('I', 0, payload)));
        Assert.Contains("MaxIccProfileBytes", exception.Message);
        await RawFile.AssertRejectsAsync<VaeLimitException>(
            VaeError.LimitExceeded, await sample.ToBytesAsync(), new ContainerLimits { MaxIccProfileBytes = int.MaxValue, MaxMetadataBytes = Mebibyte });
    }

    private static async Task<TException> AssertFrugalAsync<TException>(byte[] file)
        where TException : VaeException
    {
        TException? exception = null;
        long allocated = await AllocatedAsync(async () => exception = await Assert.ThrowsAsync<TException>(() => RawFile.ReadAllAsync(file)));
        Assert.InRange(allocated, 0, Mebibyte);
        return exception!;
    }

    /// <summary>Reading from an array never waits, so everything happens on this thread.</summary>
    private static async Task<long> AllocatedAsync(Func<Task> work)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        Task task = work();
        Assert.True(task.IsCompleted);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        await task;
        return allocated;
    }
}
