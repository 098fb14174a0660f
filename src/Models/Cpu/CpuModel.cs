using System.Runtime.ExceptionServices;
using VaeCodec.Models.Bundle;
using VaeCodec.Models.Cpu.Execution;
using VaeCodec.Models.Cpu.Kernels;
using VaeCodec.Models.Description;

namespace VaeCodec.Models.Cpu;

/// <summary>A model made ready for this processor: compiled networks with packed weights. Immutable; shared by all threads.</summary>
internal sealed class CpuModel : IDisposable
{
    private readonly Deferred<CompiledNetwork> _analysisLinear;
    private readonly Deferred<CompiledNetwork> _analysis;
    private readonly Deferred<CompiledNetwork> _hyperAnalysis;
    private readonly Deferred<CompiledNetwork> _synthesisLinear;
    private readonly Deferred<CompiledNetwork> _synthesis;
    private readonly Deferred<CompiledNetwork> _synthesisLinearShape;
    private readonly Deferred<CompiledNetwork> _synthesisShape;
    private readonly Dictionary<int, Deferred<CompiledNetwork>> _synthesisReduced;
    private readonly Deferred<CompiledNetwork> _hyperMean;
    private readonly Deferred<IntegerNetwork> _hyperScale;
    private readonly Deferred<ContextWeights> _context;
    private readonly Deferred<AdjointNetwork> _synthesisLinearAdjoint;
    private readonly Deferred<AdjointNetwork> _synthesisAdjoint;
    private readonly Deferred<AdjointNetwork> _contextSpatialAdjoint;
    private readonly Deferred<AdjointNetwork> _contextFuseAdjoint;
    private readonly Deferred<CpuModel> _forEncoding;
    private readonly Deferred<CpuModel> _forDecoding;
    private readonly Deferred<CpuModel> _forTiles;

    /// <summary>Takes a model. Each network is prepared on first use.</summary>
    /// <param name="model">The model.</param>
    /// <param name="path">The vector width; it changes speed, never a result.</param>
    public CpuModel(Model model, CpuPath path)
    {
        Model = model;
        ModelDescription d = model.Description;
        int latentStride = PackedConvolution.PadChannels(d.LatentChannels);
        int hyperStride = PackedConvolution.PadChannels(d.HyperChannels);

        // What the sides of a network's input grid are multiples of, see ConvolutionMethod.
        int Side(int multiple) => d.Convolutions == ConvolutionMethod.Winograd ? multiple : 0;
        int pixelSide = Side(ModelDescription.SizeMultiple), latentSide = Side(ModelDescription.HyperStride), hyperSide = Side(1);
        _analysisLinear = new(() => CompiledNetwork.Compile(d.AnalysisLinear, Weights, path, 3, 3));
        _analysis = new(() => CompiledNetwork.Compile(d.Analysis, Weights, path, 3, 3, pixelSide / ((PixelUnshuffle)d.Analysis.Layers[0]).Factor));
        _hyperAnalysis = new(() => CompiledNetwork.Compile(d.HyperAnalysis, Weights, path, d.LatentChannels, latentStride, latentSide));
        _synthesisLinear = new(() => CompileLinear(d, path, latentStride));
        _synthesis = new(() => CompiledNetwork.Compile(d.Synthesis, Weights, path, d.LatentChannels, latentStride, latentSide));
        _synthesisLinearShape = new(() => CompileLinear(d, path, latentStride, hasWeights: false));
        _synthesisShape = new(() => CompiledNetwork.Compile(d.Synthesis, null, path, d.LatentChannels, latentStride, latentSide));
        _synthesisReduced = ReductionScales.ToDictionary(scale => scale, scale => new Deferred<CompiledNetwork>(() => CompileLinear(d, path, latentStride, scale)));
        _hyperMean = new(() => CompiledNetwork.Compile(d.HyperMean, Weights, path, d.HyperChannels, hyperStride, hyperSide));
        _hyperScale = new(() => new IntegerNetwork(d.HyperScale, model.ScaleNetwork, path));
        _context = new(() => new ContextWeights(d, Weights, path));

        _synthesisLinearAdjoint = new(() => new AdjointNetwork(CompileLinear(d, path, latentStride, keepsSources: true), path));
        _synthesisAdjoint = new(() => new AdjointNetwork(CompiledNetwork.Compile(d.Synthesis, Weights, path, d.LatentChannels, latentStride, latentSide, keepsSources: true), path));

        _contextSpatialAdjoint = new(() => new AdjointNetwork(CompiledNetwork.Compile(d.ContextSpatial, Weights, path, d.LatentChannels, latentStride, keepsSources: true), path));
        _contextFuseAdjoint = new(() => CompileContextFuse(d, path, latentStride));

        // Once for all who ask: two that prepare side by side would wait for each other at every network.
        _forEncoding = new(() => Prepare(() => _ = Analysis, () => _ = AnalysisLinear, () => _ = HyperAnalysis));
        _forDecoding = new(() => Prepare(() => _ = Synthesis, () => _ = SynthesisLinear));
        _forTiles = new(() => Prepare());
    }

    /// <summary>The model.</summary>
    public Model Model { get; }

    internal CompiledNetwork AnalysisLinear => _analysisLinear.Value;

    internal CompiledNetwork Analysis => _analysis.Value;

    internal CompiledNetwork HyperAnalysis => _hyperAnalysis.Value;

    internal CompiledNetwork SynthesisLinear => _synthesisLinear.Value;

    internal CompiledNetwork Synthesis => _synthesis.Value;

