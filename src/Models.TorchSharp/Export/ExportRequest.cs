using VaeCodec.Bundling;
using VaeCodec.Models.Safetensors;
using VaeCodec.Models.TorchSharp.Reporting;
using VaeCodec.Models.TorchSharp.Training;

namespace VaeCodec.Models.TorchSharp.Export;

/// <summary>What to make a model file of.</summary>
public sealed record ExportRequest
{
    /// <summary>Averaged float weights of the run.</summary>
    public required SafetensorsFile Weights { get; init; }

    /// <summary>The run's log.</summary>
    public required RunHistory Run { get; init; }

    /// <summary>Pictures to calibrate the integer scale network and the probability tables with; some dozens will do.</summary>
    public required IAsyncEnumerable<IRowSource> Calibration { get; init; }

    /// <summary>What the probability tables of the latents follow.</summary>
    public TableFit Fit { get; init; } = TableFit.Weighed;

    /// <summary>Name of the model, 1 to 64 printable ASCII characters.</summary>
    public string Name { get; init; } = "standard";

    /// <summary>Further lines of the card; one that has the key of a line made here takes its place.</summary>
    public IReadOnlyDictionary<string, string> Card { get; init; } = new Dictionary<string, string>();

    /// <summary>Pictures to measure the curve on; null measures none.</summary>
    public PictureSet? Curve { get; init; }

    /// <summary>Qualities of the curve, 1..100.</summary>
    public IReadOnlyList<int> Qualities { get; init; } = [1, 20, 40, 60, 80, 100];

    /// <summary>Threads of encoder and decoder for the curve; 0 is one for each processor.</summary>
    public int Threads { get; init; }
}
