using TorchSharp;
using VaeCodec.Models.TorchSharp.Networks;
using VaeCodec.Models.TorchSharp.Tests.Support;

namespace VaeCodec.Models.TorchSharp.Tests.Networks;

/// <summary>The bits of a symbol against the mass of its Gaussian, integrated numerically in double precision.</summary>
public class RateTests
{
    private static readonly double[] s_sigmas = [0.11, 0.15, 0.3, 0.5, 1, 2, 5, 20, 100, 1000];

    [TorchFact]
    public void BitsAreThoseOfTheGaussianMass_UpToTheTails()
    {
        List<(double Value, double Sigma)> cases = [];
        Random random = new(5);
        foreach (double sigma in s_sigmas)
        {
            // From the middle to the end of the exact range, both signs.
            double end = 0.5 + (TorchModel.LinearFrom * sigma * Math.Sqrt(2));
            cases.AddRange(Enumerable.Range(0, 60).Select(i => (end * i / 60 * (random.Next(2) == 0 ? 1 : -1), sigma)));
        }

        float[] bits = Bits(cases, out _);
        for (int i = 0; i < cases.Count; i++)
        {
            double expected = -Math.Log2(Mass(cases[i].Value, cases[i].Sigma));
            Assert.True(Math.Abs(bits[i] - expected) <= 0.002 + (1e-4 * expected), $"v = {cases[i].Value}, sigma = {cases[i].Sigma}: {bits[i]} bits where {expected} are right");
        }
    }

    [TorchFact]
    public void GradientsAreThoseOfTheGaussianMass_UpToTheTails()
    {
        List<(double Value, double Sigma)> cases = [];
        foreach (double sigma in s_sigmas.Where(sigma => sigma < 50))
        {
            double end = 0.5 + (TorchModel.LinearFrom * sigma * Math.Sqrt(2));
            cases.AddRange(Enumerable.Range(1, 40).Select(i => (end * i / 41, sigma)));
        }

        Bits(cases, out float[] gradients);
        const double step = 1e-5;
        for (int i = 0; i < cases.Count; i++)
        {
            (double value, double sigma) = cases[i];
            double byValue = (Math.Log2(Mass(value - step, sigma)) - Math.Log2(Mass(value + step, sigma))) / (2 * step);
            double byLogSigma = (Math.Log2(Mass(value, sigma * Math.Exp(-step))) - Math.Log2(Mass(value, sigma * Math.Exp(step)))) / (2 * step);
            Assert.True(Math.Abs(gradients[i] - byValue) <= 0.01 + (0.002 * Math.Abs(byValue)), $"v = {value}, sigma = {sigma}: {gradients[i]} bits for a unit of v where {byValue} are right");
            Assert.True(Math.Abs(gradients[cases.Count + i] - byLogSigma) <= 0.01 + (0.002 * Math.Abs(byLogSigma)), $"v = {value}, sigma = {sigma}: {gradients[cases.Count + i]} bits for a nat of sigma where {byLogSigma} are right");
        }
    }

    [TorchFact]
    public void FarTails_GoOnLinearlyAndNeverLoseTheirGradient()
    {
        List<(double Value, double Sigma)> cases = [];
        foreach (double sigma in s_sigmas.Append(0.1100001))
        {
            cases.AddRange(new double[] { 0, 1e-6, 0.4999, 0.5, 0.5001, 1, 3, 10, 33, 100, 300, 1000, 10000, 32767 }.SelectMany(value => new[] { (value, sigma), (-value, sigma) }));
        }

        float[] bits = Bits(cases, out float[] gradients);
        for (int i = 0; i < cases.Count; i++)
        {
            (double value, double sigma) = cases[i];
            Assert.True(float.IsFinite(bits[i]) && bits[i] >= 0, $"v = {value}, sigma = {sigma}: {bits[i]} bits");
            Assert.True(float.IsFinite(gradients[i]) && float.IsFinite(gradients[cases.Count + i]), $"v = {value}, sigma = {sigma}: gradients {gradients[i]} and {gradients[cases.Count + i]}");
            if (Math.Abs(value) > 0.5 + (3 * sigma))
            {
                // A residual that is too large asks for a wider sigma, however large it is.
                Assert.True(gradients[cases.Count + i] < 0, $"v = {value}, sigma = {sigma}: log sigma has the gradient {gradients[cases.Count + i]}");
                Assert.True(gradients[i] * Math.Sign(value) > 0, $"v = {value}, sigma = {sigma}: the residual has the gradient {gradients[i]}");
            }
        }

        float[] far = Bits([(100, 0.5), (200, 0.5), (300, 0.5)], out _);
        Assert.Equal(far[1] - far[0], far[2] - far[1], 0.01 * (far[1] - far[0]));
    }

