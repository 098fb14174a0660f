using VaeCodec.Models.Bundle;
using VaeCodec.Models.Cpu.Execution;
using VaeCodec.Models.Cpu.Kernels;
using VaeCodec.Models.Description;

namespace VaeCodec.Models.Cpu;

/// <summary>A model made ready for this processor: compiled networks with packed weights. Immutable; shared by all threads.</summary>
internal sealed class CpuModel : IDisposable
{
    private readonly Lazy<CompiledNetwork> _analysisLinear;
    private readonly Lazy<CompiledNetwork> _analysis;
    private readonly Lazy<CompiledNetwork> _hyperAnalysis;
    private readonly Lazy<CompiledNetwork> _synthesisLinear;
    private readonly Lazy<CompiledNetwork> _synthesis;

    /// <summary>Prepares a model. What only an encoder or only a decoder needs is prepared on first use.</summary>
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
        _analysisLinear = new(() => CompiledNetwork.Compile(d.AnalysisLinear, Weights, path, 3, 3), LazyThreadSafetyMode.PublicationOnly);
        _analysis = new(() => CompiledNetwork.Compile(d.Analysis, Weights, path, 3, 3, pixelSide / ((PixelUnshuffle)d.Analysis.Layers[0]).Factor), LazyThreadSafetyMode.PublicationOnly);
        _hyperAnalysis = new(() => CompiledNetwork.Compile(d.HyperAnalysis, Weights, path, d.LatentChannels, latentStride, latentSide), LazyThreadSafetyMode.PublicationOnly);
        _synthesisLinear = new(() => CompiledNetwork.Compile(d.SynthesisLinear, TransposedWeights, path, d.LatentChannels, latentStride), LazyThreadSafetyMode.PublicationOnly);
        _synthesis = new(() => CompiledNetwork.Compile(d.Synthesis, Weights, path, d.LatentChannels, latentStride, latentSide), LazyThreadSafetyMode.PublicationOnly);

        // Two threads, where there are two: a start waits for this.
        Task<IntegerNetwork> hyperScale = Task.Run(() => new IntegerNetwork(d.HyperScale, model.ScaleNetwork, path));
        HyperMean = CompiledNetwork.Compile(d.HyperMean, Weights, path, d.HyperChannels, hyperStride, hyperSide);
        Context = new ContextWeights(d, Weights, path);
        HyperScale = hyperScale.GetAwaiter().GetResult();
    }

    /// <summary>The model.</summary>
    public Model Model { get; }

    internal CompiledNetwork AnalysisLinear => _analysisLinear.Value;

    internal CompiledNetwork Analysis => _analysis.Value;

    internal CompiledNetwork HyperAnalysis => _hyperAnalysis.Value;

    internal CompiledNetwork SynthesisLinear => _synthesisLinear.Value;

    internal CompiledNetwork Synthesis => _synthesis.Value;

    internal CompiledNetwork HyperMean { get; }

    internal IntegerNetwork HyperScale { get; }

    internal ContextWeights Context { get; }

    /// <summary>Frees the packed weights. Nothing may be using them.</summary>
    public void Dispose()
    {
        foreach (Lazy<CompiledNetwork> network in (Lazy<CompiledNetwork>[])[_analysisLinear, _analysis, _hyperAnalysis, _synthesisLinear, _synthesis])
        {
            if (network.IsValueCreated)
            {
                network.Value.Dispose();
            }
        }

        HyperMean.Dispose();
        HyperScale.Dispose();
        Context.Dispose();
    }

    private ConvolutionWeights Weights(string name, bool hasBias)
    {
        IReadOnlyList<int> shape = Model.Shape($"{name}.weight");
        return new ConvolutionWeights(shape[1], shape[0], shape[2], Model.Floats($"{name}.weight"), hasBias ? Model.Floats($"{name}.bias") : new float[shape[0]]);
    }

    private ConvolutionWeights TransposedWeights(string name, bool hasBias)
    {
        IReadOnlyList<int> shape = Model.Shape($"{name}.weight");
        return ConvolutionWeights.FromTransposed(shape[0], shape[1], shape[2], Model.Floats($"{name}.weight"), Model.Floats($"{name}.bias"));
    }
}
