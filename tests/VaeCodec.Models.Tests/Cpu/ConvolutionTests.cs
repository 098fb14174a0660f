using VaeCodec.Models.Cpu;
using VaeCodec.Models.Cpu.Execution;
using VaeCodec.Models.Cpu.Kernels;
using VaeCodec.Models.Description;
using VaeCodec.Models.Tests.Support;

namespace VaeCodec.Models.Tests.Cpu;

public sealed class ConvolutionTests : IDisposable
{
    private readonly WorkerTeam[] _teams = [new(1), new(2), new(3)];

    public void Dispose()
    {
        foreach (WorkerTeam team in _teams)
        {
            team.Dispose();
        }
    }

    [Fact]
    public void RandomNetworks_EqualTheNaiveLoop_OnEveryPathBatchCountAndThreadCount()
    {
        for (int seed = 0; seed < 120; seed++)
        {
            Random random = new(seed);
            int inputs = random.Next(1, 36);
            NetworkDescription description = RandomNetwork.Chain(random, inputs, out int multiple);
            int columns = random.Next(6) == 0 ? random.Next(21, 50) : random.Next(1, 21);
            int rows = random.Next(1, multiple > 4 ? 4 : 9);
            FloatGrid input = FloatGrid.Random(random, columns * multiple, rows * multiple, inputs);
            Check(description, input, random, rows);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(5)]
    public void EveryWidthFrom1To20_EqualsTheNaiveLoop(int kernel)
    {
        for (int width = 1; width <= 20; width++)
        {
            Random random = new(width);
            int inputs = random.Next(1, 20);
            NetworkDescription description = new("single", [Convolution.Same(inputs, width % 2 == 0 ? 65 : 17, kernel)]);
            Check(description, FloatGrid.Random(random, width, 4, inputs), random, 4);
        }
    }

    [Fact]
    public void EveryChannelCountFrom1To70_EqualsTheNaiveLoop()
    {
        for (int outputs = 1; outputs <= 70; outputs++)
        {
            Random random = new(outputs);
            NetworkDescription description = new("single", [Convolution.Same(3, outputs, 3), new LeakyRelu(0.1f)]);
            Check(description, FloatGrid.Random(random, 7, 3, 3), random, 3);
        }
    }

    [Fact]
    public void LeadingUnshuffleAndTrailingShuffle_AreLeftToTheCaller_AndEqualTheNaiveLoop()
    {
        Random random = new(7);
        NetworkDescription description = new("transform", [new PixelUnshuffle(2), Convolution.Same(12, 20, 3), new ResidualBlock(20, 0.1f), Convolution.Same(20, 48, 3), new PixelShuffle(4)]);
        Check(description, FloatGrid.Random(random, 14, 12, 3), random, 6);
    }

    [Fact]
    public void RandomNetworks_TileByTile_EqualTheNaiveLoop_OnEveryPathBatchCountAndThreadCount()
    {
        for (int seed = 0; seed < 120; seed++)
        {
            Random random = new(seed);
            int inputs = random.Next(1, 36);
            NetworkDescription description = RandomNetwork.Chain(random, inputs, out int multiple);
            int side = multiple * (1 << random.Next(0, 3));
            int columns = random.Next(6) == 0 ? random.Next(6, 13) : random.Next(1, 6);
            int rows = random.Next(1, multiple > 4 ? 3 : 5);
            FloatGrid input = FloatGrid.Random(random, columns * side, rows * side, inputs);
            Check(description, input, random, rows, side);
        }
    }

    [Theory]
    [InlineData(4, 4)]
    [InlineData(8, 4)]
    [InlineData(20, 12)]
    [InlineData(28, 8)]
    [InlineData(332, 8)]
    public void TileByTile_EveryNumberOfTiles_EqualsTheNaiveLoop(int width, int height)
    {
        // 332 x 8 are 166 tiles of 64 channels, more than are transformed at a time.
        Random random = new(width);
        int inputs = width > 100 ? 64 : 19;
        NetworkDescription description = new("tiles", [Convolution.Same(inputs, width > 100 ? 17 : 70, 3), new LeakyRelu(0.1f)]);
        Check(description, FloatGrid.Random(random, width, height, inputs), random, height / 4, 4);
    }

    [Fact]
    public void TileByTile_TransformAsAWhole_EqualsTheNaiveLoop()
    {
        Random random = new(11);
        NetworkDescription description = new("transform",
        [
            new PixelUnshuffle(2), Convolution.Same(12, 20, 3), new ResidualBlock(20, 0.1f), Convolution.Same(20, 80, 3), new PixelShuffle(2), new ResidualBlock(20, 0.1f),
            Convolution.Same(20, 48, 3), new PixelShuffle(4),
        ]);
        Check(description, FloatGrid.Random(random, 24, 32, 3), random, 4, 4);
    }

    [Fact]
    public void TileByTile_IsTheSameConvolutionUpToRounding()
    {
        using WorkerTeam team = new(1);
        Random random = new(12);
        NetworkDescription description = new("both", [Convolution.Same(48, 32, 3)]);
        RandomNetwork network = new(description, random);
        FloatGrid input = new(32, 16, 48);
        for (int i = 0; i < input.Values.Length; i++)
        {
            input.Values[i] = random.NextSingle() - 0.5f;
        }

        FloatGrid direct = NetworkRun.Execute(network, input, CpuPaths.Widest, 1, team, random);
        FloatGrid tiled = NetworkRun.Execute(network, input, CpuPaths.Widest, 1, team, random, 4);
        double error = direct.Values.Zip(tiled.Values, (a, b) => Math.Abs((double)a - b)).Max();
        Assert.InRange(error, 1e-9, 4e-6 * direct.Values.Max(Math.Abs));
    }

    [Fact]
    public void EveryBatchCount_GivesTheSameBits()
    {
        using WorkerTeam team = new(2);
        Random random = new(8);
        NetworkDescription description = new("deep",
        [
            Convolution.Same(5, 18, 5), new LeakyRelu(0.1f), new ResidualBlock(18, 0.1f), Convolution.Same(18, 32, 3, 2), new PixelShuffle(2), new ResidualBlock(8, 0.2f), Convolution.Same(8, 3, 1),
        ]);
        RandomNetwork network = new(description, random);
        FloatGrid input = FloatGrid.Random(random, 10, 24, 5);
        FloatGrid reference = NetworkRun.Execute(network, input, CpuPath.Scalar, 1, team, random);
        for (int batches = 1; batches <= 24; batches++)
        {
            FloatGrid result = NetworkRun.Execute(network, input, CpuPaths.Widest, batches, team, random);
            FloatAssert.SameBits(reference.Values, result.Values, $"{batches} batches");
        }
    }

    [Fact]
    public void PaddingChannels_StayZero()
    {
        using WorkerTeam team = new(1);
        Random random = new(9);
        RandomNetwork network = new(new NetworkDescription("pad", [Convolution.Same(3, 5, 3), new ResidualBlock(5, 0.1f)]), random);
        FloatGrid result = NetworkRun.Execute(network, FloatGrid.Random(random, 9, 5, 3), CpuPaths.Widest, 2, team, random);
        for (int i = 0; i < result.Values.Length; i++)
        {
            if (i % result.Channels >= 5)
            {
                Assert.Equal(0, result.Values[i]);
            }
        }
    }

    [Fact]
    public void ABiasDoesNotReachOverTheEdge_EveryLayerSeesZeroOutside()
    {
        using WorkerTeam team = new(1);
        Random random = new(10);
        NetworkDescription description = new("bias", [Convolution.Same(1, 1, 3), Convolution.Same(1, 1, 3)]);
        RandomNetwork network = new(description, random);
        foreach ((string name, _, float[] values) in network.All)
        {
            Array.Fill(values, name.EndsWith("bias", StringComparison.Ordinal) ? 1f : 1 / 8f);
        }

        // Zero in: the first layer gives 1 inside; the second sums 4, 6 or 9 of those.
        FloatGrid result = NetworkRun.Execute(network, new FloatGrid(3, 3, 1), CpuPaths.Widest, 1, team, random);
        Assert.Equal(1 + (4 / 8f), result[0, 0, 0]);
        Assert.Equal(1 + (6 / 8f), result[0, 1, 0]);
        Assert.Equal(1 + (9 / 8f), result[1, 1, 0]);
    }

    [Fact]
    public void LayersThatCannotStandWhereTheyDo_AreRefused()
    {
        RandomNetwork network = new(new NetworkDescription("bad", [Convolution.Same(1, 16, 1), new PixelShuffle(2), new PixelShuffle(2)]), new Random(1));
        ModelFileException exception = Assert.Throws<ModelFileException>(() => CompiledNetwork.Compile(network.Description, network.Weights, CpuPath.Scalar, 1, 16));
        Assert.Contains("PixelShuffle", exception.Message, StringComparison.Ordinal);
    }

    private void Check(NetworkDescription description, FloatGrid input, Random random, int maxBatches, int winogradSide = 0)
    {
        RandomNetwork network = new(description, random);
        FloatGrid expected = NaiveNetwork.Run(description, network.Tensor, input, winogradSide);
        FloatGrid? reference = null;
        foreach (CpuPath path in SupportedPaths.All)
        {
            int batches = random.Next(1, maxBatches + 1);
            WorkerTeam team = _teams[random.Next(_teams.Length)];
            FloatGrid padded = NetworkRun.Execute(network, input, path, batches, team, random, winogradSide);
            string what = $"{path}, {batches} batches, {team.Threads} threads, {input.Width}x{input.Height}x{input.Channels}: {string.Join(", ", description.Layers)}";
            reference ??= padded;
            FloatAssert.SameBits(reference.Values, padded.Values, what);
            int shuffle = description.Layers[^1] is PixelShuffle s ? s.Factor : 1;
            FloatAssert.SameValues(expected.Values, NetworkRun.Trim(padded, expected.Channels, shuffle).Values, what);
        }
    }
}
