using System.Diagnostics;
using VaeCodec.Conformance.Tests.Frozen;
using VaeCodec.Conformance.Tests.Rejection;
using VaeCodec.Conformance.Tests.SecondDecoder;
using VaeCodec.Conformance.Tests.Support;
using VaeCodec.Conformance.Tests.Vectors;
using Xunit.Abstractions;

namespace VaeCodec.Conformance.Tests.Fuzzing;

/// <summary>Any bytes yield a picture or a <see cref="VaeException"/>, in bounded time and memory.</summary>
public class StreamFuzzTests(ITestOutputHelper output)
{
    private const int Cases = 40_000;
    private const int LeastDeep = 16_000;
    private const int LeastPictures = 4_000;
    private const string Picture = "picture";
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(8);
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(20);

    private static readonly VaeDecoderOptions s_options = new()
    {
        Models = [FrozenModel.Default],
        Threads = 1,
        Limits = new VaeLimits { MaxPixels = 1 << 20, MaxMemoryBytes = 64 << 20, MaxMetadataBytes = 1 << 20 },
    };

    private static readonly string[] s_corpus =
        [
            "square-64x64", "square-64x64", "pixel-1x1", "odd-65x67", "column-1x200", "row-300x1-grey", "metadata", "noise-96x96", "flat-130x70", "tiles-five-1290x16", "lossless-row-300x1", "repeats-row-300x1", "mixed-page-300x200",
            "digest-1x1", "deep-1x1",
        ];

    /// <summary>What version 0.4 has, in pictures that take no time: the vectors with it are larger.</summary>
    private static readonly VectorDefinition[] s_small =
    [
        new("near", "scene", 20, 9, PixelLayout.Rgb24, 100) { MaxError = 2 },
        new("deep", "page", 17, 8, PixelLayout.Rgba64, 100) { BitDepth = 16, Spread = true, Lossless = true, Effort = 2, Digest = true },
        new("alpha", "scene", 24, 10, PixelLayout.Rgba32, 50) { AlphaQuality = 50 },
        new("alpha and samples", "page", 20, 12, PixelLayout.GrayAlpha32, 50) { BitDepth = 12, Effort = 2 },
    ];

    private volatile string _current = string.Empty;

    [Fact]
    public async Task MutatedStreams()
    {
        FuzzTally tally = new();
        try
        {
            await Task.Factory.StartNew(() => Run(tally), TaskCreationOptions.LongRunning).WaitAsync(s_patience);
        }
        catch (TimeoutException)
        {
            Assert.Fail($"A case hangs: {_current}");
        }

        tally.Report(output, "reached the entropy decoder");
        Assert.True(tally.Deep >= LeastDeep, $"Only {tally.Deep} cases reached the entropy decoder.");
        Assert.True(tally[Picture] >= LeastPictures, $"Only {tally[Picture]} cases gave a picture.");
        Assert.True(tally.Longest < s_longest, $"A case took {tally.Longest}.");

        // Twice the limit: working memory and the picture count against it one by one.
        Assert.True(tally.MostBytes < 2 * s_options.Limits.MaxMemoryBytes, $"A case allocated {tally.MostBytes} bytes.");
    }

    private void Run(FuzzTally tally)
    {
        StreamMutator mutator = new(new SeededRandom(20_25), [.. s_corpus.Select(Rejecting.Bytes), .. s_small.Select(GeneratedFile.Encode)]);
        for (int i = 0; i < Cases; i++)
        {
            (string name, byte[] file) = mutator.Next();
            _current = $"case {i} ({name})";
            long started = Stopwatch.GetTimestamp(), bytes = GC.GetAllocatedBytesForCurrentThread();
            string outcome = Decode(i, name, file);
            bool isDeep = outcome is Picture or nameof(VaeError.CorruptSymbols);
            tally.Add(name, outcome, isDeep, Stopwatch.GetElapsedTime(started), GC.GetAllocatedBytesForCurrentThread() - bytes);
        }
    }

    /// <summary>One damaged file in four: what is intact of it, or the documented refusal.</summary>
    private static void DecodePart(int number, byte[] file)
    {
        if (number % 4 != 0)
        {
            return;
        }

        try
        {
            DecodedPicture decoded = VaeDecoder.Decode(file, s_options with { AllowPartial = true });
            Assert.Equal(decoded.Picture.RowBytes * decoded.Picture.Height, decoded.Pixels.Length);
        }
        catch (VaeException)
        {
            // Nothing was intact.
        }
    }

    private static string Decode(int number, string mutator, byte[] file)
    {
        try
        {
            DecodedPicture decoded = VaeDecoder.Decode(file, s_options);
            Assert.Equal(decoded.Picture.RowBytes * decoded.Picture.Height, decoded.Pixels.Length);
            Assert.True(VaeVerifier.VerifyAsync(new MemoryStream(file), s_options).GetAwaiter().GetResult().IsSound);
            return Picture;
        }
        catch (VaeException exception)
        {
            Assert.NotEqual("hostile symbols", mutator);
            Rejecting.ExpectUnsound(exception, file, s_options);
            DecodePart(number, file);
            return exception.Error.ToString();
        }
        catch (Exception exception)
        {
            throw new InvalidOperationException($"Case {number} ({mutator}) broke the invariant with the file {Convert.ToBase64String(file)}", exception);
        }
    }
}
