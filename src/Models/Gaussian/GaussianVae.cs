using System.Globalization;
using VaeCodec.Models.Bundle;
using VaeCodec.Models.Cpu;
using VaeCodec.Models.Cpu.Execution;
using VaeCodec.Models.Cpu.Kernels;
using VaeCodec.Models.Description;
using VaeCodec.Models.Safetensors;

namespace VaeCodec.Models.Gaussian;

/// <summary>A trained VAE with a Gaussian posterior, run on the CPU. Several threads may use one; they take turns.</summary>
public sealed class GaussianVae : IDisposable
{
    /// <summary>What a file says that holds such a model.</summary>
    public const string FormatName = "vaecodec-gaussian/0.1";

    /// <summary>Key of a file's metadata: its <see cref="GaussianVaeDescription"/> as JSON.</summary>
    public const string DescriptionKey = ModelTensors.DescriptionKey;

    /// <summary>Key of a file's metadata: <see cref="FormatName"/>.</summary>
    public const string FormatKey = ModelTensors.FormatKey;

    /// <summary>Key of a file's metadata: the model's name.</summary>
    public const string NameKey = ModelTensors.NameKey;

    /// <summary>Tensor of one value: <see cref="PixelDeviation"/>.</summary>
    public const string DeviationTensor = "likelihood.deviation";

    /// <summary>Tensor: <see cref="Divergences"/>.</summary>
    public const string DivergencesTensor = "latents.divergence";

    /// <summary>What <see cref="PixelDeviation"/> is at least.</summary>
    public const float SmallestDeviation = 1e-3f;

    private readonly SafetensorsFile _file;
    private readonly Lock _turn = new();
    private readonly WorkerTeam _team = new(1);
    private readonly CompiledNetwork _encoderNetwork;
    private readonly AdjointNetwork _decoderNetwork;
    private readonly NetworkExecutor _encoder;
    private readonly NetworkExecutor _decoder;
    private readonly AdjointExecutor _decoderBack;
    private bool _disposed;

    private GaussianVae(SafetensorsFile file, string name, GaussianVaeDescription description, CpuPath path)
    {
        _file = file;
        Name = name;
        Description = description;
        PixelDeviation = Deviation(file);
        Divergences = file.Tensors[DivergencesTensor].ToFloats();
        Identity = Convert.ToHexStringLower(ModelIdentity.Compute(description.Write(), file.Tensors));
        int unshuffle = ((PixelUnshuffle)description.Encoder.Layers[0]).Factor;
        _encoderNetwork = CompiledNetwork.Compile(description.Encoder, Weights, path, 3, 3);
        _decoderNetwork = new AdjointNetwork(CompiledNetwork.Compile(description.Decoder, Weights, path, description.Latents, PackedConvolution.PadChannels(description.Latents), keepsSources: true), path);
        _encoder = new NetworkExecutor(_encoderNetwork, _team);
        _decoder = new NetworkExecutor(_decoderNetwork.Network, _team);
        _decoderBack = new AdjointExecutor(_decoderNetwork, _decoder, _team);
        _encoder.Reset(description.Side / unshuffle, description.Side / unshuffle, 1);
        _decoder.Reset(1, 1, 1);
        _decoderBack.Reset(1, 1);
    }

    /// <summary>The readable name.</summary>
    public string Name { get; }

    /// <summary>SHA-256 over the description and all tensors, hexadecimal.</summary>
    public string Identity { get; }

    /// <summary>The networks.</summary>
    public GaussianVaeDescription Description { get; }

    /// <summary>Side of its pictures in pixels.</summary>
    public int Side => Description.Side;

    /// <summary>Latents of a picture.</summary>
    public int Latents => Description.Latents;

    /// <summary>Samples of a picture: side x side x 3.</summary>
    public int Samples => 3 * Side * Side;

    /// <summary>
    /// Standard deviation of the likelihood, of samples in 0..1: the root of beta times the squared error on held-out pictures. To weigh the divergence by beta is to
    /// take errors for so much more likely; they hang together from pixel to pixel, so that each says less than one by itself would.
    /// </summary>
    public float PixelDeviation { get; }

    /// <summary>Mean divergence of each latent over held-out pictures in nats, largest first: how much each is used. A latent of next to none is asleep.</summary>
    public IReadOnlyList<float> Divergences { get; }

    /// <summary>Texts of the file: model card and the like.</summary>
    public IReadOnlyDictionary<string, string> Metadata => _file.Metadata;

