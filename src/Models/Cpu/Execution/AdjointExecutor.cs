using VaeCodec.Models.Description;

namespace VaeCodec.Models.Cpu.Execution;

/// <summary>Runs a network backwards: from a gradient at its output to the gradient at its input, at the tensors of its last run forwards.</summary>
internal sealed class AdjointExecutor : IDisposable
{
    private readonly AdjointNetwork _adjoint;
    private readonly WorkerTeam _team;
    private readonly RowRing[] _gradients;
    private readonly AdjointStage[] _stages;
    private readonly RentalPool<AlignedBuffer> _scratch = new(() => new AlignedBuffer());

    /// <summary>Makes an executor.</summary>
    /// <param name="adjoint">The network.</param>
    /// <param name="forward">What runs it forwards.</param>
    /// <param name="team">The threads to use.</param>
    public AdjointExecutor(AdjointNetwork adjoint, NetworkExecutor forward, WorkerTeam team)
    {
        _adjoint = adjoint;
        _team = team;
        CompiledNetwork network = adjoint.Network;
        RowRing?[] gradients = new RowRing[network.Tensors.Count];
        List<AdjointStage> stages = [];
        RowRing Gradient(int tensor) => gradients[tensor] ??= new RowRing(network.Tensors[tensor].PixelStride, 0);
        for (int i = network.Stages.Count - 1; i >= 0; i--)
        {
            StagePlan plan = network.Stages[i];
            RowRing outer = Gradient(plan.Output);
            if (plan.Residual >= 0)
            {
                // What is added last has the sum's gradient; the block's own way is added to it in place, once that gradient has been used.
                gradients[plan.Residual] = outer;
            }

            bool adds = gradients[plan.Input] != null;
            StagePlan? convolution = adjoint.Convolutions[i];
            RowRing forwardTensor = forward.Tensor(convolution == null ? plan.Input : plan.Output);
            stages.Add(new AdjointStage(plan, convolution, forwardTensor, outer, Gradient(plan.Input), adds, _scratch));
        }

        _gradients = gradients!;
        _stages = [.. stages];
    }

    /// <summary>The gradient at the network's output, to be filled in.</summary>
    public RowRing Output => _gradients[_adjoint.Network.Output];

    /// <summary>The gradient at its input.</summary>
    public RowRing Input => _gradients[0];

    /// <summary>Bytes that a network's executors take, forwards and backwards.</summary>
    /// <param name="adjoint">The network.</param>
    /// <param name="width">Pixels in a row of its input.</param>
    /// <param name="height">Its rows.</param>
    /// <param name="threads">Threads they use.</param>
    public static long Bytes(AdjointNetwork adjoint, int width, int height, int threads)
    {
        CompiledNetwork network = adjoint.Network;

        // The tensors, and gradients as large as these.
        long bytes = (2 * NetworkExecutor.Bytes(network, width, height, 1, 0)) + (threads * (network.ScratchBytes + adjoint.ScratchBytes));

        // What the adjoint convolutions take: the pixels of a shuffle together.
        foreach (StagePlan stage in network.Stages.Where(stage => stage.Source is not null))
        {
            (int w, int h) = NetworkExecutor.Size(network.Tensors[stage.Input], width, height);
            bytes += RowRing.Bytes(w, AdjointNetwork.GatheredStride(network, stage), ModelLimits.MaxKernel / 2, h);
        }

        return bytes;
    }

    /// <summary>Gives the gradients a size.</summary>
    /// <param name="width">Pixels in a row of the network's input.</param>
    /// <param name="height">Its rows.</param>
    public void Reset(int width, int height)
    {
        for (int i = 0; i < _gradients.Length; i++)
        {
            (int w, int h) = NetworkExecutor.Size(_adjoint.Network.Tensors[i], width, height);
            _gradients[i].Reset(w, h, h);
        }

        foreach (AdjointStage stage in _stages)
        {
            stage.Reset();
        }
    }

    /// <summary>Carries the gradient at the output back to the input.</summary>
    public void Run()
    {
        foreach (AdjointStage stage in _stages)
        {
            stage.Run(_team);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (RowRing gradient in _gradients)
        {
            gradient.Dispose();
        }

        foreach (AdjointStage stage in _stages)
        {
            stage.Dispose();
        }

        _scratch.Dispose();
    }
}
