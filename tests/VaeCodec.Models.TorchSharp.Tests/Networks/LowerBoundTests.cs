using TorchSharp;
using VaeCodec.Models.TorchSharp.Networks;
using VaeCodec.Models.TorchSharp.Tests.Support;

namespace VaeCodec.Models.TorchSharp.Tests.Networks;

public class LowerBoundTests
{
    /// <summary>A descent step moves against the gradient: a positive one below the bound would push further down.</summary>
    [TorchFact]
    public void GradientPassesAboveTheBound_AndBelowItOnlyWhereItPushesUpwards()
    {
        using torch.Tensor x = torch.tensor(new float[] { 2, 2, -3, -3, 0.5f, -3 }, requires_grad: true);
        using torch.Tensor incoming = torch.tensor(new float[] { 1, -1, 1, -1, 0.25f, 0 });
        using torch.Tensor bounded = LowerBound.Of(x, 0.5);
        Assert.Equal([2, 2, 0.5f, 0.5f, 0.5f, 0.5f], bounded.data<float>().ToArray());

        bounded.backward([incoming]);
        Assert.Equal([1, -1, 0, -1, 0.25f, 0], x.grad!.data<float>().ToArray());
    }

    [TorchFact]
    public void ValueThatHitTheFloor_CanLeaveIt()
    {
        using torch.Tensor x = torch.tensor(new float[] { -2 }, requires_grad: true);
        for (int i = 0; i < 200; i++)
        {
            using DisposeScope scope = torch.NewDisposeScope();
            torch.Tensor loss = (LowerBound.Of(x, 0) - 1).square().sum();
            loss.backward();
            using (torch.no_grad())
            {
                x.sub_(x.grad! * 0.05);
                x.grad!.zero_();
            }
        }

        Assert.Equal(1, x.item<float>(), 1e-3f);
    }
}
