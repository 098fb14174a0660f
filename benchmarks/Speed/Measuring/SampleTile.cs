using VaeCodec.Models.Cpu;
using VaeCodec.Models.Cpu.Execution;
using VaeCodec.Models.Description;
using VaeCodec.Tiles;

namespace VaeCodec.Speed.Measuring;

/// <summary>One tile of 512 x 512 pixels of the generated picture, as the standard model sees it.</summary>
internal sealed class SampleTile : IDisposable
{
    /// <summary>Pixels along a side.</summary>
    public const int Side = 512;

    /// <summary>The quality that is measured.</summary>
    public const int Quality = 50;

    private readonly float[] _latents;

    private SampleTile(VaeModel model, float[] latents)
    {
        _latents = latents;
        Area = TileArea.Of(0, 0, Side, Side, Side);
        Latents = new TileLatentCoder(model, Area);
        Entropy = new TileEntropyCoder(model);
    }

    /// <summary>Where the tile lies.</summary>
    public TileArea Area { get; }

    /// <summary>Latents to symbols and back.</summary>
    public TileLatentCoder Latents { get; }

    /// <summary>Symbols to bytes and back.</summary>
    public TileEntropyCoder Entropy { get; }

    /// <summary>Analyses the picture.</summary>
    public static async Task<SampleTile> CreateAsync()
    {
        VaeModel model = VaeModel.Standard;
        (_, byte[] pixels) = await SamplePixels.CreateAsync(Side, Side);
        using WorkerTeam team = new(1);
        using AnalysisTransform analysis = new(model.Cpu, team);
        int side = Side / ModelDescription.LatentStride;
        float[] latents = new float[side * side * model.Networks.Description.LatentChannels];
        analysis.Analyse(pixels, Side, Side, 3, latents);
        return new SampleTile(model, latents);
    }

    /// <summary>Latents to symbols.</summary>
    public void Quantise()
    {
        _latents.CopyTo(Latents.Buffers.Latents, 0);
        Latents.Quantise(Area, Quality, true);
    }

    /// <inheritdoc />
    public void Dispose() => Latents.Dispose();
}
