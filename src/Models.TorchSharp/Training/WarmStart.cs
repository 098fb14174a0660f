using System.Globalization;
using TorchSharp;
using TorchSharp.Modules;
using VaeCodec.Models.Safetensors;
using VaeCodec.Models.TorchSharp.Networks;
using static TorchSharp.torch;

namespace VaeCodec.Models.TorchSharp.Training;

/// <summary>
/// Starts a run from trained weights whose widths or lambdas may differ. New latents start as further components of the
/// KLT that no other layer reads yet, so that the network keeps what it has learnt; a narrower context is the best approximation of the old one; the
/// tables of levels are read where the old lambdas equal the new ones.
/// </summary>
public static class WarmStart
{
    private const string LowestKey = "lowest_lambda", HighestKey = "highest_lambda";
    private const string Context = "context.spatial", Fuse = "context.fuse.0";

    /// <summary>The lambdas of weights that say nothing of them: those of the bootstrap weights.</summary>
    private static readonly TrainingOptions Unsaid = new() { LowestLambda = 0.0009, HighestLambda = 0.7 };

    /// <summary>Notes in a weights file for which lambdas its levels stand.</summary>
    /// <param name="file">The file.</param>
    /// <param name="options">How it was trained.</param>
    public static void Describe(SafetensorsFile file, TrainingOptions options)
    {
        file.Metadata[LowestKey] = options.LowestLambda.ToString(CultureInfo.InvariantCulture);
        file.Metadata[HighestKey] = options.HighestLambda.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>Fills a store that <see cref="ModelInitialiser"/> has made.</summary>
    /// <param name="weights">The store.</param>
    /// <param name="file">Trained weights.</param>
    /// <param name="options">How the new run will train.</param>
    /// <exception cref="ModelFileException">A tensor is missing, or has another number of dimensions.</exception>
    public static void Load(WeightStore weights, SafetensorsFile file, TrainingOptions options)
    {
        using IDisposable noGrad = no_grad();
        using DisposeScope scope = NewDisposeScope();
        Dictionary<string, torch.Tensor> old = [];
        foreach ((string name, Parameter value) in weights.Ordered)
        {
            if (!file.Tensors.TryGetValue(name, out Safetensors.Tensor? stored) || stored.Shape.Count != value.shape.Length)
            {
                throw new ModelFileException($"The weights have no tensor \"{name}\" of {value.shape.Length} dimensions.");
            }

            old[name] = TensorConversion.FromSafetensors(stored).to(value.device);
        }

        NarrowContext(old, weights[$"{Context}.weight"].shape[0]);
        foreach ((string name, Parameter value) in weights.Ordered)
        {
            bool isTable = value.shape.Length == 2;
            torch.Tensor source = isTable ? AtLambdas(old[name], (int)value.shape[0], Lambdas(file), options) : old[name];
            if (!isTable && !name.EndsWith(".linear.weight", StringComparison.Ordinal))
            {
                value.zero_();
            }

            if (Enumerable.Range(0, value.shape.Length).Any(i => source.shape[i] > value.shape[i]))
            {
                throw new ModelFileException($"The weights' tensor \"{name}\" of [{string.Join(", ", source.shape)}] does not fit into [{string.Join(", ", value.shape)}]: a run can only start from the same network or one with fewer latents.");
            }

            torch.Tensor target = value;
            for (int i = 0; i < value.shape.Length; i++)
            {
                long shared = Math.Min(source.shape[i], value.shape[i]);
                (source, target) = (source.narrow(i, 0, shared), target.narrow(i, 0, shared));
            }

            target.copy_(source);
        }
    }

    private static TrainingOptions Lambdas(SafetensorsFile file)
        => file.Metadata.TryGetValue(LowestKey, out string? lowest) && file.Metadata.TryGetValue(HighestKey, out string? highest)
            ? new TrainingOptions { LowestLambda = double.Parse(lowest, CultureInfo.InvariantCulture), HighestLambda = double.Parse(highest, CultureInfo.InvariantCulture) }
            : Unsaid;

    /// <summary>Rows of a table at the new levels' lambdas; beyond its ends the table goes on straight.</summary>
    private static torch.Tensor AtLambdas(torch.Tensor table, int levels, TrainingOptions before, TrainingOptions now)
    {
        int rows = (int)table.shape[0];
        double slope = Math.Log(before.HighestLambda / before.LowestLambda) / (rows - 1);
        return stack(Enumerable.Range(0, levels).Select(level =>
        {
            double place = Math.Log(now.Lambda(level, levels) / before.LowestLambda) / slope;
            int below = Math.Clamp((int)Math.Floor(place), 0, rows - 2);
            return table[below] + ((table[below + 1] - table[below]) * (place - below));
        }));
    }

    /// <summary>
    /// Replaces the spatial context by its best approximation with fewer channels. Nothing stands between the context's convolution and
    /// the 1x1 convolution that reads it, so the two are one matrix; its truncated singular value decomposition, with each
    /// latent weighted by its spread, gives both anew. (Dropping the weakest channels instead more than doubled the rate.)
    /// </summary>
    private static void NarrowContext(Dictionary<string, torch.Tensor> old, long channels)
    {
        torch.Tensor spatial = old[$"{Context}.weight"], fuse = old[$"{Fuse}.weight"];
        long before = spatial.shape[0], area = spatial.shape[2] * spatial.shape[3];
        if (before == channels)
        {
            return;
        }

        if (before < channels)
        {
            throw new ModelFileException($"The weights have {before} channels of spatial context and the new network {channels}: a run can only start from as many or more.");
        }

        torch.Tensor reader = fuse.narrow(1, 0, before).flatten(1);
        torch.Tensor spread = (old["hyper_scale.bias"][-1] - old["gain.log"][-1]).exp().repeat_interleave(area);
        torch.Tensor whole = reader.matmul(spatial.flatten(1)) * spread;
        (_, torch.Tensor vectors) = linalg.eigh(whole.matmul(whole.t()).to(ScalarType.Float64));
        torch.Tensor strongest = vectors.flip(1).narrow(1, 0, channels).to(ScalarType.Float32);
        old[$"{Fuse}.bias"] = old[$"{Fuse}.bias"] + reader.matmul(old[$"{Context}.bias"]);
        old[$"{Context}.bias"] = zeros(channels, device: spatial.device);
        old[$"{Context}.weight"] = (strongest.t().matmul(whole) / spread).reshape(channels, spatial.shape[1], spatial.shape[2], spatial.shape[3]);
        old[$"{Fuse}.weight"] = cat([strongest.unsqueeze(2).unsqueeze(3), fuse.narrow(1, before, fuse.shape[1] - before)], 1);
    }
}
