using TorchSharp;

namespace VaeCodec.Models.TorchSharp.Networks;

/// <summary>
/// Weights and their gradients, each in one piece of memory, whose parts are the parameters themselves: what an optimiser does to all of them alike is a handful of
/// operations instead of ten for each of some hundred parameters, which is what counts on a GPU, where such an operation takes less time than its launch.
/// </summary>
/// <param name="Parts">Names and shapes of the parameters, in the order in memory.</param>
/// <param name="Values">Their values, one dimension.</param>
/// <param name="Gradients">Their gradients, one dimension; the backward pass adds to them.</param>
internal sealed record FlatWeights(IReadOnlyList<(string Name, long[] Shape)> Parts, torch.Tensor Values, torch.Tensor Gradients)
{
    /// <summary>Where each part lies.</summary>
    public IEnumerable<(string Name, long[] Shape, long Offset, long Count)> Places()
    {
        long offset = 0;
        foreach ((string name, long[] shape) in Parts)
        {
            long count = shape.Aggregate(1L, (product, size) => product * size);
            yield return (name, shape, offset, count);
            offset += count;
        }
    }

    /// <summary>Each part of a tensor of the same layout, as a view of its shape.</summary>
    public IEnumerable<(string Name, torch.Tensor View)> Split(torch.Tensor flat) => Places().Select(place => (place.Name, flat.narrow(0, place.Offset, place.Count).view(place.Shape)));
}
