using VaeCodec.Models.Bundle;
using VaeCodec.Models.Cpu;
using VaeCodec.Models.Cpu.Execution;
using VaeCodec.Models.Description;
using VaeCodec.Models.Tests.Support;

namespace VaeCodec.Models.Tests.Cpu;

/// <summary>The networks of a tile against evaluations of the whole tile at once.</summary>
public class TileNetworksTests
{
    private static readonly (int Width, int Height)[] s_sizes = [(4, 4), (8, 4), (4, 12), (16, 16), (28, 8)];

    private readonly Model _model = TinyModel.Read();

    [Fact]
    public void AnalyseHyper_EqualsTheNaiveEvaluation()
    {
        foreach ((int width, int height) in s_sizes)
        {
            FloatGrid scaled = FloatGrid.Random(new Random(width), width, height, 6);
            FloatGrid compressed = new(width, height, 6);
            for (int i = 0; i < scaled.Values.Length; i++)
            {
                compressed.Values[i] = MathF.Sign(scaled.Values[i]) * (MathF.Sqrt(1 + MathF.Abs(scaled.Values[i])) - 1);
            }

            float[] real = NaiveNetwork.Run(TinyModel.Description.HyperAnalysis, _model.Floats, compressed).Values;
            sbyte[] expected = Array.ConvertAll(real, value => (sbyte)Math.Clamp(MathF.Round(value, MidpointRounding.ToEven), -127, 127));
            foreach (CpuPath path in SupportedPaths.All)
            {
                using CpuModel cpu = new(_model, path);
                using TileNetworks networks = new(cpu);
                sbyte[] z = new sbyte[expected.Length];
                networks.Begin(width, height);
                networks.AnalyseHyper(scaled.Values, z);
                Assert.Equal(expected, z);
            }
        }
    }

    [Fact]
    public void SynthesiseHyper_EqualsTheNaiveEvaluation()
    {
        // One instance for all sizes: nothing of a tile may be left in the next.
        foreach (CpuPath path in SupportedPaths.All)
        {
            using CpuModel cpu = new(_model, path);
            using TileNetworks networks = new(cpu);
            foreach ((int width, int height) in s_sizes)
            {
                (sbyte[] z, FloatGrid zFloat) = RandomHyper(width, height);
                float[] means = NaiveNetwork.Run(TinyModel.Description.HyperMean, _model.Floats, zFloat).Values;
                long[] scales = NaiveIntegerNetwork.Run(_model.ScaleNetwork, IntegerNetwork.Structure(TinyModel.Description.HyperScale), Array.ConvertAll(z, value => (long)value), width / 4, height / 4);
                short[] logScale = new short[width * height * 6];
                networks.Begin(width, height);
                networks.SynthesiseHyper(z, logScale);
                Assert.Equal(scales, Array.ConvertAll(logScale, value => (long)value));
                for (int row = 0; row < height; row++)
                {
                    for (int column = 0; column < width; column++)
                    {
                        FloatAssert.SameValues(means.AsSpan(((row * width) + column) * 6, 6), networks.HyperMeanAt(row, column), $"{path} {row},{column}");
                    }
                }
            }
        }
    }

    [Fact]
    public void CorrectMeans_EqualsADenseConvolutionOverTheEvenPositions()
    {
        ModelDescription d = TinyModel.Description;
        foreach ((int width, int height) in s_sizes)
        {
            (sbyte[] z, FloatGrid zFloat) = RandomHyper(width, height);
            FloatGrid decoded = FloatGrid.Random(new Random(height), width, height, 6);
            float[] gain = [0.5f, 1, 3, 7, 0.1f, 2];
            float[] expected = ExpectedCorrections(d, zFloat, decoded, gain);
            foreach (CpuPath path in SupportedPaths.All)
            {
                using CpuModel cpu = new(_model, path);
                using TileNetworks networks = new(cpu);
                networks.Begin(width, height);
                networks.SynthesiseHyper(z, new short[width * height * 6]);
                float[] corrections = new float[width * height * 6];
                Array.Fill(corrections, 12345f);
                networks.CorrectMeans(decoded.Values, gain, corrections);
                FloatAssert.SameValues(expected, corrections, $"{path} {width}x{height}");
            }
        }
    }

    [Fact]
    public void HyperMeanAt_RefusesPositionsOutsideTheTile()
    {
        using CpuModel cpu = new(_model, CpuPaths.Widest);
        using TileNetworks networks = new(cpu);
        networks.Begin(4, 8);
        networks.SynthesiseHyper(new sbyte[2 * 5], new short[4 * 8 * 6]);
        Assert.Throws<ArgumentOutOfRangeException>(() => networks.HyperMeanAt(8, 0).Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => networks.HyperMeanAt(0, 4).Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => networks.HyperMeanAt(-1, 0).Length);
    }

    private static (sbyte[] Z, FloatGrid Grid) RandomHyper(int width, int height)
    {
        Random random = new((width * 100) + height);
        FloatGrid grid = new(width / 4, height / 4, 5);
        sbyte[] z = new sbyte[grid.Values.Length];
        for (int i = 0; i < z.Length; i++)
        {
            z[i] = (sbyte)random.Next(-127, 128);
            grid.Values[i] = z[i];
        }

        return (z, grid);
    }

    private float[] ExpectedCorrections(ModelDescription d, FloatGrid z, FloatGrid decoded, float[] gain)
    {
        (int width, int height) = (decoded.Width, decoded.Height);
        FloatGrid even = new(width, height, 6);
        for (int i = 0; i < even.Values.Length; i++)
        {
            int position = i / 6;
            even.Values[i] = (((position / width) + (position % width)) & 1) == 0 ? decoded.Values[i] / gain[i % 6] : 0;
        }

        FloatGrid spatial = NaiveNetwork.Run(d.ContextSpatial, _model.Floats, even);
        FloatGrid means = NaiveNetwork.Run(d.HyperMean, _model.Floats, z);
        FloatGrid both = new(width, height, spatial.Channels + 6);
        for (int i = 0; i < both.Values.Length; i++)
        {
            int c = i % both.Channels, position = i / both.Channels;
            both.Values[i] = c < spatial.Channels ? spatial.Values[(position * spatial.Channels) + c] : means.Values[(position * 6) + c - spatial.Channels];
        }

        float[] result = NaiveNetwork.Run(d.ContextFuse, _model.Floats, both).Values;
        for (int i = 0; i < result.Length; i++)
        {
            int position = i / 6;
            if ((((position / width) + (position % width)) & 1) == 0)
            {
                // Even positions have no correction and are left as they were.
                result[i] = 12345f;
            }
        }

        return result;
    }
}
