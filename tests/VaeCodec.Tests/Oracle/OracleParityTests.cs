using VaeCodec.Models.Cpu;
using VaeCodec.Models.Cpu.Execution;
using VaeCodec.Tests.Support;
using VaeCodec.Tiles;

namespace VaeCodec.Tests.Oracle;

/// <summary>Every stage of the codec against the tensors of another library: 32-bit floats on both sides, other orders of summation.</summary>
public class OracleParityTests
{
    private const string Reference = "models/bootstrap-reference.safetensors";
    private const int Quality = 45;
    private const int Width = 192;
    private const int Height = 128;

    private static readonly TileArea s_area = new(0, 0, Width / 16, Height / 16);

    [SharedFact(Reference, BootstrapModel.Weights, BootstrapModel.Calibration)]
    public async Task LatentsMeansAndSymbols_AreThoseOfTheOracle()
    {
        OracleFile oracle = new();
        VaeModel model = await OracleFile.FloatModelAsync();
        using TileLatentCoder coder = new(model, s_area);
        float[] y = Analyse(model, oracle);
        Assert.InRange(MaxDifference(oracle.Read("y"), y), 0, 5e-6);
        y.CopyTo(coder.Buffers.Latents, 0);
        coder.Quantise(s_area, Quality, false);

        TileBuffers buffers = coder.Buffers;
        int count = buffers.Count(s_area);
        float[] scaled = oracle.Read("y_q"), mean = oracle.Read("mu"), symbols = oracle.Read("symbols"), decoded = oracle.Read("y_hat");
        Assert.InRange(MaxDifference(scaled, buffers.Latents), 0, 5e-5);
        Assert.Equal(oracle.Read("z_hat").Select(z => (sbyte)z), buffers.HyperLatents[..buffers.HyperCount(s_area)]);

        int differing = 0;
        for (int i = 0; i < count; i++)
        {
            float fraction = MathF.Abs(scaled[i] - mean[i] - MathF.Floor(scaled[i] - mean[i]) - 0.5f);
            float difference = MathF.Abs(buffers.Symbols[i] - symbols[i]);
            Assert.True(difference == 0 || (difference == 1 && fraction < 1e-3), $"Symbol {i} is {buffers.Symbols[i]} instead of {symbols[i]}, {fraction} from a half.");
            differing += difference == 0 ? 0 : 1;
            if (difference == 0)
            {
                Assert.Equal(mean[i], buffers.Decoded[i] - buffers.Symbols[i], 1e-3f);
                Assert.Equal(decoded[i], buffers.Decoded[i], 1e-3f);
            }
        }

        Assert.InRange(differing, 0, count / 8000);
    }

    [SharedFact(Reference, BootstrapModel.Weights, BootstrapModel.Calibration)]
    public async Task HyperDecoder_GivesTheMeansAndScalesOfTheOracle()
    {
        OracleFile oracle = new();
        VaeModel model = await OracleFile.FloatModelAsync();
        using TileNetworks networks = new(model.Cpu);
        sbyte[] z = new sbyte[oracle.Read("z").Length];
        networks.Begin(s_area.Width, s_area.Height);
        networks.AnalyseHyper(oracle.Read("y_q"), z);
        float[] exactZ = oracle.Read("z"), expectedZ = oracle.Read("z_hat");
        for (int i = 0; i < z.Length; i++)
        {
            Assert.True(z[i] == expectedZ[i] || MathF.Abs(exactZ[i] - z[i]) < 0.501f, $"z {i} is {z[i]} where {exactZ[i]} was to be rounded.");
        }

        short[] logScale = new short[s_area.Width * s_area.Height * 256];
        networks.SynthesiseHyper(Array.ConvertAll(expectedZ, value => (sbyte)value), logScale);
        float[] expected = oracle.Read("hyper_mean"), logSigma = oracle.Read("log_sigma");
        ReadOnlySpan<short> offset = model.Networks.ScaleOffset(Quality);
        double square = 0;
        for (int i = 0; i < expected.Length; i++)
        {
            int position = i / 256;
            Assert.Equal(expected[i], networks.HyperMeanAt(position / s_area.Width, position % s_area.Width)[i % 256], 1e-3f);

            // Indices count sixteenths of a nat from sigma = 0.11; the floor of sigma cuts both.
            double integer = Math.Max(logScale[i] + offset[i % 256], 0) / 16.0, real = Math.Max(logSigma[i] - Math.Log(0.11), 0);
            square += (integer - real) * (integer - real);
        }

        Assert.InRange(Math.Sqrt(square / expected.Length), 0, 0.04);
    }