    /// <summary>Reads a model from a file.</summary>
    /// <param name="path">Its path.</param>
    /// <exception cref="ModelFileException">Damaged or not acceptable.</exception>
    /// <exception cref="PlatformNotSupportedException"><see cref="CpuPaths.EnvironmentVariable"/> asks for what this processor does not have.</exception>
    public static GaussianVae Load(string path) => Read(SafetensorsFile.Load(path));

    /// <summary>Reads a model from memory.</summary>
    /// <param name="file">All bytes of the file; not trusted. Must not change while the model lives.</param>
    /// <exception cref="ModelFileException">Damaged or not acceptable.</exception>
    public static GaussianVae Read(ReadOnlyMemory<byte> file) => Read(SafetensorsFile.Parse(file));

    /// <summary>Makes a model of the tensors and texts of a file.</summary>
    /// <param name="file">The file.</param>
    /// <exception cref="ModelFileException">Not acceptable.</exception>
    public static GaussianVae Read(SafetensorsFile file) => Read(file, CpuPaths.Selected);

    internal static GaussianVae Read(SafetensorsFile file, CpuPath path)
    {
        ArgumentNullException.ThrowIfNull(file);
        string Text(string key) => file.Metadata.TryGetValue(key, out string? text) ? text : throw new ModelFileException($"The file has no \"{key}\" in its metadata, so it is not a VAE with a Gaussian posterior.");
        if (Text(FormatKey) is var format && format != FormatName)
        {
            throw new ModelFileException($"The file says it is \"{format}\"; a VAE with a Gaussian posterior is \"{FormatName}\".");
        }

        GaussianVaeDescription description = GaussianVaeDescription.Read(Text(DescriptionKey));
        IEnumerable<(string Name, int[] Shape)> tensors = [.. description.Networks.SelectMany(network => network.Tensors()), (DeviationTensor, [1]), (DivergencesTensor, [description.Latents])];
        ModelReader.CheckFloats(tensors.Select(tensor => (tensor.Name, ModelReader.Require(file, tensor.Name, tensor.Shape))));
        if (Deviation(file) is < SmallestDeviation or > 1)
        {
            throw new ModelFileException(string.Create(CultureInfo.InvariantCulture, $"Tensor \"{DeviationTensor}\" must be at least {SmallestDeviation}, and at most 1."));
        }

        float[] divergences = file.Tensors[DivergencesTensor].ToFloats();
        return divergences[^1] >= 0 && divergences.SequenceEqual(divergences.OrderDescending())
            ? new GaussianVae(file, ModelName.Check(Text(NameKey)), description, path)
            : throw new ModelFileException($"Tensor \"{DivergencesTensor}\" must not be below 0, and must fall.");
    }

    /// <summary>Encodes a picture.</summary>
    /// <param name="pixels">Row, column, channel: red, green and blue, a byte each; side x side pixels.</param>
    /// <exception cref="ArgumentException">Another number of them.</exception>
    public GaussianPosterior Encode(ReadOnlySpan<byte> pixels)
    {
        float[] values = new float[pixels.Length];
        SampleConversion.FromBytes(pixels, values);
        return Encode(values);
    }

