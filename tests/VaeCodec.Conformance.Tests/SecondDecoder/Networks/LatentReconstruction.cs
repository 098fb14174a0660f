using VaeCodec.Conformance.Tests.SecondDecoder.Coding;
using VaeCodec.Conformance.Tests.SecondDecoder.ModelFiles;

namespace VaeCodec.Conformance.Tests.SecondDecoder.Networks;

/// <summary>Section 8.2: from a tile's symbols to its y_hat, in two passes.</summary>
/// <param name="model">The model.</param>
/// <param name="quality">Quality of the header.</param>
internal sealed class LatentReconstruction(ModelFile model, int quality)
{
    private const float MostMean = 32768;

    public Grid<float> Reconstruct(TileSymbols symbols)
    {
        Grid<float> hyper = model.Network(NetworkNames.HyperMean).Apply(GridArithmetic.ToFloats(symbols.Z));
        Grid<float> latents = new(symbols.Q.Rows, symbols.Q.Columns, symbols.Q.Channels);
        ForEach(latents, parity: 0, (row, column, k) =>
        {
            float mean = Bound(hyper[row, column, k] * model.Tables.Mean(quality, k));
            latents[row, column, k] = symbols.Q[row, column, k] + mean;
        });

        Grid<float> context = Context(latents, hyper);
        ForEach(latents, parity: 1, (row, column, k) =>
        {
            float mean = hyper[row, column, k] * model.Tables.Mean(quality, k);
            float correction = context[row, column, k] * model.Tables.Forward(quality, k);
            latents[row, column, k] = symbols.Q[row, column, k] + Bound(mean + correction);
        });
        return latents;
    }

    /// <summary>d, from the even positions alone.</summary>
    private Grid<float> Context(Grid<float> latents, Grid<float> hyper)
    {
        Grid<float> even = new(latents.Rows, latents.Columns, latents.Channels);
        ForEach(even, parity: 0, (row, column, k) => even[row, column, k] = latents[row, column, k] / model.Tables.Forward(quality, k));
        Grid<float> spatial = model.Network(NetworkNames.ContextSpatial).Apply(even);
        return model.Network(NetworkNames.ContextFuse).Apply(GridArithmetic.Concatenate(spatial, hyper));
    }

    private static float Bound(float x) => x switch
    {
        >= -MostMean and <= MostMean => x,
        > MostMean => MostMean,
        _ => -MostMean,
    };

    /// <summary>All channels of the even (0) or the odd (1) positions.</summary>
    private static void ForEach(Grid<float> grid, int parity, Action<int, int, int> action)
    {
        for (int row = 0; row < grid.Rows; row++)
        {
            for (int column = (row + parity) % 2; column < grid.Columns; column += 2)
            {
                for (int k = 0; k < grid.Channels; k++)
                {
                    action(row, column, k);
                }
            }
        }
    }
}
