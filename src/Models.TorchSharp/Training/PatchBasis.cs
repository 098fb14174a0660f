using TorchSharp;
using VaeCodec.Models.Description;
using VaeCodec.Models.TorchSharp.Networks;
using static TorchSharp.torch;

namespace VaeCodec.Models.TorchSharp.Training;

/// <summary>
/// Brightness and two differences of colour, each in cosines (the two-dimensional DCT-II): the basis in which Adam changes the linear analysis.
/// </summary>
/// <remarks>
/// Adam scales each coordinate by the gradients it has seen. Those of a patch's pixels are nearly one and the same, that of the patch's mean, which holds nearly all energy: in pixels high
/// frequencies change as slowly as their gradients are small beside it. In this basis, which is close to the eigenvectors of patches, each frequency has a scale of its own (the idea of SOAP, Vyas et al., ICLR 2025,
/// with a basis that is known beforehand). docs/experiments.md has what it brings.
/// </remarks>
internal sealed class PatchBasis : IDisposable
{
    private const int Side = ModelDescription.LatentStride;
    private const int Size = 3 * Side * Side;

    /// <summary>The scale of no coordinate is below this share of their root mean square, lest those with next to no gradient follow its noise.</summary>
    private const double LeastShare = 0.2;

    /// <summary>Orthonormal, one function a row.</summary>
    private readonly torch.Tensor _functions;

    public PatchBasis(Device device)
    {
        double[,] cosines = Cosines();
        double[,] colours =
        {
            { 1 / Math.Sqrt(3), 1 / Math.Sqrt(3), 1 / Math.Sqrt(3) },
            { 1 / Math.Sqrt(2), 0, -1 / Math.Sqrt(2) },
            { 1 / Math.Sqrt(6), -2 / Math.Sqrt(6), 1 / Math.Sqrt(6) },
        };
        using DisposeScope scope = NewDisposeScope();
        torch.Tensor alongOneSide = tensor(cosines, ScalarType.Float64);
        _functions = tensor(colours, ScalarType.Float64).kron(alongOneSide.kron(alongOneSide)).to(ScalarType.Float32, device).DetachFromDisposeScope();
    }

    /// <summary>Whether a weight is the one that this basis is for.</summary>
    public static bool IsFor(string name, long[] shape) => name == ModelInitialiser.LinearAnalysis && shape is [_, 3, Side, Side];

    /// <summary>Turns rows of pixels, n x 3 x 16 x 16, to coordinates in place.</summary>
    public void Into(torch.Tensor rows) => Turn(rows, _functions.t());

    /// <summary>Turns rows of coordinates to pixels in place.</summary>
    public void Back(torch.Tensor rows) => Turn(rows, _functions);

    /// <summary>Bounds the scales of coordinates below, in place.</summary>
    public static void Bound(torch.Tensor scales)
    {
        torch.Tensor least = scales.square().mean().sqrt() * LeastShare;
        scales.copy_(scales.maximum(least));
    }

    public void Dispose() => _functions.Dispose();

    private static void Turn(torch.Tensor rows, torch.Tensor by) => rows.copy_(rows.reshape(-1, Size).matmul(by).reshape(rows.shape));

    private static double[,] Cosines()
    {
        double[,] cosines = new double[Side, Side];
        for (int k = 0; k < Side; k++)
        {
            for (int i = 0; i < Side; i++)
            {
                cosines[k, i] = Math.Sqrt((k == 0 ? 1.0 : 2.0) / Side) * Math.Cos(Math.PI * k * (i + 0.5) / Side);
            }
        }

        return cosines;
    }
}
