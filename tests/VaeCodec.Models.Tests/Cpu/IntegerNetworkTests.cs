using VaeCodec.Models.Bundle;
using VaeCodec.Models.Cpu;
using VaeCodec.Models.Cpu.Execution;
using VaeCodec.Models.Description;
using VaeCodec.Models.Tests.Support;

namespace VaeCodec.Models.Tests.Cpu;

public class IntegerNetworkTests
{
    [Fact]
    public void RandomNetworks_EqualLongArithmetic_OnEveryPath()
    {
        for (int seed = 0; seed < 80; seed++)
        {
            Random random = new(seed);
            int inputs = random.Next(1, 20);
            NetworkDescription description = Chain(random, inputs);
            List<IntegerConvolution> convolutions = [];
            foreach (Convolution c in description.Layers.OfType<Convolution>())
            {
                convolutions.Add(RandomConvolution(random, c, convolutions.Count == 0 ? 127 : 255, seed % 4));
            }

            int width = random.Next(1, 12), height = random.Next(1, 7);
            sbyte[] z = [.. Enumerable.Range(0, width * height * inputs).Select(_ => (sbyte)(seed % 3 == 0 ? (random.Next(2) == 0 ? -127 : 127) : random.Next(-127, 128)))];
            Check(description, convolutions, z, width, height);
        }
    }

    [Theory]
    [InlineData(127, 127)]
    [InlineData(-127, 127)]
    [InlineData(127, -127)]
    [InlineData(-127, -127)]
    public void ExtremeWeightsAndActivations_NeitherWrapNorSaturateInside(int firstWeight, int secondWeight)
    {
        // 96 channels by 3x3: the largest reduction of the standard model, every product at its extreme.
        NetworkDescription description = new("extreme", [Convolution.Same(96, 96, 3), new LeakyRelu(0), Convolution.Same(96, 5, 3)]);
        foreach (byte shift in (byte[])[0, 1, 7, 15, 24])
        {
            IntegerConvolution first = new(96, 96, 3, [.. Enumerable.Repeat((sbyte)firstWeight, 96 * 96 * 9)], new int[96], new byte[96]);
            IntegerConvolution second = new(96, 5, 3, [.. Enumerable.Repeat((sbyte)secondWeight, 96 * 5 * 9)], new int[5], [.. Enumerable.Repeat(shift, 5)]);
            foreach (sbyte z in (sbyte[])[127, -127])
            {
                Check(description, [first, second], [.. Enumerable.Repeat(z, 5 * 4 * 96)], 5, 4);
            }
        }
    }

    [Theory]
    [InlineData(3, 1, 2)]
    [InlineData(-3, 1, -1)]
    [InlineData(5, 1, 3)]
    [InlineData(-5, 2, -1)]
    [InlineData(-6, 2, -1)]
    [InlineData(6, 2, 2)]
    [InlineData(7, 0, 7)]
    [InlineData(100000, 0, 32767)]
    [InlineData(-100000, 0, -32768)]
    public void Shift_RoundsHalfUp_AndSaturates(int bias, byte shift, short expected)
    {
        NetworkDescription description = new("round", [Convolution.Same(1, 1, 1)]);
        foreach (CpuPath path in SupportedPaths.All)
        {
            using IntegerNetwork network = new(description, [new IntegerConvolution(1, 1, 1, [0], [bias], [shift])], path);
            using IntegerNetworkExecutor executor = new(network);
            short[] output = new short[1];
            executor.Run([1], 1, 1, output);
            Assert.Equal(expected, output[0]);
        }
    }

    /// <summary>Grids take turns in two buffers, which keep the size of the largest that they have held: here large grids follow small ones in both.</summary>
    [Fact]
    public void MemoryIsWhatTheFormulaSays()
    {
        NetworkDescription description = new("turns", [Convolution.Same(8, 400, 1), new LeakyRelu(0), Convolution.Same(400, 8, 1), new LeakyRelu(0), Convolution.Same(8, 8, 1), new LeakyRelu(0), Convolution.Same(8, 300, 1), new LeakyRelu(0), Convolution.Same(300, 8, 1)]);
        IntegerConvolution[] convolutions = [.. description.Layers.OfType<Convolution>().Select(c => new IntegerConvolution(c.Inputs, c.Outputs, 1, new sbyte[c.Inputs * c.Outputs], new int[c.Outputs], new byte[c.Outputs]))];
        foreach (CpuPath path in SupportedPaths.All)
        {
            using IntegerNetwork network = new(description, convolutions, path);
            using IntegerNetworkExecutor executor = new(network);
            executor.Run(new sbyte[8 * 20 * 10], 20, 10, new short[8 * 20 * 10]);
            Assert.InRange(IntegerNetworkExecutor.Bytes(network, 20, 10) - executor.GridBytes, -8, 1000);
        }
    }

