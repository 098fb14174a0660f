using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace VaeCodec.Lossless;

/// <summary>
/// Predicts decisions: eight contexts have each an adaptive probability for every decision of a residual, and two mixers, each chosen
/// by a context of its own, weigh them on the logistic scale. All integers; what is learnt is learnt alike by encoder and decoder.
/// </summary>
/// <remarks>Source: gated logistic mixing as in Mahoney's PAQ series and Knoll, de Freitas, "A machine learning perspective on predictive coding with PAQ8", 2012, section 3.</remarks>
internal sealed class BitModel : IDisposable
{
    /// <summary>Contexts that are mixed.</summary>
    public const int Contexts = 8;

    /// <summary>Decisions of a residual that a context tells apart.</summary>
    public const int ResidualNodes = 64;

    /// <summary>Adaptive probabilities: 22 bits, and in ten more how often they have been asked, up to <see cref="MostCount"/>.</summary>
    private const uint Fresh = 1u << 31;

    private const int MostCount = 255;
    /// <summary>Classes of how often the last context, the widest, has been met: never, once or twice, up to six times, more.</summary>
    private const int Confidences = 4;

    private const int FreshWeight = (1 << 14) * 2 / 7;
    private const int MostWeight = (1 << 16) - 1;
    private const int LearningRate = 6;

    /// <summary>65536 / (n + 3/2), rounded down: the share of its error that a probability learns from its n-th decision.</summary>
    private static readonly int[] s_rates = [.. Enumerable.Range(0, MostCount + 1).Select(count => 131072 / ((2 * count) + 3))];

    /// <summary>Of the shared pool: tens of megabytes, which small pictures would spend most of their time to get from the system.</summary>
    private readonly uint[] _probabilities;
    private readonly int _probabilityCount;
    private readonly int[] _offsets = new int[Contexts];
    private readonly int[] _weights;
    private readonly int _weightCount;
    private readonly int _secondWeights;
    private readonly int _nodes;
    private readonly int[] _chosen = new int[Contexts];
    private int _firstMixer;
    private int _secondMixer;

    /// <summary>Makes a model, which knows nothing sensible before <see cref="Reset"/>.</summary>
    /// <param name="contextSizes">How many values each context has.</param>
    /// <param name="firstMixers">How many values chooses the first mixer.</param>
    /// <param name="secondMixers">How many the second.</param>
    /// <param name="nodes">Decisions that a context tells apart.</param>
    public BitModel(ReadOnlySpan<int> contextSizes, int firstMixers, int secondMixers, int nodes)
    {
        _nodes = nodes;
        int total = 0;
        for (int i = 0; i < Contexts; i++)
        {
            _offsets[i] = total;
            total = checked(total + (contextSizes[i] * nodes));
        }

        _probabilityCount = total;
        _probabilities = ArrayPool<uint>.Shared.Rent(total);
        _secondWeights = firstMixers * nodes * Contexts;
        _weightCount = _secondWeights + (secondMixers * Confidences * nodes * Contexts);
        _weights = ArrayPool<int>.Shared.Rent(_weightCount);
    }

    /// <summary>Bytes that a model takes.</summary>
    public static long Bytes(ReadOnlySpan<int> contextSizes, int firstMixers, int secondMixers, int nodes)
    {
        long contexts = 0;
        foreach (int size in contextSizes)
        {
            contexts += size;
        }

        // The pool gives arrays of powers of two; what lies behind the part in use is never touched.
        static long Pooled(long count) => sizeof(uint) * (long)BitOperations.RoundUpToPowerOf2((ulong)count);
        return Pooled(nodes * contexts) + Pooled(nodes * (firstMixers + ((long)secondMixers * Confidences)) * Contexts);
    }

    /// <summary>Forgets everything.</summary>
    public void Reset()
    {
        _probabilities.AsSpan(0, _probabilityCount).Fill(Fresh);
        _weights.AsSpan(0, _weightCount).Fill(FreshWeight);
    }

    /// <summary>Gives the memory back; the model is of no use afterwards.</summary>
    public void Dispose()
    {
        ArrayPool<uint>.Shared.Return(_probabilities);
        ArrayPool<int>.Shared.Return(_weights);
    }

    /// <summary>Says what surrounds the next residual.</summary>
    /// <param name="contexts">A value for each context.</param>
    /// <param name="firstMixer">What chooses the first mixer.</param>
    /// <param name="secondMixer">What chooses the second, together with how often the last context has been met.</param>
    public void Choose(ReadOnlySpan<int> contexts, int firstMixer, int secondMixer)
    {
        for (int i = 0; i < Contexts; i++)
        {
            _chosen[i] = _offsets[i] + (contexts[i] * _nodes);
        }

        _firstMixer = firstMixer * _nodes * Contexts;
        int seen = (int)(_probabilities[_chosen[Contexts - 1]] & 1023);
        int confidence = Math.Min(BitOperations.Log2((uint)seen + 1), Confidences - 1);
        _secondMixer = _secondWeights + (((secondMixer * Confidences) + confidence) * _nodes * Contexts);
    }

