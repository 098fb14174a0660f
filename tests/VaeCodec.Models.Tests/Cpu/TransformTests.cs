using VaeCodec.Models.Bundle;
using VaeCodec.Models.Cpu;
using VaeCodec.Models.Cpu.Execution;
using VaeCodec.Models.Description;
using VaeCodec.Models.Tests.Support;

namespace VaeCodec.Models.Tests.Cpu;

/// <summary>The line-buffered transforms against an evaluation of the whole padded picture at once.</summary>
public sealed class TransformTests : IDisposable
{
    private readonly Model _model = TinyModel.Read();
    private readonly WorkerTeam _team = new(2);

    public void Dispose() => _team.Dispose();

    [Theory]
    [InlineData(1, 1, 3)]
    [InlineData(64, 64, 3)]
    [InlineData(65, 63, 3)]
    [InlineData(100, 200, 1)]
    [InlineData(130, 300, 3)]
    [InlineData(17, 450, 1)]
    public void Analysis_EqualsTheWholePicture(int width, int height, int channels)
    {
        Random random = new(width);
        byte[] pixels = new byte[width * height * channels];
        random.NextBytes(pixels);
        FloatGrid expected = ExpectedLatents(pixels, width, height, channels);
        float[]? first = null;
        foreach (CpuPath path in SupportedPaths.All)
        {
            using CpuModel cpu = new(_model, path);
            float[] actual = Analyse(cpu, pixels, width, height, channels, random);
            FloatAssert.SameValues(expected.Values, actual, $"{path}");
            first ??= actual;
            FloatAssert.SameBits(first, actual, $"{path}");
        }
    }

    [Theory]
    [InlineData(1, 1, 3)]
    [InlineData(64, 64, 1)]
    [InlineData(65, 63, 3)]
    [InlineData(100, 200, 1)]
    [InlineData(130, 300, 3)]
    [InlineData(33, 450, 3)]
    public void Synthesis_EqualsTheWholePicture(int width, int height, int channels)
    {
        Random random = new(height);
        int latentWidth = ModelDescription.PadSide(width) / 16, latentHeight = ModelDescription.PadSide(height) / 16;
        FloatGrid latents = FloatGrid.Random(random, latentWidth, latentHeight, TinyModel.Description.LatentChannels);
        const int quality = 37;
        byte[] expected = ExpectedPixels(latents, quality, width, height, channels);
        foreach (CpuPath path in SupportedPaths.All)
        {
            using CpuModel cpu = new(_model, path);
            Assert.Equal(expected, Synthesise(cpu, latents, quality, width, height, channels, random));
        }
    }

    [Fact]
    public void Grey_GivesTheLatentsOfThreeEqualChannels()
    {
        Random random = new(3);
        byte[] grey = new byte[70 * 80];
        random.NextBytes(grey);
        using CpuModel cpu = new(_model, CpuPaths.Widest);
        byte[] colour = [.. grey.SelectMany(value => new[] { value, value, value })];
        FloatAssert.SameBits(Analyse(cpu, colour, 70, 80, 3, random), Analyse(cpu, grey, 70, 80, 1, random), "grey");
    }

    [Fact]
    public void LatentsThatAreNotFinite_GiveBytes_NotAnException()
    {
        using CpuModel cpu = new(_model, CpuPaths.Widest);
        FloatGrid latents = new(4, 4, TinyModel.Description.LatentChannels);
        for (int i = 0; i < latents.Values.Length; i++)
        {
            latents.Values[i] = (i % 4) switch { 0 => float.NaN, 1 => float.PositiveInfinity, 2 => float.NegativeInfinity, _ => 1e38f };
        }

        Assert.Equal(64 * 64 * 3, Synthesise(cpu, latents, 1, 64, 64, 3, new Random(1)).Length);
    }