    /// <summary>Encodes a picture.</summary>
    /// <param name="pixels">Row, column, channel: red, green and blue in -0.5..0.5; side x side pixels.</param>
    /// <exception cref="ArgumentException">Another number of them.</exception>
    public GaussianPosterior Encode(ReadOnlySpan<float> pixels)
    {
        CheckLength(pixels.Length, Samples, nameof(pixels));
        lock (_turn)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            _encoder.Rewind();
            Fill(pixels);
            _encoder.Run();
            ReadOnlySpan<float> output = _encoder.Output.Pixel(0, 0)[..(2 * Latents)];
            float[] logVariances = output[Latents..].ToArray();
            for (int i = 0; i < logVariances.Length; i++)
            {
                logVariances[i] = Math.Clamp(logVariances[i], GaussianVaeDescription.LowestLogVariance, GaussianVaeDescription.HighestLogVariance);
            }

            GaussianPosterior posterior = new(output[..Latents].ToArray(), logVariances);

            // The rows are no memory of the runtime's, and would go with the model while they are copied, if nobody else had it.
            GC.KeepAlive(this);
            return posterior;
        }
    }

    /// <summary>Decodes latents.</summary>
    /// <param name="latents">The latents, in units of the prior's standard deviation.</param>
    /// <returns>Row, column, channel: red, green and blue, a byte each; side x side pixels.</returns>
    /// <exception cref="ArgumentException">Another number of them.</exception>
    public byte[] Decode(ReadOnlySpan<float> latents)
    {
        float[] pixels = new float[Samples];
        Decode(latents, pixels);
        byte[] bytes = new byte[Samples];
        SampleConversion.ToBytes(pixels, bytes);
        return bytes;
    }

    /// <summary>Decodes latents.</summary>
    /// <param name="latents">The latents, in units of the prior's standard deviation.</param>
    /// <param name="pixels">Out: row, column, channel: red, green and blue, the means of samples in -0.5..0.5 and sometimes beyond; side x side pixels.</param>
    /// <exception cref="ArgumentException">Another number of latents or samples.</exception>
    public void Decode(ReadOnlySpan<float> latents, Span<float> pixels)
    {
        CheckLength(pixels.Length, Samples, nameof(pixels));
        lock (_turn)
        {
            RunDecoder(latents);
            MovePixels(_decoder.Output, pixels, false);
            GC.KeepAlive(this);
        }
    }

    /// <summary>Decodes latents, and carries a derivative with respect to the pixels back to them.</summary>
    /// <param name="latents">The latents.</param>
    /// <param name="pixels">Out: what the decoder makes of them, as <see cref="Decode(ReadOnlySpan{float}, Span{float})"/> gives it.</param>
    /// <param name="derivative">Turns the pixels, in place, into the derivative with respect to each.</param>
    /// <param name="gradient">Out: the derivative with respect to each latent.</param>
    internal void Differentiate(ReadOnlySpan<float> latents, float[] pixels, Action<float[]> derivative, Span<float> gradient)
    {
        lock (_turn)
        {
            RunDecoder(latents);
            MovePixels(_decoder.Output, pixels, false);
            derivative(pixels);
            MovePixels(_decoderBack.Output, pixels, true);
            _decoderBack.Run();
            _decoderBack.Input.Pixel(0, 0)[..Latents].CopyTo(gradient);
        }
    }

    /// <summary>Frees the packed weights and buffers, once whoever is using them has done.</summary>
    public void Dispose()
    {
        lock (_turn)
        {
            if (!_disposed)
            {
                _disposed = true;
                _decoderBack.Dispose();
                _decoder.Dispose();
                _encoder.Dispose();
                _decoderNetwork.Dispose();
                _encoderNetwork.Dispose();
                _team.Dispose();
            }
        }
    }

    private static float Deviation(SafetensorsFile file) => file.Tensors[DeviationTensor].ToFloats()[0];

    private static void CheckLength(int length, int needed, string name)
    {
        if (length != needed)
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"{needed} values are needed, not {length}."), name);
        }
    }

    private void RunDecoder(ReadOnlySpan<float> latents)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        CheckLength(latents.Length, Latents, nameof(latents));
        _decoder.Rewind();
        latents.CopyTo(_decoder.Input.Pixel(0, 0));
        _decoder.Input.Commit(1);
        _decoder.Run();
    }

    /// <summary>Spreads pixels over the encoder's input, where a channel's sub-pixels lie side by side.</summary>
    private void Fill(ReadOnlySpan<float> pixels)
    {
        int factor = _encoderNetwork.InputUnshuffle, area = factor * factor;
        for (int y = 0; y < Side; y++)
        {
            for (int x = 0; x < Side; x++)
            {
                Span<float> target = _encoder.Input.Pixel(x / factor, y / factor);
                for (int c = 0; c < 3; c++)
                {
                    target[(c * area) + (y % factor * factor) + (x % factor)] = pixels[(((y * Side) + x) * 3) + c];
                }
            }
        }

        _encoder.Input.Commit(Side / factor);
    }

    /// <summary>Moves pixels between picture order and the sub-pixels of the decoder's output: row, column, channel.</summary>
    private void MovePixels(RowRing ring, Span<float> pixels, bool scatters)
    {
        int factor = _decoderNetwork.Network.OutputShuffle, run = 3 * factor;
        for (int y = 0; y < Side; y++)
        {
            for (int x = 0; x < Side; x += factor)
            {
                Span<float> row = pixels.Slice(((y * Side) + x) * 3, run), group = ring.Pixel(x / factor, y / factor).Slice(y % factor * run, run);
                (scatters ? row : group).CopyTo(scatters ? group : row);
            }
        }
    }

    private ConvolutionWeights Weights(string name, bool hasBias)
    {
        IReadOnlyList<int> shape = _file.Tensors[$"{name}.weight"].Shape;
        return new ConvolutionWeights(shape[1], shape[0], shape[2], _file.Tensors[$"{name}.weight"].ToFloats(), hasBias ? _file.Tensors[$"{name}.bias"].ToFloats() : new float[shape[0]]);
    }
}