    /// <summary>Lt without its weights: what it would take, for an encoder that may never run it.</summary>
    internal CompiledNetwork SynthesisLinearShape => _synthesisLinearShape.Value;

    /// <summary>g_s without its weights.</summary>
    internal CompiledNetwork SynthesisShape => _synthesisShape.Value;

    /// <summary>Whether the decoder's networks have been prepared.</summary>
    internal bool HasSynthesis => _synthesis.Made is not null || _synthesisLinear.Made is not null;

    /// <summary>Lt, forwards and backwards.</summary>
    internal AdjointNetwork SynthesisLinearAdjoint => _synthesisLinearAdjoint.Value;

    /// <summary>g_s, forwards and backwards.</summary>
    internal AdjointNetwork SynthesisAdjoint => _synthesisAdjoint.Value;

    /// <summary>The first context network, over a whole grid, forwards and backwards.</summary>
    internal AdjointNetwork ContextSpatialAdjoint => _contextSpatialAdjoint.Value;

    /// <summary>The second: its input is the first's output, padded as that is, and then h_m(z).</summary>
    internal AdjointNetwork ContextFuseAdjoint => _contextFuseAdjoint.Value;

    /// <summary>How many times smaller the sides of reduced pictures are.</summary>
    internal static int[] ReductionScales => [2, 4, 8, 16];

    internal CompiledNetwork HyperMean => _hyperMean.Value;

    internal IntegerNetwork HyperScale => _hyperScale.Value;

    internal ContextWeights Context => _context.Value;

    /// <summary>Prepares all that an encoder needs, on several threads: a start waits for it.</summary>
    /// <exception cref="ModelFileException">The networks cannot be run.</exception>
    public void PrepareEncoding() => _ = _forEncoding.Value;

    /// <summary>Prepares what symbols are decoded with, without the pixels.</summary>
    /// <inheritdoc cref="PrepareEncoding"/>
    public void PrepareTiles() => _ = _forTiles.Value;

    /// <summary>Prepares all that a decoder needs.</summary>
    /// <inheritdoc cref="PrepareEncoding"/>
    public void PrepareDecoding() => _ = _forDecoding.Value;

    /// <summary>Lt to the means of squares of pixels.</summary>
    /// <param name="scale">Side of a square, one of <see cref="ReductionScales"/>.</param>
    internal CompiledNetwork SynthesisReduced(int scale) => _synthesisReduced[scale].Value;

    /// <summary>Frees the packed weights. Nothing may be using them.</summary>
    public void Dispose()
    {
        foreach (Deferred<CompiledNetwork> network in _synthesisReduced.Values.Concat([_analysisLinear, _analysis, _hyperAnalysis, _synthesisLinear, _synthesis, _hyperMean]))
        {
            network.Made?.Dispose();
        }

        _synthesisLinearAdjoint.Made?.Dispose();
        _synthesisAdjoint.Made?.Dispose();
        _contextSpatialAdjoint.Made?.Dispose();
        _contextFuseAdjoint.Made?.Dispose();
        _hyperScale.Made?.Dispose();
        _context.Made?.Dispose();
    }

    /// <summary>Prepares what encoder and decoder share, and what comes with it.</summary>
    private CpuModel Prepare(params ReadOnlySpan<Action> own)
    {
        try
        {
            Parallel.Invoke([.. own, () => _ = HyperMean, () => _ = HyperScale, () => _ = Context]);
            return this;
        }
        catch (AggregateException failures)
        {
            ExceptionDispatchInfo.Throw(failures.InnerExceptions[0]);
            throw;
        }
    }

    private AdjointNetwork CompileContextFuse(ModelDescription d, CpuPath path, int latentStride)
    {
        int spatial = ((Convolution)d.ContextSpatial.Layers[0]).Outputs, padded = PackedConvolution.PadChannels(spatial);
        string first = d.ContextFuse.LayerName(0);
        ConvolutionWeights Padded(string name, bool hasBias) => name == first ? Weights(name, hasBias).InsertInputs(spatial, padded - spatial) : Weights(name, hasBias);
        return new AdjointNetwork(CompiledNetwork.Compile(d.ContextFuse, Padded, path, padded + d.LatentChannels, padded + latentStride, keepsSources: true), path);
    }

    /// <summary>Lt to the means of squares of pixels; 1 is Lt itself.</summary>
    private CompiledNetwork CompileLinear(ModelDescription d, CpuPath path, int latentStride, int scale = 1, bool keepsSources = false, bool hasWeights = true)
    {
        NetworkDescription linear = d.SynthesisLinear with { Layers = [((TransposedConvolution)d.SynthesisLinear.Layers[0]) with { Kernel = ModelDescription.LatentStride / scale }] };
        return CompiledNetwork.Compile(linear, hasWeights ? (name, _) => TransposedWeights(name, scale) : null, path, d.LatentChannels, latentStride, keepsSources: keepsSources);
    }

    private ConvolutionWeights Weights(string name, bool hasBias)
    {
        IReadOnlyList<int> shape = Model.Shape($"{name}.weight");
        return new ConvolutionWeights(shape[1], shape[0], shape[2], Model.Floats($"{name}.weight"), hasBias ? Model.Floats($"{name}.bias") : new float[shape[0]]);
    }

    private ConvolutionWeights TransposedWeights(string name, int scale)
    {
        IReadOnlyList<int> shape = Model.Shape($"{name}.weight");
        float[] weights = Model.Floats($"{name}.weight");
        return ConvolutionWeights.FromTransposed(shape[0], shape[1], shape[2] / scale, scale == 1 ? weights : ConvolutionWeights.Means(weights, shape[2], scale), Model.Floats($"{name}.bias"));
    }
}