    /// <summary>Codes a residual: zero or not, sign, the number of bits of its magnitude one by one, then these from the second on.</summary>
    /// <param name="coder">Codes the decisions.</param>
    /// <param name="residual">The residual; a decoder does not look at it.</param>
    /// <param name="noise">How many of its lowest bits are as likely 0 as 1, and are not modelled below the third from the top.</param>
    /// <returns>The residual.</returns>
    public int Code<TCoder>(ref TCoder coder, int residual, int noise)
        where TCoder : struct, IBitCoder
    {
        const int mostBits = 19, firstBit = 2, secondBit = firstBit + mostBits + 1, thirdBit = secondBit + mostBits + 1;
        if (Decide(ref coder, residual == 0 ? 1 : 0, 0) != 0)
        {
            return 0;
        }

        int negative = Decide(ref coder, residual < 0 ? 1 : 0, 1);
        int magnitude = Math.Abs(residual), bits = BitOperations.Log2((uint)magnitude | 1), length = 0;
        while (length < mostBits && Decide(ref coder, bits > length ? 1 : 0, firstBit + length) != 0)
        {
            length++;
        }

        int value = 1;
        for (int i = length - 1; i >= 0; i--)
        {
            if (i < noise && i < length - 2)
            {
                value = (value << 1) | coder.Code((magnitude >> i) & 1, 1 << 15);
                continue;
            }

            int node = i == length - 1 ? secondBit + length : i == length - 2 ? Math.Min(thirdBit + (2 * (length - 2)) + (value & 1), ResidualNodes - 1) : ResidualNodes - 1;
            value = (value << 1) | Decide(ref coder, (magnitude >> i) & 1, node);
        }

        return negative != 0 ? -value : value;
    }

    /// <summary>Codes a decision.</summary>
    /// <param name="coder">Codes it.</param>
    /// <param name="bit">The decision; a decoder does not look at it.</param>
    /// <param name="node">Which decision it is.</param>
    /// <returns>The decision.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Decide<TCoder>(ref TCoder coder, int bit, int node)
        where TCoder : struct, IBitCoder
    {
        ReadOnlySpan<int> chosen = _chosen;
        Span<uint> probabilities = _probabilities;
        Vector256<int> inputs = Inputs(chosen, probabilities, node);
        Span<int> first = _weights.AsSpan(_firstMixer + (node * Contexts), Contexts), second = _weights.AsSpan(_secondMixer + (node * Contexts), Contexts);
        int firstSum = Vector256.Sum(inputs * Vector256.Create((ReadOnlySpan<int>)first)), secondSum = Vector256.Sum(inputs * Vector256.Create((ReadOnlySpan<int>)second));
        bit = coder.Code(bit, Mix(firstSum, secondSum));

        Learn(first, inputs, (bit << 16) - Logistic.Squash(firstSum >> 14));
        Learn(second, inputs, (bit << 16) - Logistic.Squash(secondSum >> 14));
        int target = bit != 0 ? (1 << 22) - 1 : 0;
        for (int i = 0; i < chosen.Length; i++)
        {
            ref uint slot = ref probabilities[chosen[i] + node];
            int count = (int)(slot & 1023), probability = (int)(slot >> 10);
            probability += (int)(((long)(target - probability) * s_rates[count]) >> 16);
            slot = ((uint)probability << 10) | (uint)Math.Min(count + 1, MostCount);
        }

        return bit;
    }

    /// <summary>The probability, of 65536, that a decision would be 1; nothing is learnt.</summary>
    /// <param name="node">Which decision.</param>
    public int Probability(int node)
    {
        Vector256<int> inputs = Inputs(_chosen, _probabilities, node);
        ReadOnlySpan<int> first = _weights.AsSpan(_firstMixer + (node * Contexts), Contexts), second = _weights.AsSpan(_secondMixer + (node * Contexts), Contexts);
        return Mix(Vector256.Sum(inputs * Vector256.Create(first)), Vector256.Sum(inputs * Vector256.Create(second)));
    }

    private static int Mix(int firstSum, int secondSum) => Math.Clamp(Logistic.Squash((firstSum >> 15) + (secondSum >> 15)), 16, 65520);

    /// <summary>Built in registers: eight stores and one load of all of them would wait for each other.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Inputs(ReadOnlySpan<int> chosen, ReadOnlySpan<uint> probabilities, int node) => Vector256.Create(
        Stretched(probabilities, chosen[0] + node),
        Stretched(probabilities, chosen[1] + node),
        Stretched(probabilities, chosen[2] + node),
        Stretched(probabilities, chosen[3] + node),
        Stretched(probabilities, chosen[4] + node),
        Stretched(probabilities, chosen[5] + node),
        Stretched(probabilities, chosen[6] + node),
        Stretched(probabilities, chosen[7] + node));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Stretched(ReadOnlySpan<uint> probabilities, int slot) => Logistic.Stretch(probabilities[slot] >> 20);

    /// <summary>A step down the gradient of the coded length.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Learn(Span<int> weights, Vector256<int> inputs, int error)
    {
        Vector256<int> step = ((inputs * ((error >> 4) * LearningRate)) + Vector256.Create(1 << 15)) >> 16;
        Vector256<int> learnt = Vector256.Create((ReadOnlySpan<int>)weights) + step;
        Vector256.Min(Vector256.Max(learnt, Vector256.Create(-MostWeight)), Vector256.Create(MostWeight)).CopyTo(weights);
    }
}
