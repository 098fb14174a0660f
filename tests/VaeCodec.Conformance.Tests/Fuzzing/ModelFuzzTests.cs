using System.Diagnostics;
using VaeCodec.Conformance.Tests.Pictures;
using VaeCodec.Conformance.Tests.Support;
using Xunit.Abstractions;

namespace VaeCodec.Conformance.Tests.Fuzzing;

/// <summary>Any model file is refused with a <see cref="VaeModelException"/> or can be worked with, whatever it makes of the picture.</summary>
public class ModelFuzzTests(ITestOutputHelper output)
{
    private const int Cases = 4_000;
    private const int LeastLoaded = 800;

    /// <summary>Without them nothing would be said of models that work.</summary>
    private const int LeastRoundTrips = 100;

    private const string RoundTrip = "round trip";
    private const int Side = 70;
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(8);
    private static readonly VaeLimits s_limits = new() { MaxMemoryBytes = 256 << 20 };
    private static readonly byte[] s_pixels = TestPicture.Create("scene", Side, Side, PixelLayout.Rgb24);

    private volatile string _current = string.Empty;

    [Fact]
    public async Task MutatedModels()
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

        tally.Report(output, "loaded");
        Assert.True(tally.Deep >= LeastLoaded, $"Only {tally.Deep} mutated models loaded.");
        Assert.True(tally[RoundTrip] >= LeastRoundTrips, $"Only {tally[RoundTrip]} mutated models gave a file that they decode.");
    }

    private void Run(FuzzTally tally)
    {
        SeededRandom random = new(1999);
        ModelMutator mutator = new(random);
        for (int i = 0; i < Cases; i++)
        {
            (string name, byte[] file) = mutator.Next();
            _current = $"case {i} ({name})";
            long started = Stopwatch.GetTimestamp(), bytes = GC.GetAllocatedBytesForCurrentThread();
            string outcome;
            try
            {
                outcome = Use(file, 1 + random.Below(100));
            }
            catch (Exception exception)
            {
                throw new InvalidOperationException($"Case {i} ({name}) broke the invariant.", exception);
            }

            tally.Add(name, outcome, outcome != "refused", Stopwatch.GetElapsedTime(started), GC.GetAllocatedBytesForCurrentThread() - bytes);
        }
    }

    private static string Use(byte[] file, int quality)
    {
        VaeModel model;
        try
        {
            model = VaeModel.Load(file);
        }
        catch (VaeModelException)
        {
            return "refused";
        }

        byte[] stream;
        try
        {
            stream = VaeEncoder.Encode(new PictureDescription(Side, Side, PixelLayout.Rgb24), s_pixels, new VaeEncoderOptions { Model = model, Quality = quality, TileSize = 256, Threads = 1, Limits = s_limits });
        }
        catch (VaeException exception)
        {
            return $"does not encode: {exception.Error}";
        }

        try
        {
            VaeDecoder.Decode(stream, new VaeDecoderOptions { Models = [model], Threads = 1, Limits = s_limits });
            return RoundTrip;
        }
        catch (VaeException exception)
        {
            return $"does not decode: {exception.Error}";
        }
    }
}
