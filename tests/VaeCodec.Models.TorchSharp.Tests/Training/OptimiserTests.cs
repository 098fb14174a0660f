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
}
