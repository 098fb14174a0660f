using VaeCodec.Models.TorchSharp.Training;

namespace VaeCodec.Models.TorchSharp.Tests.Training;

public class TrainingOptionsTests
{
    private const double Highest = 4e-4;

    private static readonly TrainingOptions s_options = new() { Steps = 1000, WarmUp = 100, LearningRate = Highest };

    [Fact]
    public void Rate_RisesThenFallsFromTheBeginning()
    {
        Assert.Equal(Highest / 100, s_options.Rate(0), 1e-9);
        Assert.Equal(Highest * 0.505, s_options.Rate(500), 1e-9);
        Assert.Equal(Highest / 100, s_options.Rate(1000), 1e-9);
        Assert.Equal(Highest / 100, s_options.Rate(1500), 1e-9);
        double[] rates = [.. Enumerable.Range(99, 900).Select(s_options.Rate)];
        Assert.Equal(rates.OrderDescending(), rates);
    }

    [Fact]
    public void Rate_StaysUntilTheLastShareOfTheSteps()
    {
        TrainingOptions options = s_options with { CoolDown = 0.25 };
        Assert.Equal(Highest / 2, options.Rate(49), 1e-9);
        Assert.All(Enumerable.Range(99, 652), step => Assert.Equal(Highest, options.Rate(step)));
        Assert.True(options.Rate(752) < Highest);
        Assert.Equal(Highest * 0.505, options.Rate(875), 1e-9);
        Assert.Equal(Highest / 100, options.Rate(1000), 1e-9);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1.01)]
    [InlineData(double.NaN)]
    public void CoolDownThatIsNoShare_IsRefused(double share)
        => Assert.Contains("learning rate falls", Assert.Throws<ArgumentException>((s_options with { CoolDown = share }).Check).Message, StringComparison.Ordinal);

    [Fact]
    public void FewerLargeCropsThatAreNoLarger_AreRefused()
    {
        TrainingOptions options = s_options with { Batch = 64, Crop = 256, LargeBatch = 3, LargeCrop = 256, LargeShare = 0.25 };
        Assert.Contains("no larger", Assert.Throws<ArgumentException>(options.Check).Message, StringComparison.Ordinal);
        (options with { LargeShare = 0 }).Check();
        (options with { LargeBatch = 64 }).Check();
        (options with { LargeCrop = 384 }).Check();
    }
}
