using VaeCodec.Models.Bundle;
using VaeCodec.Models.Cpu.Execution;
using VaeCodec.Models.Description;
using VaeCodec.Models.Safetensors;

namespace VaeCodec.Bundling;

/// <summary>
/// Post-training quantisation of the scale network: layer by layer, activations are given the range 0..255 that they
/// reach on the calibration samples, weights -127..127 and a shift for each output channel; then the bias takes up the
/// mean error that is left. (Jacob et al., "Quantization and Training of Neural Networks", CVPR 2018, with powers of two
/// in place of multipliers.)
/// </summary>
internal sealed class ScaleNetworkQuantiser
{
    private const int MaxWeight = 127;
    private const int MaxActivation = 255;

    private readonly IReadOnlyList<CalibrationSample> _samples;
    private readonly SafetensorsFile _weights;
    private readonly double[][] _exact;
    private readonly double[][] _quantised;
    private readonly ParallelOptions _parallel;

    private ScaleNetworkQuantiser(SafetensorsFile weights, IReadOnlyList<CalibrationSample> samples, CancellationToken cancellationToken)
    {
        _parallel = new ParallelOptions { CancellationToken = cancellationToken };
        _weights = weights;
        _samples = samples;
        _exact = [.. samples.Select(sample => Array.ConvertAll(sample.HyperLatents, z => (double)z))];
        _quantised = [.. _exact];
    }

    /// <summary>Quantises the network.</summary>
    /// <param name="description">The model's networks.</param>
    /// <param name="weights">The float weights.</param>
    /// <param name="samples">What the network sees.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <returns>The convolutions; and for each sample the output in nats, exact and as the integer network gives it.</returns>
    public static (List<IntegerConvolution> Network, double[][] Exact, double[][] Quantised) Quantise(
        ModelDescription description, SafetensorsFile weights, IReadOnlyList<CalibrationSample> samples, CancellationToken cancellationToken)
    {
        ScaleNetworkQuantiser quantiser = new(weights, samples, cancellationToken);
        NetworkDescription network = description.HyperScale;
        List<(int Shuffle, bool Rectified)> structure = IntegerNetwork.Structure(network);
        List<IntegerConvolution> result = [];
        double[] inputScale = [.. Enumerable.Repeat(1.0, description.HyperChannels)];
        int grown = 1;
        for (int i = 0; i < network.Layers.Count; i++)
        {
            if (network.Layers[i] is Convolution c)
            {
                (int shuffle, bool rectified) = structure[result.Count];
                (IntegerConvolution convolution, inputScale) = quantiser.QuantiseLayer(c, network.LayerName(i), shuffle, rectified, inputScale, grown);
                result.Add(convolution);
                grown *= shuffle;
            }
        }

        return (result, quantiser._exact, [.. quantiser._quantised.Select(output => Array.ConvertAll(output, value => value / ProbabilityTables.StepsPerNat))]);
    }

    private (IntegerConvolution Convolution, double[] OutputScale) QuantiseLayer(Convolution c, string name, int shuffle, bool rectified, double[] inputScale, int grown)
    {
        int area = c.Kernel * c.Kernel;
        float[] weights = FloatWeights.Read(_weights, $"{name}.weight", [c.Outputs, c.Inputs, c.Kernel, c.Kernel]);
        float[] bias = FloatWeights.Read(_weights, $"{name}.bias", [c.Outputs]);
        double Weight(int output, int input, int tap) => weights[(((output * c.Inputs) + input) * area) + tap];

        double[][] exact = RunAll(_exact, new ReferenceConvolution(c.Inputs, c.Outputs, c.Kernel, Weight, Array.ConvertAll(bias, b => (double)b)), grown);
        int subPixels = shuffle * shuffle;
        double[] channelScale = new double[c.Outputs / subPixels];
        Array.Fill(channelScale, 1 / ProbabilityTables.StepsPerNat);
        if (rectified)
        {
            SetRanges(exact, c.Outputs, subPixels, channelScale);
        }

        // Weight in integers = real weight * input scale * weightScale; the sum shifted right then counts in channelScale.
        sbyte[] integers = new sbyte[weights.Length];
        byte[] shifts = new byte[c.Outputs];
        double[] weightScale = new double[c.Outputs];
        for (int output = 0; output < c.Outputs; output++)
        {
            double largest = 0;
            for (int i = 0; i < c.Inputs * area; i++)
            {
                largest = Math.Max(largest, Math.Abs(Weight(output, i / area, i % area) * inputScale[i / area]));
            }

            double scale = channelScale[output / subPixels];
            int shift = (int)Math.Clamp(Math.Floor(Math.Log2(MaxWeight * scale / Math.Max(largest, 1e-12))), 0, IntegerConvolution.MaxShift);
            shifts[output] = (byte)shift;
            weightScale[output] = Math.Pow(2, shift) / scale;
            for (int i = 0; i < c.Inputs * area; i++)
            {
                double weight = Weight(output, i / area, i % area) * inputScale[i / area] * weightScale[output];
                integers[(output * c.Inputs * area) + i] = (sbyte)Math.Clamp(Math.Round(weight), -MaxWeight, MaxWeight);
            }
        }

        double Integer(int output, int input, int tap) => integers[(((output * c.Inputs) + input) * area) + tap];
        double[][] sums = RunAll(_quantised, new ReferenceConvolution(c.Inputs, c.Outputs, c.Kernel, Integer, new double[c.Outputs]), grown);
        int[] integerBias = CorrectBias(exact, sums, bias, weightScale, rectified);
        IntegerConvolution convolution = new(c.Inputs, c.Outputs, c.Kernel, integers, integerBias, shifts);
        Parallel.For(0, _samples.Count, _parallel, i =>
        {
            Requantise(sums[i], convolution, rectified);
            CalibrationSample sample = _samples[i];
            _exact[i] = Shuffle(rectified ? Array.ConvertAll(exact[i], value => Math.Max(value, 0)) : exact[i], sample.HyperWidth * grown, c.Outputs, shuffle);
            _quantised[i] = Shuffle(sums[i], sample.HyperWidth * grown, c.Outputs, shuffle);
        });
        return (convolution, channelScale);
    }

