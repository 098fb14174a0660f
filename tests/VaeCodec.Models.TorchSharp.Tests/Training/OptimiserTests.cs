using TorchSharp;
using TorchSharp.Modules;
using VaeCodec.Models.Safetensors;
using VaeCodec.Models.TorchSharp.Networks;
using VaeCodec.Models.TorchSharp.Tests.Support;
using VaeCodec.Models.TorchSharp.Training;

namespace VaeCodec.Models.TorchSharp.Tests.Training;

public class OptimiserTests
{
    private static double Train(IOptimiser optimiser, Regression problem, int steps, double rate = 0.03)
    {
        double loss = 0;
        for (int i = 0; i < steps; i++)
        {
            using DisposeScope scope = torch.NewDisposeScope();
            loss = problem.Backward();
            optimiser.Step(rate * (1 - (i / (double)steps)));
        }

        return loss;
    }

    /// <summary>A change that is nearly of rank one is one coordinate in SOAP's basis, so it needs the higher rate; Adam at that rate is worse.</summary>
    [TorchFact]
    public void SoapSolvesAnIllConditionedProblem_BetterThanAdamDoes()
    {
        double start, adamLow, adamHigh, soapHigh;
        using (Regression problem = new())
        {
            start = problem.Backward();
        }

        adamLow = Solve(problem => new AdamOptimiser(problem.Weights.Join()), 0.03);
        adamHigh = Solve(problem => new AdamOptimiser(problem.Weights.Join()), 0.1);
        soapHigh = Solve(problem => new SoapOptimiser(problem.Weights, 10), 0.1);
        Assert.True(soapHigh < 0.01 * start && soapHigh < Math.Min(adamLow, adamHigh), $"from {start}: Adam {adamLow} and {adamHigh}, SOAP {soapHigh}");
    }

    private static double Solve(Func<Regression, IOptimiser> make, double rate)
    {
        using Regression problem = new();
        using IOptimiser optimiser = make(problem);
        return Train(optimiser, problem, 400, rate);
    }

    [TorchTheory]
    [InlineData(OptimiserKind.Adam)]
    [InlineData(OptimiserKind.Soap)]
    public void StateTravels_ToTheBit(OptimiserKind kind)
    {
        IOptimiser Make(Regression problem) => kind == OptimiserKind.Soap ? new SoapOptimiser(problem.Weights, 4) : new AdamOptimiser(problem.Weights.Join());
        using Regression whole = new(), halves = new();
        using IOptimiser one = Make(whole), first = Make(halves), second = Make(halves);
        Train(one, whole, 60);
        SafetensorsFile state = new();
        for (int i = 0; i < 60; i++)
        {
            using DisposeScope scope = torch.NewDisposeScope();
            halves.Backward();
            (i < 30 ? first : second).Step(0.03 * (1 - (i / 60.0)));
            if (i == 29)
            {
                first.Save(state);
                second.Load(SafetensorsFile.Parse(state.ToArray()));
            }
        }

        foreach ((string name, Parameter value) in whole.Weights.Ordered)
        {
            Assert.Equal(value.data<float>().ToArray(), halves.Weights[name].data<float>().ToArray());
        }
    }

    /// <summary>A mean that outweighs a high frequency a hundredfold: in pixels, Adam's first step would follow its sign everywhere. Both move by a rate, and nothing else does.</summary>
    [TorchFact]
    public void LinearAnalysis_MovesEachFrequencyByItself()
    {
        const float rate = 0.5f;
        float[] mean = Function(0, (_, _) => 1 / 16.0), high = Function(1, (row, column) => Cosine(15, row) * Cosine(3, column));
        float[] moved = Step(rate, [.. mean.Zip(high, (m, h) => (100 * m) - h)]);
        for (int i = 0; i < moved.Length; i++)
        {
            // The high frequency's scale is the least that there is: a fifth of the root mean square, 100 / sqrt(768) / 5 = 0.72, is below its gradient of 1.
            Assert.Equal((-rate * mean[i]) + (rate * high[i]), moved[i], 1e-4f);
        }
    }

    /// <summary>A gradient of a thousandth of the others' has a scale of a fifth of theirs.</summary>
    [TorchFact]
    public void LinearAnalysis_DoesNotFollowTheNoiseOfWhatHasNoGradient()
    {
        float[] moved = Step(1, [.. Enumerable.Range(0, 16).SelectMany(row => Enumerable.Range(0, 16).Select(column => (row, column)))
            .Where(place => place != (15, 15)).Select(place => Function(0, (row, column) => Cosine(place.row, row) * Cosine(place.column, column)))
            .Append([.. Function(0, (row, column) => Cosine(15, row) * Cosine(15, column)).Select(value => value * 0.001f)])
            .Aggregate((a, b) => [.. a.Zip(b, (x, y) => x + y)])]);
        float[] last = Function(0, (row, column) => Cosine(15, row) * Cosine(15, column));
        double along = moved.Zip(last, (a, b) => (double)a * b).Sum();

        // A third of the coordinates have a gradient of one: the root mean square is sqrt(255 / 768).
        Assert.Equal(-0.001 / (0.2 * Math.Sqrt(255 / 768.0)), along, 1e-4);
    }

    private static float[] Step(double rate, float[] gradient)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        using WeightStore weights = new(torch.CPU);
        weights.Add("analysis.linear.weight", torch.zeros(2, 3, 16, 16));
        using AdamOptimiser adam = new(weights.Join());
        using (torch.no_grad())
        {
            // Two latents with the same gradient: scales are shared by none but the bound.
            weights.Join().Gradients.narrow(0, 0, gradient.Length).copy_(torch.tensor(gradient));
            weights.Join().Gradients.narrow(0, gradient.Length, gradient.Length).copy_(torch.tensor(gradient));
        }

        adam.Step(rate);
        float[] values = weights["analysis.linear.weight"].data<float>().ToArray();
        Assert.Equal(values[..gradient.Length], values[gradient.Length..]);
        return values[..gradient.Length];
    }

    /// <summary>A function of a patch, 3 x 16 x 16: grey (0), or red against blue (1).</summary>
    private static float[] Function(int colour, Func<int, int, double> plane)
    {
        double[] weights = colour == 0 ? [1 / Math.Sqrt(3), 1 / Math.Sqrt(3), 1 / Math.Sqrt(3)] : [1 / Math.Sqrt(2), 0, -1 / Math.Sqrt(2)];
        return [.. weights.SelectMany(weight => Enumerable.Range(0, 256).Select(i => (float)(weight * plane(i / 16, i % 16))))];
    }

    private static double Cosine(int frequency, int place) => Math.Sqrt((frequency == 0 ? 1 : 2) / 16.0) * Math.Cos(Math.PI * frequency * (place + 0.5) / 16);
}