    [Fact]
    public void Analysis_RefusesRowsBeyondItsRoom_AndReadsBeforeThereAreAny()
    {
        using CpuModel cpu = new(_model, CpuPaths.Widest);
        using AnalysisTransform transform = new(cpu, _team);
        transform.Begin(10, 3, 3);
        Assert.Equal(3, transform.RowsWanted);
        Assert.Throws<InvalidOperationException>(() => transform.ReadLatentRow(new float[4 * 6]));
        byte[] row = new byte[30];
        for (int i = 0; i < 3; i++)
        {
            transform.PushRows(row);
        }

        Assert.Equal(0, transform.RowsWanted);
        Assert.Throws<InvalidOperationException>(() => transform.PushRows(row));
        transform.Advance();
        Assert.Equal(4, transform.LatentRowsReady);
        for (int i = 0; i < 4; i++)
        {
            transform.ReadLatentRow(new float[4 * 6]);
        }

        Assert.Throws<InvalidOperationException>(() => transform.ReadLatentRow(new float[4 * 6]));
    }

    [Fact]
    public void Synthesis_RefusesRowsBeyondItsRoom_AndReadsBeforeThereAreAny()
    {
        using CpuModel cpu = new(_model, CpuPaths.Widest);
        using SynthesisTransform transform = new(cpu, _team);
        transform.Begin(10, 3, 3);
        Assert.Equal(4, transform.LatentRowsWanted);
        Assert.Throws<InvalidOperationException>(() => transform.ReadRows(new byte[30]));
        float[] row = new float[4 * 6], gain = [1, 1, 1, 1, 1, 1];
        for (int i = 0; i < 4; i++)
        {
            transform.Push(row, gain);
        }

        Assert.Throws<InvalidOperationException>(() => transform.Push(row, gain));
        transform.Advance();
        Assert.Equal(3, transform.RowsReady);
        for (int i = 0; i < 3; i++)
        {
            transform.ReadRows(new byte[30]);
        }

        Assert.Throws<InvalidOperationException>(() => transform.ReadRows(new byte[30]));
    }

