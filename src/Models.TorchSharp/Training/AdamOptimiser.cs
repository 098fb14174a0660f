using TorchSharp;
using VaeCodec.Models.Safetensors;
using VaeCodec.Models.TorchSharp.Networks;
using static TorchSharp.torch;

namespace VaeCodec.Models.TorchSharp.Training;

/// <summary>
/// Adam (Kingma, Ba, ICLR 2015), with the linear analysis in coordinates of its own (<see cref="PatchBasis"/>). TorchSharp has Adam, too, but does not offer its state as named tensors.
/// </summary>
internal sealed class AdamOptimiser : IOptimiser
{
    private const double Beta1 = 0.9, Beta2 = 0.999, Epsilon = 1e-8;
    private const string Count = "adam.steps";

    /// <summary>In a checkpoint where moments are in the basis of patches: one of before there was a basis must not be gone on from as if they were.</summary>
    private const string InBasis = "adam.in_patch_basis";

    private readonly Piece[] _pieces;
    private readonly PatchBasis? _basis;
    private readonly NamedTensors _state = new();

    /// <param name="pieces">What to change; usually all weights in one piece.</param>
    public AdamOptimiser(params IEnumerable<FlatWeights> pieces)
    {
        _state.Add(Count, zeros(1));
        _pieces = [.. pieces.Select(weights => new Piece(weights, _state.AddParts("adam.first/", weights), _state.AddParts("adam.second/", weights)))];
        if (_pieces.FirstOrDefault(piece => piece.HasPatches) is { } patches)
        {
            _basis = new PatchBasis(patches.Weights.Values.device);
            _state.Add(InBasis, ones(1));
        }
    }

    public void Step(double rate)
    {
        using IDisposable noGrad = no_grad();
        using DisposeScope scope = NewDisposeScope();
        double step = _state[Count].add_(1).ToSingle();
        double correction1 = 1 - Math.Pow(Beta1, step), correction2 = Math.Sqrt(1 - Math.Pow(Beta2, step));
        foreach (Piece piece in _pieces)
        {
            (FlatWeights weights, torch.Tensor first, torch.Tensor second) = piece;
            torch.Tensor gradient = weights.Gradients;
            if (piece.HasPatches)
            {
                _basis!.Into(piece.PatchesOf(gradient));
            }

            first.mul_(Beta1).add_(gradient, 1 - Beta1);
            second.mul_(Beta2).addcmul_(gradient, gradient, 1 - Beta2);
            torch.Tensor divisor = second.sqrt().div_(correction2).add_(Epsilon);
            if (piece.HasPatches)
            {
                PatchBasis.Bound(piece.PatchesOf(divisor));
            }

            torch.Tensor change = first.div(divisor);
            if (piece.HasPatches)
            {
                _basis!.Back(piece.PatchesOf(change));
            }

            weights.Values.add_(change, -rate / correction1);
            gradient.zero_();
        }
    }

    public void Save(SafetensorsFile file) => _state.Save(file);

    public void Load(SafetensorsFile file) => _state.Load(file);

    public void Dispose()
    {
        _state.Dispose();
        _basis?.Dispose();
    }

    /// <summary>Weights that are changed together, with their moments.</summary>
    private sealed record Piece(FlatWeights Weights, torch.Tensor First, torch.Tensor Second)
    {
        // Looked for once: each part that is passed over in a step would be two calls of the library.
        private readonly (string Name, long[] Shape, long Offset, long Count) _patches = Weights.Places().FirstOrDefault(place => PatchBasis.IsFor(place.Name, place.Shape));

        /// <summary>Whether the linear analysis is among them.</summary>
        public bool HasPatches => _patches.Name is not null;

        /// <summary>The linear analysis in a tensor of their layout.</summary>
        public torch.Tensor PatchesOf(torch.Tensor flat) => flat.narrow(0, _patches.Offset, _patches.Count).view(_patches.Shape);
    }
}
