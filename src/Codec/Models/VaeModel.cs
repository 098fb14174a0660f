using VaeCodec.Entropy;
using VaeCodec.Format;
using VaeCodec.Models;
using VaeCodec.Models.Bundle;
using VaeCodec.Models.Cpu;
using VaeCodec.Models.Standard;
using VaeCodec.Refinement;
using VaeCodec.Tiles;

namespace VaeCodec;

/// <summary>A trained model: what turns pixels into latents and back. Immutable and safe to share between threads.</summary>
public sealed class VaeModel
{
    private static readonly Deferred<VaeModel> s_standard = new(LoadStandard);

    private readonly Deferred<CpuModel> _cpu;
    private readonly Deferred<DecoderTable[]> _scaleTables;
    private readonly Deferred<EncoderTable[]> _encoderTables;
    private readonly Deferred<WeighedRounding> _rounding;
    private readonly Deferred<SymbolCosts> _costs;

    private VaeModel(Model model, CpuPath path)
    {
        Networks = model;
        Sha256 = new Sha256Identity(model.Identity.Span);
        _cpu = new(() => new CpuModel(model, path));
        _scaleTables = new(() => [.. model.Scales.Select(table => new DecoderTable(table))]);
        _encoderTables = new(() => [.. model.Scales.Select(table => new EncoderTable(table))]);
        _rounding = new(() => new WeighedRounding(model.Scales));
        _costs = new(() => new SymbolCosts(model.Scales));
    }

    /// <summary>The model that comes with the codec. Loaded once, on first use.</summary>
    public static VaeModel Standard => s_standard.Value;

    /// <summary>The readable name, for example "standard".</summary>
    public string Name => Networks.Name;

    /// <summary>SHA-256 over weights and tables: 64 lower-case hexadecimal digits. A file stores it and decodes with no other model.</summary>
    public string Identity => Sha256.ToString();

    /// <summary>Texts that come with the model: model card and the like.</summary>
    public IReadOnlyDictionary<string, string> Metadata => Networks.Metadata;

    /// <summary>Multiply-adds for a picture pixel, counted densely: of the encoder's own parts, and of the decoder.</summary>
    public (double Encoder, double Decoder) MultiplyAddsPerPixel => Networks.Description.Validate();

    internal Model Networks { get; }

    internal Sha256Identity Sha256 { get; }

    internal CpuModel Cpu => _cpu.Value;

    internal DecoderTable[] ScaleTables => _scaleTables.Value;

    internal EncoderTable[] EncoderTables => _encoderTables.Value;

    internal WeighedRounding Rounding => _rounding.Value;

    internal SymbolCosts SymbolCosts => _costs.Value;

    /// <summary>Does now, on several threads, what the first encode with this model would wait for: weights are laid out for this processor.</summary>
    /// <exception cref="VaeModelException">The model cannot be run here.</exception>
    public void PrepareForEncoding() => Prepare(Cpu.PrepareEncoding);

    /// <summary>Does now, on several threads, what the first decode with this model would wait for.</summary>
    /// <exception cref="VaeModelException">The model cannot be run here.</exception>
    public void PrepareForDecoding() => Prepare(Cpu.PrepareDecoding);

    /// <summary>Does now what a decode at a scale would wait for.</summary>
    /// <param name="scale">How many times smaller the sides are.</param>
    internal void PrepareForScale(int scale) => Prepare(() =>
    {
        if (scale == 1)
        {
            Cpu.PrepareDecoding();
        }
        else
        {
            Cpu.PrepareTiles();
            _ = Cpu.SynthesisReduced(scale);
        }
    });

    /// <summary>Does now what decoding symbols with this model would wait for.</summary>
    internal void PrepareForSymbols() => Prepare(Cpu.PrepareTiles);

    /// <summary>Reads a model file. Everything in it is validated before it is used.</summary>
    /// <param name="path">Path of a .vaemodel file.</param>
    /// <exception cref="VaeModelException">Missing, damaged or not acceptable.</exception>
    public static VaeModel Load(string path)
    {
        try
        {
            return new VaeModel(ModelReader.Load(path), SelectPath());
        }
        catch (ModelFileException exception)
        {
            throw new VaeModelException(VaeError.ModelInvalid, $"The model file {path} cannot be used: {exception.Message}", exception);
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or (IOException and not FileNotFoundException and not DirectoryNotFoundException))
        {
            throw new VaeModelException(VaeError.ModelMissing, $"The model file {path} cannot be read: {exception.Message}", exception);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new VaeModelException(VaeError.ModelMissing, $"There is no model \"{path}\": neither one of that name nor a file. The model that comes with the codec is \"standard\".", exception);
        }
    }

    /// <summary>Reads a model from memory.</summary>
    /// <param name="file">All bytes of a model file; must not change while the model lives.</param>
    /// <exception cref="VaeModelException">Damaged or not acceptable.</exception>
    public static VaeModel Load(ReadOnlyMemory<byte> file) => Load(file, SelectPath());

    /// <summary>Reads a model from memory and runs it with a vector width of the caller's choice.</summary>
    /// <param name="file">All bytes of a model file.</param>
    /// <param name="path">The vector width; it changes speed, never a result.</param>
    internal static VaeModel Load(ReadOnlyMemory<byte> file, CpuPath path)
    {
        try
        {
            return new VaeModel(ModelReader.Read(file), path);
        }
        catch (ModelFileException exception)
        {
            throw new VaeModelException(VaeError.ModelInvalid, $"The model cannot be used: {exception.Message}", exception);
        }
    }

    private void Prepare(Action networks)
    {
        try
        {
            networks();
        }
        catch (ModelFileException exception)
        {
            throw new VaeModelException(VaeError.ModelInvalid, $"The model \"{Name}\" cannot be run: {exception.Message}", exception);
        }
    }

    private static VaeModel LoadStandard()
        => StandardModel.Read() is { } file
            ? Load(file, SelectPath())
            : throw new VaeModelException(VaeError.ModelMissing, "This build of VaeCodec has no standard model in it; name a model file instead.");

    private static CpuPath SelectPath()
    {
        try
        {
            return CpuPaths.Selected;
        }
        catch (PlatformNotSupportedException exception)
        {
            throw new VaeException(VaeError.Failure, exception.Message, exception);
        }
    }
}
