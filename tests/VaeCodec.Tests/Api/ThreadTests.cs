using System.Diagnostics;
using VaeCodec.Tests.Support;

namespace VaeCodec.Tests.Api;

/// <summary>Alone, because it counts the threads of the process.</summary>
[Collection(nameof(AloneCollection))]
public class ThreadTests
{
    private static readonly (PictureDescription Picture, byte[] Pixels) s_picture = TestPicture.Create(260, 800);

    /// <summary>An encode has three threads of its own by the time its source fails, so thirty could leave ninety; the pool comes and goes by a few.</summary>
    [Fact]
    public async Task FailedEncodes_LeaveNoThreads()
    {
        // What the first encode starts for good, threads of the pool, is not counted.
        await FailAsync();
        int before = CountThreads();
        for (int i = 0; i < 30; i++)
        {
            await FailAsync();
        }

        Assert.InRange(CountThreads(), 0, before + 15);
    }

    /// <summary>A team of four has three threads of its own: ten of each kind that kept them would leave ninety.</summary>
    [Fact]
    public async Task DecodesAndVerifications_EndTheirThreads()
    {
        byte[] file = VaeEncoder.Encode(s_picture.Picture, s_picture.Pixels, SmallModel.Encoding()), damaged = [.. file];
        damaged[^100] ^= 1;
        VaeDecoderOptions options = SmallModel.Decoding() with { Threads = 4 };
        await WorkAsync(file, damaged, options);
        int before = CountThreads();
        for (int i = 0; i < 10; i++)
        {
            await WorkAsync(file, damaged, options);
        }

        Assert.InRange(CountThreads(), 0, before + 15);
    }

    private static async Task WorkAsync(byte[] file, byte[] damaged, VaeDecoderOptions options)
    {
        VaeDecoder.Decode(file, options);
        await using (VaeDecoder abandoned = await VaeDecoder.OpenAsync(new MemoryStream(file), options))
        {
            Assert.NotNull(await abandoned.ReadBandAsync());
        }

        Assert.ThrowsAny<VaeException>(() => VaeDecoder.Decode(damaged, options));
        Assert.True((await VaeVerifier.VerifyAsync(new MemoryStream(file), options)).IsSound);
    }

    private static async Task FailAsync()
    {
        RecordedProgress progress = new();
        FaultySource source = new(s_picture.Picture, 700, new InvalidTimeZoneException());
        VaeEncoderOptions options = SmallModel.Encoding() with { Threads = 4, Progress = progress };
        await Assert.ThrowsAsync<InvalidTimeZoneException>(() => VaeEncoder.EncodeAsync(source, new MemoryStream(), options));

        // A row of tiles was coded, so the threads were there.
        Assert.NotEmpty(progress.Reports);
    }

    private static int CountThreads()
    {
        using Process process = Process.GetCurrentProcess();
        return process.Threads.Count;
    }
}