    private double[][] RunAll(double[][] grids, ReferenceConvolution convolution, int grown)
    {
        double[][] results = new double[grids.Length][];
        Parallel.For(0, grids.Length, _parallel, i => results[i] = convolution.Run(grids[i], _samples[i].HyperWidth * grown, _samples[i].HyperHeight * grown));
        return results;
    }

    /// <summary>The real value of one integer step of each channel, so that its largest activation comes to 255. The sub-pixels of a shuffle share a channel.</summary>
    private static void SetRanges(double[][] exact, int outputs, int subPixels, double[] channelScale)
    {
        double[] largest = new double[channelScale.Length];
        foreach (double[] grid in exact)
        {
            for (int i = 0; i < grid.Length; i++)
            {
                int channel = i % outputs / subPixels;
                largest[channel] = Math.Max(largest[channel], grid[i]);
            }
        }

        for (int channel = 0; channel < channelScale.Length; channel++)
        {
            channelScale[channel] = Math.Max(largest[channel], 1e-3) / MaxActivation;
        }
    }

    /// <summary>The float bias plus the mean error of the quantised sums, over the positions where the channel is active.</summary>
    private static int[] CorrectBias(double[][] exact, double[][] sums, float[] bias, double[] weightScale, bool rectified)
    {
        double[] error = new double[bias.Length];
        long[] count = new long[bias.Length];
        for (int s = 0; s < exact.Length; s++)
        {
            for (int i = 0; i < exact[s].Length; i++)
            {
                int output = i % bias.Length;
                double approximate = (sums[s][i] / weightScale[output]) + bias[output];
                if (!rectified || exact[s][i] > 0 || approximate > 0)
                {
                    error[output] += exact[s][i] - approximate;
                    count[output]++;
                }
            }
        }

        int[] result = new int[bias.Length];
        for (int output = 0; output < result.Length; output++)
        {
            double corrected = bias[output] + (count[output] == 0 ? 0 : error[output] / count[output]);
            result[output] = (int)Math.Clamp(Math.Round(corrected * weightScale[output]), -(1 << 29), 1 << 29);
        }

        return result;
    }

    private static void Requantise(double[] sums, IntegerConvolution convolution, bool rectified)
    {
        (int minimum, int maximum) = rectified ? (0, MaxActivation) : (short.MinValue, short.MaxValue);
        for (int i = 0; i < sums.Length; i++)
        {
            int output = i % convolution.Outputs;
            int shift = convolution.Shift[output];
            int half = shift == 0 ? 0 : 1 << (shift - 1);
            sums[i] = Math.Clamp(((int)sums[i] + convolution.Bias[output] + half) >> shift, minimum, maximum);
        }
    }

    private static double[] Shuffle(double[] grid, int width, int channels, int factor)
    {
        if (factor == 1)
        {
            return grid;
        }

        int outputs = channels / (factor * factor);
        double[] result = new double[grid.Length];
        for (int i = 0; i < grid.Length; i++)
        {
            int channel = i % channels, position = i / channels;
            int sub = channel % (factor * factor);
            int row = (position / width * factor) + (sub / factor), column = (position % width * factor) + (sub % factor);
            result[(((row * width * factor) + column) * outputs) + (channel / (factor * factor))] = grid[i];
        }

        return result;
    }
}
