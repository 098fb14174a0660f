using TorchSharp;
using VaeCodec.Models.Description;
using VaeCodec.Models.TorchSharp.Networks;
using static TorchSharp.torch;

namespace VaeCodec.Models.TorchSharp.Training;

/// <summary>
/// Where training starts: the linear path is the Karhunen-Loeve transform of 16 x 16 x 3 patches of the training
/// pictures, the last layers of branches and predictors are zero, and the gains sit at the high-rate optimum step, so that the untrained
/// network already is a block-transform codec.
/// </summary>
public static class ModelInitialiser
{
    /// <summary>The weights that turn patches of pixels to latents: latents x 3 x 16 x 16.</summary>
    internal const string LinearAnalysis = "analysis.linear.weight";

    private const int Patch = ModelDescription.LatentStride;
    private const int Patches = 60_000;

    /// <summary>Makes initial weights.</summary>
    /// <param name="description">The networks.</param>
    /// <param name="pictures">Training pictures.</param>
    /// <param name="options">Lambdas and seed.</param>
    /// <param name="levels">Levels of the tables.</param>
    /// <param name="device">Where the weights live.</param>
    public static WeightStore Create(ModelDescription description, PictureSet pictures, TrainingOptions options, int levels, Device device)
    {
        using IDisposable noGrad = no_grad();
        manual_seed(options.Seed);
        WeightStore weights = new(device);
        foreach (NetworkDescription network in description.Networks)
        {
            AddNetwork(weights, network);
        }

        (Tensor basis, Tensor variance) = Klt(pictures, options.Seed, description.LatentChannels);
        weights[LinearAnalysis].copy_(basis.reshape(-1, 3, Patch, Patch), true);
        weights["synthesis.linear.weight"].copy_(basis.reshape(-1, 3, Patch, Patch), true);
        weights["synthesis.linear.bias"].zero_();
        foreach ((NetworkDescription network, int fromEnd) in new[] { (description.Analysis, 1), (description.Synthesis, 2), (description.HyperScale, 1), (description.HyperMean, 1), (description.ContextFuse, 1) })
        {
            // The branches add nothing yet, sigma is what the eigenvalues say, and all means are zero.
            weights[$"{network.LayerName(network.Layers.Count - fromEnd)}.weight"].zero_();
        }

        AddTables(weights, description, options, levels, variance);
        return weights;
    }

    /// <summary>Adds random weights of a network, and biases of zero.</summary>
    internal static void AddNetwork(WeightStore weights, NetworkDescription network)
    {
        foreach ((string name, int[] shape) in network.Tensors())
        {
            long[] size = [.. shape.Select(side => (long)side)];
            if (shape.Length == 1)
            {
                weights.Add(name, zeros(size));
                continue;
            }

            // He, Zhang, Ren, Sun, ICCV 2015, for a slope of 0.1; halved in residual blocks so that the sum does not grow.
            double fanIn = shape[1] * shape[2] * shape[3];
            double gain = name.EndsWith(".b.weight", StringComparison.Ordinal) ? 0.5 : 1;
            weights.Add(name, randn(size) * (gain * Math.Sqrt(2 / (1.01 * fanIn))));
        }
    }

    private static void AddTables(WeightStore weights, ModelDescription description, TrainingOptions options, int levels, Tensor variance)
    {
        // High-rate optimum: step^2 = 18 / (lambda 255^2 ln 2) for squared error per sample over patches of an orthonormal basis.
        double[] logGain = [.. Enumerable.Range(0, levels).Select(level => -0.5 * Math.Log(18 / (options.Lambda(level, levels) * 255 * 255 * Math.Log(2))))];
        Tensor gain = tensor(logGain, ScalarType.Float32).unsqueeze(1).expand(levels, description.LatentChannels).contiguous();
        weights.Add("gain.log", gain);
        weights.Add("gain.log_inverse", -gain);
        weights.Add("hyper_mean.gain", ones(levels, description.LatentChannels));
        weights.Add("hyper_scale.bias", (gain + (variance.unsqueeze(0).clamp(min: 1e-10).log() * 0.5)).clamp(Math.Log(TorchModel.MinSigma), 5));
        weights.Add("z_prior.mean", zeros(levels, description.HyperChannels));
        weights.Add("z_prior.log_scale", zeros(levels, description.HyperChannels));
    }

    /// <summary>The eigenvectors of the covariance of patches, largest variance first.</summary>
    private static (Tensor Basis, Tensor Variance) Klt(PictureSet pictures, int seed, int count)
    {
        const int size = 3 * Patch * Patch;
        Random random = new(seed);
        float[] patches = new float[Patches * size];
        for (int i = 0; i < Patches; i++)
        {
            DecodedPicture picture = pictures.Pictures[random.Next(pictures.Pictures.Count)];
            int left = random.Next(picture.Picture.Width - Patch + 1), top = random.Next(picture.Picture.Height - Patch + 1);
            CropSampler.Fill(picture, left, top, Patch, Patch, false, patches.AsSpan(i * size, size));
        }

        using DisposeScope scope = NewDisposeScope();
        Tensor samples = tensor(patches).reshape(Patches, size);

        // Not centred: the first latent carries the brightness, so the basis is that of the second moments.
        Tensor moments = samples.t().matmul(samples) / Patches;
        (Tensor values, Tensor vectors) = linalg.eigh(moments.to(ScalarType.Float64));
        Tensor basis = vectors.t().flip(0).narrow(0, 0, count).to(ScalarType.Float32).contiguous();
        return (basis.MoveToOuterDisposeScope(), values.flip(0).narrow(0, 0, count).to(ScalarType.Float32).MoveToOuterDisposeScope());
    }
}