    [Fact]
    public void BiasAtTheBound_IsAccepted_OneMoreIsRefused()
    {
        sbyte[] weights = [127, -127];
        foreach (byte shift in (byte[])[0, 10, 24])
        {
            int bound = int.MaxValue - (1 << shift) - (2 * 127 * 255);
            new IntegerConvolution(2, 1, 1, weights, [bound], [shift]).Validate(255);
            new IntegerConvolution(2, 1, 1, weights, [-bound], [shift]).Validate(255);
            Assert.Throws<ModelFileException>(() => new IntegerConvolution(2, 1, 1, weights, [bound + 1], [shift]).Validate(255));
            Assert.Throws<ModelFileException>(() => new IntegerConvolution(2, 1, 1, weights, [-bound - 1], [shift]).Validate(255));
        }

        Assert.Throws<ModelFileException>(() => new IntegerConvolution(2, 1, 1, weights, [int.MinValue], [0]).Validate(255));
        Assert.Throws<ModelFileException>(() => new IntegerConvolution(2, 1, 1, weights, [0], [25]).Validate(255));
    }

    [Fact]
    public void Structure_RefusesWhatIsNotConvolutionShuffleRelu()
    {
        Convolution c = Convolution.Same(4, 4, 3);
        Layer[][] bad =
        [
            [c, c],
            [c, new LeakyRelu(0)],
            [new LeakyRelu(0), c],
            [c, new LeakyRelu(0), new PixelShuffle(2), c],
            [c, new LeakyRelu(0.1f), c],
            [c, new LeakyRelu(0), Convolution.Same(4, 4, 3, 2)],
            [c, new LeakyRelu(0), c with { HasBias = false }],
        ];
        foreach (Layer[] layers in bad)
        {
            Assert.Throws<ModelFileException>(() => IntegerNetwork.Structure(new NetworkDescription("bad", layers)));
        }

        Assert.Equal([(2, true), (1, false)], IntegerNetwork.Structure(new NetworkDescription("good", [c, new PixelShuffle(2), new LeakyRelu(0), c])));
    }

    private static NetworkDescription Chain(Random random, int inputs)
    {
        List<Layer> layers = [];
        int channels = inputs;
        for (int count = random.Next(3); count > 0; count--)
        {
            bool shuffled = random.Next(2) == 0;
            int outputs = random.Next(1, 24);
            layers.Add(Convolution.Same(channels, shuffled ? outputs * 4 : outputs, random.Next(2) == 0 ? 1 : 3));
            if (shuffled)
            {
                layers.Add(new PixelShuffle(2));
            }

            layers.Add(new LeakyRelu(0));
            channels = outputs;
        }

        layers.Add(Convolution.Same(channels, random.Next(1, 40), random.Next(2) == 0 ? 5 : 3));
        return new NetworkDescription("scale", layers);
    }

    private static IntegerConvolution RandomConvolution(Random random, Convolution c, int maxInput, int kind)
    {
        int size = c.Inputs * c.Kernel * c.Kernel;
        sbyte[] weights = [.. Enumerable.Range(0, c.Outputs * size).Select(_ => (sbyte)(kind == 0 ? (random.Next(2) == 0 ? -127 : 127) : random.Next(-127, 128)))];
        int[] bias = new int[c.Outputs];
        byte[] shift = new byte[c.Outputs];
        for (int output = 0; output < c.Outputs; output++)
        {
            shift[output] = (byte)(kind == 1 ? random.Next(25) : random.Next(4, 12));
            long room = int.MaxValue - (1L << shift[output]) - weights.AsSpan(output * size, size).ToArray().Sum(weight => Math.Abs((long)weight) * maxInput);
            bias[output] = kind == 2 ? (int)(random.Next(2) == 0 ? room : -room) : random.Next(-20000, 20000);
        }

        IntegerConvolution result = new(c.Inputs, c.Outputs, c.Kernel, weights, bias, shift);
        result.Validate(maxInput);
        return result;
    }

    private static void Check(NetworkDescription description, IReadOnlyList<IntegerConvolution> convolutions, sbyte[] z, int width, int height)
    {
        List<(int Shuffle, bool Rectified)> structure = IntegerNetwork.Structure(description);
        long[] expected = NaiveIntegerNetwork.Run(convolutions, structure, Array.ConvertAll(z, value => (long)value), width, height);
        foreach (CpuPath path in SupportedPaths.All)
        {
            using IntegerNetwork network = new(description, convolutions, path);
            using IntegerNetworkExecutor executor = new(network);
            short[] output = new short[expected.Length];
            for (int repeat = 0; repeat < 2; repeat++)
            {
                Array.Clear(output);
                executor.Run(z, width, height, output);
                for (int i = 0; i < output.Length; i++)
                {
                    Assert.True(expected[i] == output[i], $"{path}: element {i} is {output[i]} instead of {expected[i]}.");
                }
            }
        }
    }
}