    [SharedFact(Reference, BootstrapModel.Weights, BootstrapModel.Calibration)]
    public async Task Synthesis_GivesThePixelsOfTheOracle()
    {
        OracleFile oracle = new();
        VaeModel model = await OracleFile.FloatModelAsync();
        byte[] pixels = Synthesise(model, oracle.Read("y_hat"));
        float[] expected = oracle.Read("x_hat");
        for (int i = 0; i < pixels.Length; i++)
        {
            float level = Math.Clamp((expected[i] + 0.5f) * 255f, 0, 255);
            Assert.True(MathF.Abs(pixels[i] - level) <= 0.51f, $"Sample {i} is {pixels[i]} where {level} was to be rounded.");
        }
    }

    [SharedFact(Reference, BootstrapModel.Weights, BootstrapModel.Calibration)]
    public async Task SixteenBitWeights_StayNear()
    {
        VaeModel model = await BootstrapModel.Value;
        OracleFile oracle = new();
        using TileLatentCoder coder = new(model, s_area);
        float[] y = Analyse(model, oracle);
        Assert.InRange(MaxDifference(oracle.Read("y"), y), 0, 1e-3);
        y.CopyTo(coder.Buffers.Latents, 0);
        coder.Quantise(s_area, Quality, false);
        float[] symbols = oracle.Read("symbols");
        int differing = symbols.Where((symbol, i) => symbol != coder.Buffers.Symbols[i]).Count();
        Assert.InRange(differing, 0, symbols.Length / 1000);
        byte[] pixels = Synthesise(model, coder.Buffers.Decoded);
        float[] expected = oracle.Read("x_hat");
        Assert.InRange(pixels.Select((pixel, i) => Math.Abs((pixel / 255.0) - 0.5 - expected[i])).Average(), 0, 0.003);
    }

    private static float[] Analyse(VaeModel model, OracleFile oracle)
    {
        byte[] pixels = Array.ConvertAll(oracle.Read("x"), value => (byte)MathF.Round((value + 0.5f) * 255f));
        using WorkerTeam team = new(0);
        using AnalysisTransform analysis = new(model.Cpu, team);
        analysis.Begin(Width, Height, 3);
        float[] y = new float[s_area.Width * s_area.Height * 256];
        int rowFloats = s_area.Width * 256, row = 0;
        for (int read = 0; read < y.Length;)
        {
            for (; analysis.RowsWanted > 0; row++)
            {
                analysis.PushRows(pixels.AsSpan(row * Width * 3, Width * 3));
            }

            analysis.Advance();
            for (; analysis.LatentRowsReady > 0; read += rowFloats)
            {
                analysis.ReadLatentRow(y.AsSpan(read, rowFloats));
            }
        }

        return y;
    }

    private static byte[] Synthesise(VaeModel model, float[] decoded)
    {
        using WorkerTeam team = new(0);
        using SynthesisTransform synthesis = new(model.Cpu, team);
        synthesis.Begin(Width, Height, 3);
        byte[] pixels = new byte[Width * Height * 3];
        int rowFloats = s_area.Width * 256, row = 0;
        for (int read = 0; read < pixels.Length;)
        {
            for (; synthesis.LatentRowsWanted > 0; row++)
            {
                synthesis.Push(decoded.AsSpan(row * rowFloats, rowFloats), model.Networks.InverseGain(Quality));
            }

            synthesis.Advance();
            for (; synthesis.RowsReady > 0; read += Width * 3)
            {
                synthesis.ReadRows(pixels.AsSpan(read, Width * 3));
            }
        }

        return pixels;
    }

    private static double MaxDifference(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual)
    {
        double largest = 0;
        for (int i = 0; i < expected.Length; i++)
        {
            largest = Math.Max(largest, Math.Abs(expected[i] - actual[i]));
        }

        return largest;
    }
}