    /// <summary>Against the mean of the gradients over noise that is spread evenly, in place of drawn.</summary>
    [TorchFact]
    public void TrainingGradient_IsThatOfTheRateExpectedUnderNoise()
    {
        const int places = 2000;
        List<(double Value, double Sigma)> cases = [.. s_sigmas.Where(sigma => sigma < 50).SelectMany(sigma => new[] { 0, 0.2, -0.45, 0.7, -1.3, 2.6 }.Select(value => (value, sigma)))];
        float[] expected = [.. cases.Select(c =>
        {
            Bits([.. Enumerable.Range(0, places).Select(i => (c.Value + ((i + 0.5) / places) - 0.5, c.Sigma))], out float[] gradients);
            return (float)gradients.Take(places).Average(gradient => (double)gradient);
        })];

        using DisposeScope scope = torch.NewDisposeScope();
        torch.Tensor residual = torch.tensor(cases.Select(c => (float)c.Value).ToArray(), requires_grad: true);
        torch.Tensor logSigma = torch.tensor(cases.Select(c => (float)Math.Log(c.Sigma)).ToArray(), requires_grad: true);
        torch.Tensor symbols = residual.detach().round();
        torch.Tensor bits = TorchModel.TrainingBits(residual, symbols, logSigma);
        bits.sum().backward();
        float[] actual = [.. residual.grad!.data<float>()];
        for (int i = 0; i < cases.Count; i++)
        {
            Assert.True(Math.Abs(actual[i] - expected[i]) <= 0.01 + (0.005 * Math.Abs(expected[i])), $"v = {cases[i].Value}, sigma = {cases[i].Sigma}: {actual[i]} bits for a unit of v where the mean is {expected[i]}");
        }

        // Value and gradient of sigma are those of the symbols.
        float[] hard = Bits([.. cases.Select(c => (Math.Round(c.Value), c.Sigma))], out float[] hardGradients);
        Assert.Equal(hard, bits.data<float>().ToArray());
        Assert.Equal(hardGradients[cases.Count..], logSigma.grad!.data<float>().ToArray());
    }

    /// <summary>Simpson's rule over the interval, with the largest exponent taken out.</summary>
    private static double Mass(double value, double sigma)
    {
        const int intervals = 4000;
        double nearest = Math.Max(Math.Abs(value) - 0.5, 0), sum = 0;
        for (int i = 0; i <= intervals; i++)
        {
            double t = (Math.Abs(value) - 0.5 + ((double)i / intervals)) / sigma;
            sum += (i is 0 or intervals ? 1 : i % 2 == 1 ? 4 : 2) * Math.Exp(-0.5 * ((t * t) - (nearest / sigma * nearest / sigma)));
        }

        return sum / (3.0 * intervals) / (sigma * Math.Sqrt(2 * Math.PI)) * Math.Exp(-0.5 * (nearest / sigma * nearest / sigma));
    }

    /// <summary>Bits, and the gradients of their sum: first those of the values, then those of log sigma.</summary>
    private static float[] Bits(List<(double Value, double Sigma)> cases, out float[] gradients)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        torch.Tensor value = torch.tensor(cases.Select(c => (float)c.Value).ToArray(), requires_grad: true);
        torch.Tensor logSigma = torch.tensor(cases.Select(c => (float)Math.Log(c.Sigma)).ToArray(), requires_grad: true);
        torch.Tensor bits = TorchModel.Bits(value, logSigma);
        bits.sum().backward();
        gradients = [.. value.grad!.data<float>(), .. logSigma.grad!.data<float>()];
        return bits.data<float>().ToArray();
    }
}