    [Fact]
    public void AfterAPicture_TheNextAllocatesItsLastRowAndNoMore()
    {
        using CpuModel cpu = new(_model, CpuPaths.Widest);
        using WorkerTeam alone = new(1);
        using AnalysisTransform analysis = new(cpu, alone);
        using SynthesisTransform synthesis = new(cpu, alone);
        byte[] pixels = new byte[70 * 130 * 3];
        float[] latents = new float[8 * 12 * 6], gain = [1, 1, 1, 1, 1, 1];
        long allocated = 0;
        for (int picture = 0; picture < 3; picture++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            analysis.Analyse(pixels, 70, 130, 3, latents);
            synthesis.Begin(70, 130, 3);
            for (int pushed = 0, read = 0; read < 130;)
            {
                for (int wanted = synthesis.LatentRowsWanted; wanted > 0; wanted--, pushed++)
                {
                    synthesis.Push(latents.AsSpan(pushed * 8 * 6, 8 * 6), gain);
                }

                synthesis.Advance();
                int rows = synthesis.RowsReady;
                synthesis.ReadRows(pixels.AsSpan(read * 210, rows * 210));
                read += rows;
            }

            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Assert.InRange(allocated, 210, 210 + 64);
    }

    [Fact]
    public void Bytes_GrowWithTheWidth_NotWithTheHeight()
    {
        using CpuModel cpu = new(_model, CpuPaths.Widest);
        Assert.InRange(AnalysisTransform.Bytes(cpu, 2000, 200_000, 1), AnalysisTransform.Bytes(cpu, 2000, 20_000, 1) - (1 << 16), AnalysisTransform.Bytes(cpu, 2000, 20_000, 1) + (1 << 16));
        Assert.InRange(SynthesisTransform.Bytes(cpu, 2000, 200_000, 1), SynthesisTransform.Bytes(cpu, 2000, 20_000, 1) - (1 << 16), SynthesisTransform.Bytes(cpu, 2000, 20_000, 1) + (1 << 16));
        Assert.True(AnalysisTransform.Bytes(cpu, 1 << 20, 1 << 20, 1) > 50 * AnalysisTransform.Bytes(cpu, 1 << 13, 1 << 20, 1));
    }

    private static float[] Analyse(CpuModel cpu, byte[] pixels, int width, int height, int channels, Random random)
    {
        using WorkerTeam team = new(random.Next(1, 4));
        using AnalysisTransform transform = new(cpu, team);
        transform.Begin(width, height, channels);
        int rowFloats = transform.LatentWidth * TinyModel.Description.LatentChannels;
        float[] latents = new float[ModelDescription.PadSide(height) / 16 * rowFloats];
        int pushed = 0;
        for (int read = 0; read < latents.Length;)
        {
            int wanted = transform.RowsWanted;
            for (int rows = wanted <= 0 ? 0 : random.Next(1, wanted + 1); rows > 0; rows--, pushed++)
            {
                transform.PushRows(pixels.AsSpan(pushed * width * channels, width * channels));
            }

            transform.Advance();
            for (int ready = random.Next(0, transform.LatentRowsReady + 1); ready > 0; ready--, read += rowFloats)
            {
                transform.ReadLatentRow(latents.AsSpan(read, rowFloats));
            }
        }

        Assert.Equal(height, pushed);
        Assert.Equal(0, transform.LatentRowsReady);
        return latents;
    }

    private static byte[] Synthesise(CpuModel cpu, FloatGrid latents, int quality, int width, int height, int channels, Random random)
    {
        using WorkerTeam team = new(random.Next(1, 4));
        using SynthesisTransform transform = new(cpu, team);
        transform.Begin(width, height, channels);
        int rowFloats = latents.Width * latents.Channels, pushed = 0;
        byte[] pixels = new byte[width * height * channels];
        for (int read = 0; read < pixels.Length;)
        {
            int wanted = transform.LatentRowsWanted;
            for (int rows = wanted <= 0 ? 0 : random.Next(1, wanted + 1); rows > 0; rows--, pushed++)
            {
                transform.Push(latents.Values.AsSpan(pushed * rowFloats, rowFloats), cpu.Model.InverseGain(quality));
            }

            transform.Advance();
            for (int ready = random.Next(0, transform.RowsReady + 1); ready > 0; ready--, read += width * channels)
            {
                transform.ReadRows(pixels.AsSpan(read, width * channels));
            }
        }

        return pixels;
    }

    private FloatGrid ExpectedLatents(byte[] pixels, int width, int height, int channels)
    {
        FloatGrid picture = new(ModelDescription.PadSide(width), ModelDescription.PadSide(height), 3);
        for (int row = 0; row < picture.Height; row++)
        {
            for (int column = 0; column < picture.Width; column++)
            {
                for (int c = 0; c < 3; c++)
                {
                    int source = (((Math.Min(row, height - 1) * width) + Math.Min(column, width - 1)) * channels) + (channels == 1 ? 0 : c);
                    picture[row, column, c] = (pixels[source] / 255f) - 0.5f;
                }
            }
        }

        return NaiveNetwork.Add(NaiveNetwork.Run(TinyModel.Description.AnalysisLinear, _model.Floats, picture), NaiveNetwork.Run(TinyModel.Description.Analysis, _model.Floats, picture));
    }

    private byte[] ExpectedPixels(FloatGrid latents, int quality, int width, int height, int channels)
    {
        FloatGrid scaled = new(latents.Width, latents.Height, latents.Channels);
        for (int i = 0; i < scaled.Values.Length; i++)
        {
            scaled.Values[i] = latents.Values[i] * _model.InverseGain(quality)[i % latents.Channels];
        }

        FloatGrid picture = NaiveNetwork.Add(NaiveNetwork.Run(TinyModel.Description.SynthesisLinear, _model.Floats, scaled), NaiveNetwork.Run(TinyModel.Description.Synthesis, _model.Floats, scaled));
        byte[] pixels = new byte[width * height * channels];
        for (int row = 0; row < height; row++)
        {
            for (int column = 0; column < width; column++)
            {
                for (int c = 0; c < channels; c++)
                {
                    float value = channels == 3 ? picture[row, column, c] : (picture[row, column, 0] + picture[row, column, 1] + picture[row, column, 2]) / 3f;
                    pixels[(((row * width) + column) * channels) + c] = (byte)Math.Clamp(MathF.Floor(((value + 0.5f) * 255f) + 0.5f), 0, 255);
                }
            }
        }

        return pixels;
    }
}
