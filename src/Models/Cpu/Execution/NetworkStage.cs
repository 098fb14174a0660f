namespace VaeCodec.Models.Cpu.Execution;

/// <summary>A stage at work: computes as many rows as its input and the room in its output allow.</summary>
internal abstract class NetworkStage : IParallelWork
{
    private readonly int _inputConsumer;
    private readonly int _residualConsumer;
    private int _height;

    /// <summary>Makes a stage.</summary>
    /// <param name="plan">What it does.</param>
    /// <param name="input">The tensor it reads.</param>
    /// <param name="output">The tensor it writes.</param>
    /// <param name="residual">The tensor it adds, or null.</param>
    protected NetworkStage(StagePlan plan, RowRing input, RowRing output, RowRing? residual)
    {
        Plan = plan;
        Input = input;
        Output = output;
        Residual = residual;
        input.NeedMargin(plan.Padding);
        _inputConsumer = input.AddConsumer();
        _residualConsumer = residual?.AddConsumer() ?? -1;
    }

    /// <summary>What the stage does.</summary>
    protected StagePlan Plan { get; }

    /// <summary>The tensor read.</summary>
    protected RowRing Input { get; }

    /// <summary>The tensor written.</summary>
    protected RowRing Output { get; }

    /// <summary>The tensor added, or null.</summary>
    protected RowRing? Residual { get; }

    /// <summary>Rows done before this run, counted before a shuffle.</summary>
    protected int Done { get; private set; }

    /// <summary>Rows to compute in this run.</summary>
    protected int Rows { get; private set; }

    /// <summary>Pixels in a row, counted before a shuffle.</summary>
    protected int Width { get; private set; }

    /// <summary>Makes the stage of a plan.</summary>
    /// <param name="plan">What it does.</param>
    /// <param name="rings">The tensors of the network.</param>
    /// <param name="scratch">Working memory.</param>
    public static NetworkStage Create(StagePlan plan, IReadOnlyList<RowRing> rings, RentalPool<AlignedBuffer> scratch)
    {
        RowRing input = rings[plan.Input], output = rings[plan.Output];
        RowRing? residual = plan.Residual < 0 ? null : rings[plan.Residual];
        return plan switch
        {
            { Convolution: { } convolution } => new ConvolutionStage(plan, convolution, input, output, residual),
            { Winograd: { } winograd } => new WinogradStage(plan, winograd, input, output, residual, scratch),
            { OutputStride: null } => new ActivationStage(plan, input, output),
            _ => throw new InvalidOperationException("A network without its weights cannot be run."),
        };
    }

    /// <summary>Starts anew, after the rings were given their sizes.</summary>
    public void Reset()
    {
        Done = 0;
        Width = Input.Width / Plan.Stride;
        _height = Input.Height / Plan.Stride;
    }

    /// <summary>Computes what can be computed now.</summary>
    /// <returns>Whether anything was computed.</returns>
    public bool Run(WorkerTeam team)
    {
        int kernel = Plan.Kernel;
        int ready = Input.Produced == Input.Height
            ? _height
            : ((Input.Produced + Plan.Padding - kernel) / Plan.Stride) + (Input.Produced + Plan.Padding >= kernel ? 1 : 0);
        if (Residual != null)
        {
            ready = Math.Min(ready, Residual.Produced);
        }

        Rows = Math.Min(ready - Done, Output.Free / Plan.Shuffle) / Plan.RowStep * Plan.RowStep;
        if (Rows <= 0)
        {
            return false;
        }

        team.Run(Divide(team.Threads), this);
        Done += Rows;
        Output.Commit(Rows * Plan.Shuffle);
        Input.Release(_inputConsumer, Done == _height ? Input.Height : (Done * Plan.Stride) - Plan.Padding);
        Residual?.Release(_residualConsumer, Done);
        return true;
    }

    /// <inheritdoc/>
    public abstract void Execute(int item);

    /// <summary>Into how many items the rows of this run fall.</summary>
    /// <param name="threads">Threads there are.</param>
    protected abstract int Divide(int threads);
}
