using TorchSharp;
using VaeCodec.Models.TorchSharp.Networks;
using VaeCodec.Models.TorchSharp.Tests.Support;

namespace VaeCodec.Models.TorchSharp.Tests.Networks;

public class WeightStoreTests
{
    [TorchFact]
    public void JoinedValues_AreTheParametersThemselves()
    {
        using WeightStore store = new(torch.CPU);
        float[] kernel = [.. Enumerable.Range(0, 24).Select(i => i / 7f)], bias = [3, -1, 2];
        store.Add("kernel", torch.tensor(kernel).reshape(2, 3, 4));
        store.Add("bias", torch.tensor(bias));
        FlatWeights joined = store.Join();
        Assert.Same(joined, store.Join());
        Assert.Equal(["bias", "kernel"], joined.Parts.Select(part => part.Name));
        Assert.Equal([.. bias, .. kernel], joined.Values.data<float>().ToArray());
        Assert.Equal([2, 3, 4], store["kernel"].shape);

        // Two backward passes add up in the common gradient; a weight that a loss does not depend on has none.
        store["kernel"].square().sum().backward();
        store["kernel"].sum().backward();
        Assert.Equal([0, 0, 0, .. kernel.Select(value => (2 * value) + 1)], joined.Gradients.data<float>().ToArray());

        using (torch.no_grad())
        {
            joined.Values.mul_(2);
            joined.Gradients.zero_();
        }

        Assert.Equal(kernel.Select(value => 2 * value), store["kernel"].data<float>().ToArray());
        Assert.All(store["kernel"].grad!.data<float>().ToArray(), value => Assert.Equal(0, value));
        Assert.Equal([6, -2, 4], store.Part("bias").Values.data<float>().ToArray());
        Assert.Equal([6, -2, 4], store.Save().Tensors["bias"].ToFloats());
        Assert.Throws<InvalidOperationException>(() => store.Add("late", torch.zeros(1)));
    }
}
