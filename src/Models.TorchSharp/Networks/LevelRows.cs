using TorchSharp;
using static TorchSharp.torch;

namespace VaeCodec.Models.TorchSharp.Networks;

/// <summary>Rows of the tables of levels at any place between two levels, one for each sample of a batch.</summary>
internal sealed class LevelRows
{
    private readonly Tensor _below;
    private readonly Tensor _above;
    private readonly Tensor _share;

    /// <summary>Prepares for levels.</summary>
    /// <param name="levels">One for each sample, 0 to count - 1, fractions allowed.</param>
    /// <param name="count">Number of levels.</param>
    /// <param name="device">Where the tables live.</param>
    public LevelRows(float[] levels, int count, Device device)
    {
        Tensor levelsThere = Upload.To(tensor(levels), device);
        Tensor below = levelsThere.floor().clamp(max: count - 2);
        _below = below.to(ScalarType.Int64);
        _above = _below + 1;
        _share = (levelsThere - below).unsqueeze(1);
    }

    /// <summary>The interpolated rows of a table, N x C x 1 x 1.</summary>
    public Tensor Of(Tensor table)
        => (table.index_select(0, _below) * (1 - _share) + table.index_select(0, _above) * _share).unsqueeze(2).unsqueeze(3);
}
