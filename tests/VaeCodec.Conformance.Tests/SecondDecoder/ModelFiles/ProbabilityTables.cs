using VaeCodec.Conformance.Tests.SecondDecoder.Coding;

namespace VaeCodec.Conformance.Tests.SecondDecoder.ModelFiles;

/// <summary>Chapter 6: the tables of scales and the priors of z.</summary>
internal sealed class ProbabilityTables
{
    private const int MostHalfWidth = 8191;
    private const int MostHyperLatent = 127;

    private readonly FrequencyTable[] _scales;
    private readonly FrequencyTable[] _priors;
    private readonly int _hyperChannels;

    public ProbabilityTables(ModelTensors tensors, int scales, int hyperChannels)
    {
        _hyperChannels = hyperChannels;
        int[] halfWidths = tensors.Integers("scale_table.half_width", null, 1, MostHalfWidth, scales);
        int[] scaleCounts = [.. halfWidths.Select(halfWidth => (2 * halfWidth) + 1)];
        int[] scaleFirsts = [.. halfWidths.Select(halfWidth => -halfWidth)];
        _scales = Tables(tensors, "scale_table.frequencies", scaleFirsts, scaleCounts);

        int[] firsts = tensors.Integers("z_prior.first", null, -MostHyperLatent, MostHyperLatent, QualityTables.Qualities, hyperChannels);
        int[] counts = tensors.Integers("z_prior.count", null, 1, (2 * MostHyperLatent) + 1, QualityTables.Qualities, hyperChannels);
        bool within = firsts.Zip(counts).All(prior => prior.First + prior.Second - 1 <= MostHyperLatent);
        DecodingException.Require(within, FailureKind.ModelInvalid, "A prior beyond 127.");
        _priors = Tables(tensors, "z_prior.frequencies", firsts, counts);
    }

    public FrequencyTable Scale(int index) => _scales[index];

    public FrequencyTable Prior(int quality, int channel) => _priors[((quality - 1) * _hyperChannels) + channel];

    /// <summary>Cuts frequencies, which follow each other table after table, into their tables.</summary>
    private static FrequencyTable[] Tables(ModelTensors tensors, string name, int[] firsts, int[] counts)
    {
        int[] frequencies = tensors.Integers(name, null, 1, FrequencyTable.Total, counts.Sum(count => count + 1));
        FrequencyTable[] tables = new FrequencyTable[counts.Length];
        int start = 0;
        for (int i = 0; i < tables.Length; i++)
        {
            int next = start + counts[i] + 1;
            tables[i] = new FrequencyTable(firsts[i], frequencies[start..next]);
            start = next;
        }

        return tables;
    }
}
