using VaeCodec.Lossless;
using Xunit;

namespace VaeCodec.Tests.Lossless;

public class ReplacedRunsTests
{
    [Fact]
    public void AnErrorInAnAreaGetsDearerWithEachReplacedPixelThatLeadsUpToIt()
    {
        ReplacedRuns runs = new(4);
        Row(runs, [7, 7, 7, 7], []);
        Assert.Equal([1, 1, 1.25f, 1.5f], Row(runs, [7, 7, 7, 7], [1, 2, 3]));

        // The longest run counts, be it above or on the left; at the left edge none does.
        Assert.Equal([1, 1.25f, 1.5f, 1.75f], Row(runs, [7, 7, 7, 7], []));
        Assert.Equal([1, 1, 1, 1], Row(runs, [7, 7, 7, 7], []));
    }

    [Fact]
    public void WherePixelsDifferFromTheirNeighboursTheyCostWhatTheyDo()
    {
        ReplacedRuns runs = new(4);
        Row(runs, [7, 7, 7, 7], []);
        Row(runs, [7, 7, 7, 7], [1, 2, 3]);
        Assert.Equal([1, 1, 1, 1], Row(runs, [7, 8, 7, 8], [1, 2, 3]));

        // What is replaced there neither lengthens a run nor ends it.
        Assert.Equal([1, 1, 1, 1], Row(runs, [8, 7, 8, 7], [1, 2, 3]));
        Row(runs, [7, 7, 7, 7], [1, 2, 3]);
        Assert.Equal([1, 1.5f, 1.5f, 2], Row(runs, [7, 7, 7, 7], []));
    }

    /// <summary>Goes through a row.</summary>
    /// <param name="runs">What prices errors.</param>
    /// <param name="colours">The row's colours.</param>
    /// <param name="replaced">The columns that are replaced.</param>
    private static float[] Row(ReplacedRuns runs, ulong[] colours, int[] replaced)
    {
        float[] weights = new float[colours.Length];
        for (int x = 0; x < colours.Length; x++)
        {
            weights[x] = runs.Next(colours[x]);
            runs.Note(replaced.Contains(x));
        }

        return weights;
    }
}
