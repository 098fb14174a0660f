namespace VaeCodec.Models.TorchSharp.Training;

/// <summary>Pictures by turns: each once, in an order drawn anew for each round. Drawn independently a third of them would not be seen in a round, and others thrice.</summary>
/// <param name="pictures">Numbers of the pictures.</param>
/// <param name="seed">Seed of all orders.</param>
internal sealed class PictureOrder(IReadOnlyList<int> pictures, int seed)
{
    private int[] _round = [];
    private long _number = -1;

    /// <summary>The picture of a sample.</summary>
    /// <param name="sample">How many samples of these pictures a run has seen before.</param>
    public int this[long sample]
    {
        get
        {
            (long number, long place) = Math.DivRem(sample, pictures.Count);
            if (number != _number)
            {
                // From the number alone, so that a resumed run goes on in the same order.
                _round = [.. pictures];
                new Random((int)SplitMix.Of(((ulong)(uint)seed << 32) ^ (ulong)~number)).Shuffle(_round);
                _number = number;
            }

            return _round[place];
        }
    }
}
