namespace VaeCodec.Models.Description;

/// <summary>A chain of layers. Layer N's weights are named "name.N.weight" and "name.N.bias"; activations and shuffles count too.</summary>
/// <param name="Name">Prefix of the weights' names.</param>
/// <param name="Layers">The layers in order.</param>
public sealed record NetworkDescription(string Name, IReadOnlyList<Layer> Layers)
{
    /// <summary>Whether the network is one layer whose weights are named "name.weight" without a number.</summary>
    public bool IsSingle { get; init; }

    /// <summary>The name that a layer's weights start with.</summary>
    /// <param name="layer">Index of the layer.</param>
    public string LayerName(int layer) => IsSingle ? Name : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Name}.{layer}");

    /// <summary>The tensors the network's weights consist of, with their shapes.</summary>
    public IEnumerable<(string Name, int[] Shape)> Tensors()
    {
        for (int i = 0; i < Layers.Count; i++)
        {
            string name = LayerName(i);
            switch (Layers[i])
            {
                case Convolution c:
                    yield return ($"{name}.weight", [c.Outputs, c.Inputs, c.Kernel, c.Kernel]);
                    if (c.HasBias)
                    {
                        yield return ($"{name}.bias", [c.Outputs]);
                    }

                    break;
                case TransposedConvolution t:
                    yield return ($"{name}.weight", [t.Inputs, t.Outputs, t.Kernel, t.Kernel]);
                    yield return ($"{name}.bias", [t.Outputs]);
                    break;
                case ResidualBlock r:
                    foreach (string part in (string[])["a", "b"])
                    {
                        yield return ($"{name}.{part}.weight", [r.Channels, r.Channels, 3, 3]);
                        yield return ($"{name}.{part}.bias", [r.Channels]);
                    }

                    break;
            }
        }
    }

    /// <summary>
    /// Follows channels and resolution through the layers, checking that each layer fits the one before.
    /// </summary>
    /// <param name="channels">Channels of the input.</param>
    /// <returns>Channels of the output, how many times wider the output is (or, as a divisor, narrower), and multiply-adds for one input pixel, counted densely.</returns>
    /// <exception cref="ModelFileException">The layers do not fit together, or a size is out of range.</exception>
    public NetworkShape Shape(int channels)
    {
        int up = 1, down = 1;
        double work = 0;
        Require(channels is > 0 and <= ModelLimits.MaxChannels, 0, $"takes {channels} channels, and {ModelLimits.MaxChannels} are the most");
        for (int i = 0; i < Layers.Count; i++)
        {
            double area = (double)up * up / ((double)down * down);
            switch (Layers[i])
            {
                case Convolution c:
                    Require(c.Inputs == channels, i, $"takes {c.Inputs} channels, but {channels} arrive");
                    Require(c.Outputs is > 0 and <= ModelLimits.MaxChannels, i, "has an impossible number of outputs");
                    Require(c.Kernel is > 0 and <= 16 && c.Stride is > 0 and <= 16, i, "has an impossible kernel or stride");
                    bool same = c.Kernel % 2 == 1 && c.Kernel <= ModelLimits.MaxKernel && c.Padding == c.Kernel / 2 && c.Stride <= 2;
                    Require(same || (c.Kernel == c.Stride && c.Padding == 0), i, "has a kernel, padding or stride that no interpreter takes");
                    channels = c.Outputs;
                    down *= c.Stride;
                    work += area / ((double)c.Stride * c.Stride) * c.Inputs * c.Outputs * c.Kernel * c.Kernel;
                    break;
                case TransposedConvolution t:
                    Require(t.Inputs == channels, i, $"takes {t.Inputs} channels, but {channels} arrive");
                    Require(t.Outputs is > 0 and <= ModelLimits.MaxChannels && t.Kernel is > 0 and <= 16, i, "has impossible sizes");
                    channels = t.Outputs;
                    up *= t.Kernel;
                    work += area * t.Inputs * t.Outputs * t.Kernel * t.Kernel;
                    break;
                case ResidualBlock r:
                    Require(r.Channels == channels, i, $"takes {r.Channels} channels, but {channels} arrive");
                    Require(r.Slope is >= 0 and <= 1, i, "has a slope outside 0..1");
                    work += area * 2 * 9 * r.Channels * r.Channels;
                    break;
                case PixelShuffle s:
                    Require(s.Factor is > 1 and <= 16 && channels % (s.Factor * s.Factor) == 0, i, "does not divide its channels");
                    channels /= s.Factor * s.Factor;
                    up *= s.Factor;
                    break;
                case PixelUnshuffle u:
                    Require(u.Factor is > 1 and <= 16, i, "has an impossible factor");
                    channels *= u.Factor * u.Factor;
                    down *= u.Factor;
                    break;
                case LeakyRelu l:
                    Require(l.Slope is >= 0 and <= 1, i, "has a slope outside 0..1");
                    break;
            }

            Require(channels <= ModelLimits.MaxChannels && up <= 64 && down <= 64, i, "leaves the range of sizes");
            int common = Math.Min(up & -up, down & -down);
            up /= common;
            down /= common;
        }

        return new NetworkShape(channels, up, down, work);
    }

    /// <summary>Weights as the executors pack them: channels padded to 16 on both sides, on the output side for each sub-pixel of a shuffle.</summary>
    /// <param name="method">How 3x3 convolutions are computed: transformed weights are four times as many.</param>
    public long PackedWeights(ConvolutionMethod method)
    {
        long small = method == ConvolutionMethod.Winograd ? 36 : 9;
        static long Padded(int channels) => (channels + 15L) / 16 * 16;
        long weights = 0;
        for (int i = 0; i < Layers.Count; i++)
        {
            int subPixels = i + 2 < Layers.Count && Layers[i + 1] is PixelShuffle s ? s.Factor * s.Factor : 1;
            weights += Layers[i] switch
            {
                Convolution c => (c is { Kernel: 3, Stride: 1 } ? small : c.Kernel * c.Kernel) * Padded(c.Inputs) * Padded(c.Outputs / subPixels) * subPixels,
                TransposedConvolution t => Padded(t.Inputs) * Padded(t.Outputs * t.Kernel * t.Kernel),
                ResidualBlock r => 2 * small * Padded(r.Channels) * Padded(r.Channels),
                _ => 0,
            };
        }

        return weights;
    }

    private void Require(bool condition, int layer, string problem)
    {
        if (!condition)
        {
            throw new ModelFileException($"Layer {layer} of network \"{Name}\" {problem}.");
        }
    }
}
