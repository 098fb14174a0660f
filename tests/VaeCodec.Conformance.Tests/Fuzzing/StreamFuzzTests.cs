using System.Diagnostics;
using VaeCodec.Conformance.Tests.Frozen;
using VaeCodec.Conformance.Tests.Rejection;
using VaeCodec.Conformance.Tests.SecondDecoder;
using VaeCodec.Conformance.Tests.Support;
using VaeCodec.Conformance.Tests.Vectors;
using Xunit.Abstractions;

namespace VaeCodec.Conformance.Tests.Fuzzing;

/// <summary>Any bytes yield a picture or a <see cref="VaeException"/>, in bounded time and memory. docs/trust.md says how to run more cases.</summary>
public class StreamFuzzTests(ITestOutputHelper output)
{
    /// <summary>Environment variables with the number of cases and the seed they are drawn from.</summary>
    private const string CasesVariable = "VAECODEC_FUZZ_CASES", SeedVariable = "VAECODEC_FUZZ_SEED";

    private const int DefaultCases = 20_000;
    private const int DefaultSeed = 20_25;
    private const string Picture = "picture";

    /// <summary>Of a hundred cases, the least that must reach the entropy decoder, and those that must give a picture.</summary>
    private const int LeastDeep = 40, LeastPictures = 10;

    private static readonly int s_cases = Setting(CasesVariable, DefaultCases);
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2 + (s_cases / 5000));
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
            "digest-1x1", "deep-1x1", "v1-unknown-sections", "v1-minor-1",
        ];

    /// <summary>What version 0.4 brought, in pictures that take no time: the vectors with it are larger.</summary>
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
        tally.ReportLayers(output, [
            ("the signature", [nameof(VaeError.BadSignature)]),
            ("what is received of the file, and its checksums", [nameof(VaeError.Truncated), nameof(VaeError.ChecksumMismatch), nameof(VaeError.TrailingData)]),
            ("versions, order, fields and limits", [nameof(VaeError.UnsupportedVersion), nameof(VaeError.UnsupportedFeature), nameof(VaeError.InvalidOrder), nameof(VaeError.InvalidField), nameof(VaeError.LimitExceeded)]),
            ("the model", [nameof(VaeError.ModelMissing)]),
            ("symbols and samples", [nameof(VaeError.CorruptSymbols)])]);
        Assert.True(tally.Deep >= s_cases / 100 * LeastDeep, $"Only {tally.Deep} cases reached the entropy decoder.");
        Assert.True(tally[Picture] >= s_cases / 100 * LeastPictures, $"Only {tally[Picture]} cases gave a picture.");
        Assert.True(tally.Longest < s_longest, $"A case took {tally.Longest}.");

        // Twice the limit: working memory and the picture count against it one by one.
        Assert.True(tally.MostBytes < 2 * s_options.Limits.MaxMemoryBytes, $"A case allocated {tally.MostBytes} bytes.");
    }

    private void Run(FuzzTally tally)
    {
        StreamMutator mutator = new(new SeededRandom((ulong)Setting(SeedVariable, DefaultSeed)), [.. s_corpus.Select(Rejecting.Bytes), .. s_small.Select(GeneratedFile.Encode)]);
        for (int i = 0; i < s_cases; i++)
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

    /// <summary>One file in four: a region by the index is that of the whole picture, where there is one; a smaller picture is one, or the documented refusal.</summary>
    private static void DecodeRegion(int number, byte[] file, DecodedPicture? whole)
    {
        if (number % 4 != 1)
        {
            return;
        }

        Random random = new(number);
        (int width, int height) = whole is null ? (100, 100) : (whole.Picture.Width, whole.Picture.Height);
        (int x, int y) = (random.Next(width), random.Next(height));
        PictureRegion region = new(x, y, random.Next(1, width - x + 1), random.Next(1, height - y + 1));
        try
        {
            MemoryRowSink part = DecodeFromStream(file, s_options with { Region = region });
            Assert.Equal((region.Width, region.Height), (part.Picture.Width, part.Picture.Height));
            for (int row = 0; whole is not null && row < region.Height; row++)
            {
                int pixelBytes = whole.Picture.Layout.BytesPerPixel();
                Assert.True(whole.Pixels.AsSpan(((y + row) * whole.Picture.RowBytes) + (x * pixelBytes), region.Width * pixelBytes).SequenceEqual(part.Pixels.AsSpan(row * part.Picture.RowBytes, part.Picture.RowBytes)));
            }

            MemoryRowSink small = DecodeFromStream(file, s_options with { Scale = 1 << random.Next(1, 5) });
            Assert.Equal(small.Picture.RowBytes * small.Picture.Height, small.Pixels.Length);
        }
        catch (VaeException) when (whole is null)
        {
            // Damaged where it is read.
        }
    }

    private static MemoryRowSink DecodeFromStream(byte[] file, VaeDecoderOptions options) => DecodeFromStreamAsync(file, options).GetAwaiter().GetResult();

    private static async Task<MemoryRowSink> DecodeFromStreamAsync(byte[] file, VaeDecoderOptions options)
    {
        await using VaeDecoder decoder = await VaeDecoder.OpenAsync(new MemoryStream(file), options);
        MemoryRowSink sink = new(options.Limits);
        await decoder.CopyToAsync(sink);
        return sink;
    }

    private static int Setting(string variable, int value) => int.TryParse(Environment.GetEnvironmentVariable(variable), out int set) ? set : value;

    private static string Decode(int number, string mutator, byte[] file)
    {
        try
        {
            return Judge(number, mutator, file);
        }
        catch (Exception exception)
        {
            string finding = Path.Combine(Path.GetTempPath(), $"vaecodec-finding-{number}.vae");
            File.WriteAllBytes(finding, file);
            throw new InvalidOperationException($"Case {number} ({mutator}) broke the invariant with the file {finding}, which is {Convert.ToBase64String(file)}", exception);
        }
    }

    /// <summary>A file is a picture whole, in parts and by the verifier, or refused whole and, in its intact parts, decoded or refused.</summary>
    private static string Judge(int number, string mutator, byte[] file)
    {
        DecodedPicture decoded;
        try
        {
            decoded = VaeDecoder.Decode(file, s_options);
        }
        catch (VaeException exception)
        {
            Assert.NotEqual("hostile symbols", mutator);
            Rejecting.ExpectUnsound(exception, file, s_options);
            DecodePart(number, file);
            DecodeRegion(number, file, null);
            return exception.Error.ToString();
        }

        Assert.Equal(decoded.Picture.RowBytes * decoded.Picture.Height, decoded.Pixels.Length);
        Assert.True(VaeVerifier.VerifyAsync(new MemoryStream(file), s_options).GetAwaiter().GetResult().IsSound);
        DecodeRegion(number, file, decoded);
        return Picture;
    }
}
