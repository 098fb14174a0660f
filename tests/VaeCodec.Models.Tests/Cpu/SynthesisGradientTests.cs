using VaeCodec.Models.Bundle;
using VaeCodec.Models.Cpu;
using VaeCodec.Models.Cpu.Execution;
using VaeCodec.Models.Description;
using VaeCodec.Models.Safetensors;
using VaeCodec.Models.Tests.Support;

namespace VaeCodec.Models.Tests.Cpu;

/// <summary>What a gradient is: the slope along any line, here by central differences.</summary>
public class SynthesisGradientTests
{
    private const int Width = 8, Height = 4;

    [Theory]
    [InlineData(1, ConvolutionMethod.Direct)]
    [InlineData(2, ConvolutionMethod.Direct)]
    [InlineData(1, ConvolutionMethod.Winograd)]
    [InlineData(2, ConvolutionMethod.Winograd)]
    public void PullBack_GivesTheSlopeOfWhatTheSynthesisGives(int threads, ConvolutionMethod convolutions)
    {
        SafetensorsFile file = TinyModel.Create();
        file.Metadata["description"] = ModelDescriptionJson.Write(TinyModel.Description with { Convolutions = convolutions });
        using CpuModel model = new(ModelReader.Read(file.ToArray()), CpuPaths.Selected);
        using WorkerTeam team = new(threads);
        using SynthesisGradient synthesis = new(model, team);
        int count = Width * Height * TinyModel.Description.LatentChannels, samples = Width * Height * ModelDescription.LatentStride * ModelDescription.LatentStride * 3;
        Random random = new(5);
        float[] weights = SlopeAssert.Noise(random, samples), latents = SlopeAssert.Noise(random, count), gradient = new float[count], pixels = new float[samples];

        // The second area finds what the first has left.
        foreach (int width in (int[])[4, Width])
        {
            synthesis.Begin(width, Height);
            synthesis.Synthesise(latents, pixels);
            synthesis.PullBack([.. weights], gradient);
        }

        SlopeAssert.IsGradient(gradient, latents, 1e-3f, moved =>
        {
            synthesis.Synthesise(moved, pixels);
            return SlopeAssert.Dot(pixels, weights);
        });
    }

    [Fact]
    public void Synthesise_GivesWhatTheDecodersTransformGives()
    {
        using CpuModel model = new(TinyModel.Read(), CpuPaths.Selected);
        using WorkerTeam team = new(1);
        using SynthesisGradient synthesis = new(model, team);
        using SynthesisTransform transform = new(model, team);
        int channels = TinyModel.Description.LatentChannels;
        float[] latents = SlopeAssert.Noise(new Random(6), Width * Height * channels), pixels = new float[Width * Height * ModelDescription.LatentStride * ModelDescription.LatentStride * 3];
        synthesis.Begin(Width, Height);
        synthesis.Synthesise(latents, pixels);
        byte[] expected = new byte[pixels.Length], actual = new byte[pixels.Length];
        float[] ones = [.. Enumerable.Repeat(1f, channels)];
        transform.Synthesise(latents, ones, Width * ModelDescription.LatentStride, Height * ModelDescription.LatentStride, 3, 8, expected);
        SampleConversion.ToBytes(pixels, actual);
        Assert.Equal(expected, actual);
    }
}
