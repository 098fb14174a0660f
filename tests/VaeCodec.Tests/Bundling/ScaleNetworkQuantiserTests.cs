using VaeCodec.Bundling;
using VaeCodec.Models.Bundle;
using VaeCodec.Models.Cpu;
using VaeCodec.Models.Cpu.Execution;
using VaeCodec.Tests.Support;

namespace VaeCodec.Tests.Bundling;

public class ScaleNetworkQuantiserTests
{
    private static readonly List<CalibrationSample> s_samples = Samples();

    [Fact]
    public void TheExecutor_GivesExactlyWhatTheQuantiserSimulated()
    {
        (List<IntegerConvolution> network, _, double[][] quantised) = ScaleNetworkQuantiser.Quantise(SmallModel.Description, SmallModel.FloatWeights(), s_samples, CancellationToken.None);
        foreach (CpuPath path in Enum.GetValues<CpuPath>().Where(CpuPaths.IsSupported))
        {
            using IntegerNetwork packed = new(SmallModel.Description.HyperScale, network, path);
            using IntegerNetworkExecutor executor = new(packed);
            for (int i = 0; i < s_samples.Count; i++)
            {
                CalibrationSample sample = s_samples[i];
                short[] output = new short[quantised[i].Length];
                executor.Run(sample.HyperLatents, sample.HyperWidth, sample.HyperHeight, output);
                Assert.Equal(quantised[i].Select(value => (short)Math.Round(value * ProbabilityTables.StepsPerNat)), output);
            }
        }
    }

    [Fact]
    public void IntegerOutput_IsNearTheFloatOutput()
    {
        (List<IntegerConvolution> network, double[][] exact, double[][] quantised) = ScaleNetworkQuantiser.Quantise(SmallModel.Description, SmallModel.FloatWeights(), s_samples, CancellationToken.None);
        double error = 0, bias = 0, power = 0;
        long count = 0;
        for (int i = 0; i < exact.Length; i++)
        {
            for (int k = 0; k < exact[i].Length; k++, count++)
            {
                double difference = quantised[i][k] - exact[i][k];
                error += difference * difference;
                bias += difference;
                power += exact[i][k] * exact[i][k];
            }
        }

        // Rounding to 1/16 nat alone gives 1/16/sqrt(12) = 0.018.
        Assert.InRange(Math.Sqrt(error / count), 0.001, 0.06);
        Assert.InRange(Math.Sqrt(power / count), 0.06, 100);
        Assert.InRange(bias / count, -0.01, 0.01);
        for (int layer = 0; layer < network.Count; layer++)
        {
            network[layer].Validate(layer == 0 ? 127 : 255);
            Assert.InRange(network[layer].Weights.Max(), (sbyte)64, (sbyte)127);
            Assert.True(network[layer].Weights.Min() >= -127);
        }
    }

    [Fact]
    public void Bundling_MeasuresWhatQuantisationCosts()
    {
        Assert.Equal(20, SmallModel.Report.Samples);
        Assert.True(SmallModel.Report.FloatBits > 0);

        // An untrained network predicts badly, so that quantisation may even help.
        Assert.InRange(SmallModel.Report.Loss, -0.1, 0.05);

        // Its sigmas are far off, so tables that follow the symbols save much.
        Assert.InRange(SmallModel.Report.Saved, 0.01, 0.9);
    }

    private static List<CalibrationSample> Samples()
    {
        Random random = new(5);
        List<CalibrationSample> samples = [];
        for (int i = 0; i < 12; i++)
        {
            int width = random.Next(1, 6), height = random.Next(1, 6);
            sbyte[] z = [.. Enumerable.Range(0, width * height * SmallModel.Description.HyperChannels).Select(_ => (sbyte)random.Next(-9, 10))];
            samples.Add(new CalibrationSample(50, width, height, z, new float[width * height * 16 * SmallModel.Description.LatentChannels]));
        }

        return samples;
    }
}
