using VaeCodec.Models.Bundle;
using VaeCodec.Models.Cpu;
using VaeCodec.Models.Cpu.Execution;
using VaeCodec.Models.Description;
using VaeCodec.Models.Tests.Support;

namespace VaeCodec.Models.Tests.Cpu;

public class ContextGradientTests
{
    private const int Width = 8, Height = 8;

    [Fact]
    public void PullBack_GivesTheSlopeOfWhatFollowsFromMeans()
    {
        Model model = TinyModel.Read();
        using CpuModel cpu = new(model, CpuPaths.Selected);
        using WorkerTeam team = new(2);
        using TileNetworks networks = new(cpu);
        using ContextGradient context = new(cpu, team);
        int channels = TinyModel.Description.LatentChannels, count = Width * Height * channels;
        Random random = new(3);
        float[] gain = [.. Enumerable.Range(0, channels).Select(c => 1 + (c / 4f))], decoded = SlopeAssert.Noise(random, count), weights = SlopeAssert.Noise(random, count);
        sbyte[] z = new sbyte[Width / ModelDescription.HyperStride * (Height / ModelDescription.HyperStride) * TinyModel.Description.HyperChannels];
        random.NextBytes(System.Runtime.InteropServices.MemoryMarshal.AsBytes(z.AsSpan()));
        networks.Begin(Width, Height);
        networks.SynthesiseHyper(z, new short[count]);

        context.Begin(Width, Height);
        context.Run(decoded, networks, gain);
        float[] gradient = [.. weights];
        context.PullBack(gradient, gain);

        float[] correction = new float[count];
        SlopeAssert.IsGradient(gradient, decoded, 1e-2f, moved =>
        {
            // Every latent counts itself; those at the odd positions lie at a distance from their mean, which the even ones move: mu = h a + d g.
            networks.CorrectMeans(moved, gain, correction);
            double sum = 0;
            for (int i = 0; i < count; i++)
            {
                bool odd = (((i / channels / Width) + (i / channels % Width)) & 1) == 1;
                sum += weights[i] * (moved[i] + (odd ? (double)correction[i] * gain[i % channels] : 0));
            }

            return sum;
        });
    }
}
