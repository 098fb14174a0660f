using VaeCodec.Models.Description;

namespace VaeCodec.Models.Cpu.Execution;

/// <summary>
/// Runs a compiled network over one tensor, row by row: rows go in at the top as they come, and come out as soon as
/// their surroundings are there. No row is computed twice, and memory grows with the width alone.
/// </summary>
internal sealed unsafe class NetworkExecutor : IDisposable
{
    private readonly CompiledNetwork _network;
    private readonly WorkerTeam _team;
    private readonly RowRing[] _rings;
    private readonly NetworkStage[] _stages;
    private readonly RentalPool<AlignedBuffer> _scratch = new(() => new AlignedBuffer());
    private readonly int _outputConsumer;
    private readonly int _outputSlack;
    private int _batches = 1;
    private int _taken;

    /// <summary>Makes an executor.</summary>
    /// <param name="network">The network.</param>
    /// <param name="team">The threads to use.</param>
    /// <param name="outputSlack">Output rows to keep beyond the usual, where another network that sees further ahead is waited for.</param>
    public NetworkExecutor(CompiledNetwork network, WorkerTeam team, int outputSlack = 0)
    {
        _outputSlack = outputSlack;
        _network = network;
        _team = team;
        _rings = [.. network.Tensors.Select(tensor => new RowRing(tensor.PixelStride, 0))];
        _stages = [.. network.Stages.Select(stage => NetworkStage.Create(stage, _rings, _scratch))];
        _outputConsumer = Output.AddConsumer();
    }

    public RowRing Input => _rings[0];

    public RowRing Output => _rings[_network.Output];

    /// <summary>The stages, which <see cref="Run"/> runs in turns; for measuring them one by one.</summary>
    public IReadOnlyList<NetworkStage> Stages => _stages;

    /// <summary>Output rows that are there and not yet taken.</summary>
    public int Ready => Output.Produced - _taken;

    /// <summary>Bytes the executor will take for a tensor.</summary>
    public static long Bytes(CompiledNetwork network, int width, int height, int batches, int threads, int outputSlack = 0)
    {
        long bytes = threads * network.ScratchBytes;
        for (int i = 0; i < network.Tensors.Count; i++)
        {
            TensorPlan tensor = network.Tensors[i];
            (int w, int h) = Size(tensor, width, height);
            int capacity = Capacity(tensor, h, batches) + (i == network.Output ? outputSlack : 0);
            bytes += RowRing.Bytes(w, tensor.PixelStride, ModelLimits.MaxKernel / 2, Math.Min(capacity, h));
        }

        return bytes;
    }

    /// <summary>Rows of the output that are there at a time at most.</summary>
    /// <param name="network">The network.</param>
    /// <param name="height">Rows of its input.</param>
    /// <param name="batches">Into how many pieces the height falls.</param>
    public static int OutputRows(CompiledNetwork network, int height, int batches)
    {
        TensorPlan output = network.Tensors[network.Output];
        (_, int h) = Size(output, 1, height);
        return Math.Min(Capacity(output, h, batches), h);
    }

    /// <summary>Starts a tensor.</summary>
    /// <param name="width">Pixels in a row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="batches">Into how many pieces the height falls; a piece is what a stage computes at a time. Changes memory and speed, not results.</param>
    public void Reset(int width, int height, int batches)
    {
        _batches = batches;
        _taken = 0;
        for (int i = 0; i < _rings.Length; i++)
        {
            (int w, int h) = Size(_network.Tensors[i], width, height);
            _rings[i].Reset(w, h, Capacity(_network.Tensors[i], h, batches) + (i == _network.Output ? _outputSlack : 0));
        }

        foreach (NetworkStage stage in _stages)
        {
            stage.Reset();
        }
    }

    /// <summary>Starts another tensor of the same size.</summary>
    public void Rewind()
    {
        _taken = 0;
        foreach (RowRing ring in _rings)
        {
            ring.Rewind();
        }

        foreach (NetworkStage stage in _stages)
        {
            stage.Reset();
        }
    }

    /// <summary>The rows of a tensor. All of them are there after a run in one piece (see <see cref="Reset"/>) until the next tensor.</summary>
    /// <param name="index">Its index in the network.</param>
    public RowRing Tensor(int index) => _rings[index];

    /// <summary>Computes all that the input rows so far allow, as far as the output has room.</summary>
    public void Run()
    {
        for (bool progress = true; progress;)
        {
            progress = false;
            foreach (NetworkStage stage in _stages)
            {
                progress |= stage.Run(_team);
            }
        }
    }

    /// <summary>A row that is ready, by its number from the top.</summary>
    public float* OutputRow(int y) => Output.Row(y);

    /// <summary>Lets go of the output rows above <paramref name="firstNeeded"/>.</summary>
    public void Take(int firstNeeded)
    {
        _taken = firstNeeded;
        Output.Release(_outputConsumer, firstNeeded);
    }

    public void Dispose()
    {
        foreach (RowRing ring in _rings)
        {
            ring.Dispose();
        }

        _scratch.Dispose();
    }

    /// <summary>The size of a tensor in pixels.</summary>
    /// <param name="tensor">The tensor.</param>
    /// <param name="width">Pixels in a row of the network's input.</param>
    /// <param name="height">Its rows.</param>
    public static (int Width, int Height) Size(TensorPlan tensor, int width, int height)
        => (checked(width * tensor.Up) / tensor.Down, checked(height * tensor.Up) / tensor.Down);

    /// <summary>
    /// Two pieces, so that one fills while the other is read, and what kernels (at most <see cref="ModelLimits.MaxKernel"/> rows), shuffles and residuals hold
    /// back. At least what a residual needs whose two convolutions are computed tile by tile: from its row B on 8 rows more, in the steps in which they come.
    /// </summary>
    private static int Capacity(TensorPlan tensor, int height, int batches)
        => Math.Max(2 * ((height + batches - 1) / batches), tensor.RowStep) + 8;
}
