using VaeCodec.Models.Bundle;
using VaeCodec.Models.Cpu;
using VaeCodec.Models.Description;

namespace VaeCodec.Conformance.Tests.Frozen;

/// <summary>The committed model is what its builder says it is: in its networks and names, not in the bits of its weights.</summary>
public class FrozenModelTests
{
    /// <summary>SHA-256 of the description and the tensors. This model never changes.</summary>
    private const string Identity = "48ac145e39ff15f99d7afbdd970001cb73c7154cbda951edf6ec69e16b5163ac";

    private const string WinogradIdentity = "91104765fc939d585f713b4991278d5a861add17adcc6548bd42b8a1571deb6a";

    private static readonly Model s_model = ModelReader.Read(FrozenModel.Bytes);

    [Fact]
    public void IsTheOneThatWasFrozen()
    {
        Assert.Equal(Identity, FrozenModel.Default.Identity);
        Assert.Equal(FrozenModelBuilder.Name, FrozenModel.Default.Name);
        Assert.True(FrozenModel.Bytes.Length < 200_000);
    }

    [Fact]
    public void ItsTwinWithWinogradsConvolutions_IsTheOneThatWasFrozen()
    {
        VaeModel twin = FrozenModel.On(CpuPaths.Widest, FrozenModel.Winograd);
        Assert.Equal(WinogradIdentity, twin.Identity);
        Assert.Equal(FrozenModelBuilder.WithWinograd(), File.ReadAllBytes(FrozenModel.PathOf(FrozenModel.Winograd)));
    }

    [Fact]
    public void HasTheNetworksOfItsBuilder()
        => Assert.Equal(ModelDescriptionJson.Write(FrozenModelNetworks.Describe()), ModelDescriptionJson.Write(s_model.Description));

    [Fact]
    public void HasEveryKindOfLayer()
    {
        Layer[] layers = [.. s_model.Description.Networks.SelectMany(network => network.Layers)];
        foreach (Type kind in typeof(Layer).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Layer))))
        {
            Assert.Contains(layers, layer => layer.GetType() == kind);
        }

        foreach ((int kernel, int stride) in ((int, int)[])[(1, 1), (2, 2), (3, 1), (3, 2), (5, 1), (16, 16)])
        {
            Assert.Contains(layers, layer => layer is Convolution c && c.Kernel == kernel && c.Stride == stride);
        }
    }

    [Fact]
    public void EveryTensorOfItsBuilderIsThere()
    {
        foreach ((string name, int[] shape) in s_model.Description.FloatNetworks.SelectMany(network => network.Tensors()))
        {
            Assert.Equal(shape, s_model.Shape(name));
            Assert.True(FrozenModelBuilder.Weights().Tensors.ContainsKey(name));
        }
    }

    [Fact]
    public void IsNearItsBuildersWeights()
    {
        // Half precision, and the last bit of a cosine, which systems compute differently.
        float[] built = FrozenModelBuilder.Weights().Tensors["analysis.linear.weight"].ToFloats();
        float[] frozen = s_model.Floats("analysis.linear.weight");
        Assert.All(built.Zip(frozen), pair => Assert.Equal(pair.First, pair.Second, 1e-4f));
    }
}
