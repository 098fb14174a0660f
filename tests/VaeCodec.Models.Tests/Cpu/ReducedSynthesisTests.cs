using VaeCodec.Models.Bundle;
using VaeCodec.Models.Cpu;
using VaeCodec.Models.Cpu.Execution;
using VaeCodec.Models.Description;
using VaeCodec.Models.Tests.Support;

namespace VaeCodec.Models.Tests.Cpu;

/// <summary>Smaller pictures against the linear path worked out pixel by pixel, and the same on every path.</summary>
public sealed class ReducedSynthesisTests : IDisposable
{
    private const int Quality = 37;
    private readonly Model _model = TinyModel.Read();
    private readonly WorkerTeam _team = new(2);

    public void Dispose() => _team.Dispose();

    [Theory]
    [InlineData(2, 130, 90, 3)]
    [InlineData(4, 131, 93, 1)]
    [InlineData(8, 64, 300, 3)]
    [InlineData(16, 129, 65, 3)]
    [InlineData(16, 1, 1, 1)]
    public void Pixels_AreTheMeansOfTheLinearPath(int scale, int width, int height, int channels)
    {
        Random random = new(scale);
        int columns = ModelDescription.PadSide(width) / 16, rows = ModelDescription.PadSide(height) / 16;
        FloatGrid latents = FloatGrid.Random(random, columns, rows, TinyModel.Description.LatentChannels);
        double[] expected = Means(latents, scale, width, height, channels);
        byte[]? first = null;
        foreach (CpuPath path in SupportedPaths.All)
        {
            using CpuModel cpu = new(_model, path);
            byte[] actual = Run(cpu, latents, scale, width, height, channels);
            first ??= actual;
            Assert.Equal(first, actual);
        }

        for (int i = 0; i < expected.Length; i++)
        {
            Assert.InRange(first![i], Math.Clamp(Math.Floor(expected[i] - 0.01), 0, 255), Math.Clamp(Math.Floor(expected[i] + 0.01), 0, 255));
        }

        Assert.Equal(expected.Length, first!.Length);
    }

    [Fact]
    public void RowsBeyondItsRoomAreRefused_AndThoseBeforeThereAreAny()
    {
        using CpuModel cpu = new(_model, CpuPaths.Widest);
        using ReducedSynthesis transform = new(cpu, _team, 8);
        transform.Begin(10, 3, 3);
        Assert.Throws<InvalidOperationException>(() => transform.ReadRows(new byte[6]));
        float[] row = new float[4 * 6], gain = [1, 1, 1, 1, 1, 1];
        for (int i = 0; i < 4; i++)
        {
            transform.Push(row, gain);
        }

        Assert.Throws<InvalidOperationException>(() => transform.Push(row, gain));
        transform.Advance();
        Assert.Equal(1, transform.RowsReady);
    }

    [Fact]
    public void TheSynthesisSees_WhatTheKernelsOfItsLayersSee()
    {
        using CpuModel direct = new(_model, CpuPaths.Widest);
        (int first, int end) = direct.Synthesis.Sees(100, 101);

        // Two pixels of 3x3 at 1/8 and one at 1/4 of the size, all computed directly, and one latent: what the layers' kernels see, and no more.
        Assert.Equal(((((100 - 1) / 2) - 2) / 2) - 1, first);
        Assert.Equal(((((101 + 1 + 1) / 2) + 2 + 1) / 2) + 1, end);
    }

    private byte[] Run(CpuModel cpu, FloatGrid latents, int scale, int width, int height, int channels)
    {
        using ReducedSynthesis transform = new(cpu, _team, scale);
        transform.Begin(width, height, channels);
        int columns = ModelDescription.PadSide(width) / 16, rowFloats = columns * TinyModel.Description.LatentChannels;
        int rowBytes = (width + scale - 1) / scale * channels, rows = (height + scale - 1) / scale;
        byte[] pixels = new byte[rowBytes * rows];
        for (int pushed = 0, read = 0; read < rows;)
        {
            for (int wanted = transform.LatentRowsWanted; wanted > 0; wanted--, pushed++)
            {
                transform.Push(latents.Values.AsSpan(pushed * rowFloats, rowFloats), _model.InverseGain(Quality));
            }

            transform.Advance();
            int ready = transform.RowsReady;
            transform.ReadRows(pixels.AsSpan(read * rowBytes, ready * rowBytes));
            read += ready;
        }

        return pixels;
    }

    /// <summary>The levels of the means before they are rounded down: every pixel of Lt, and then their means; grey is the mean of three.</summary>
    private double[] Means(FloatGrid latents, int scale, int width, int height, int channels)
    {
        int m = TinyModel.Description.LatentChannels, columns = ModelDescription.PadSide(width) / 16;
        float[] weights = _model.Floats("synthesis.linear.weight"), bias = _model.Floats("synthesis.linear.bias");
        ReadOnlySpan<float> gain = _model.InverseGain(Quality);
        List<double> means = [];
        for (int top = 0; top < height; top += scale)
        {
            for (int left = 0; left < width; left += scale)
            {
                double[] colours = new double[3];
                for (int i = 0; i < 3 * scale * scale; i++)
                {
                    int colour = i % 3, y = top + (i / 3 / scale), x = left + (i / 3 % scale), latent = (((y / 16) * columns) + (x / 16)) * m;
                    double value = bias[colour];
                    for (int channel = 0; channel < m; channel++)
                    {
                        value += (double)latents.Values[latent + channel] * gain[channel] * weights[(((channel * 3) + colour) * 256) + (y % 16 * 16) + (x % 16)];
                    }

                    colours[colour] += value / (scale * scale);
                }

                means.AddRange(channels == 1 ? [Level(colours.Average())] : colours.Select(Level));
            }
        }

        return [.. means];
    }

    private static double Level(double value) => ((value + 0.5) * 255) + 0.5;
}
