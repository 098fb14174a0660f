using System.Globalization;

namespace VaeCodec.Targets;

/// <summary>
/// Encodes a picture until it meets a target. Of a size the largest file below it is looked for: first by quality, then, between two qualities, by the price of a bit, which moves the size by
/// less than a quality does. Of a PSNR a quality that reaches it: the first found that does so by at most <see cref="DecibelsOver"/>, otherwise the lowest.
/// </summary>
/// <param name="open">Opens the picture anew.</param>
/// <param name="target">The target.</param>
/// <param name="options">How else to encode.</param>
internal sealed class TargetEncoding(Func<CancellationToken, ValueTask<IRowSource>> open, VaeTarget target, VaeEncoderOptions options)
{
    /// <summary>A file this much of the size that was asked for is near enough.</summary>
    private const double NearEnough = 0.98;

    /// <summary>And one that is at most so many dB better.</summary>
    private const double DecibelsOver = 0.2;

    /// <summary>What a step of quality adds to the logarithm of a size, and to a PSNR in dB: measured on Kodak's pictures, 0.15 to 3.0 bits a pixel and 26.8 to 43.5 dB from quality 1 to 100.</summary>
    private const double LogBytesOfAQuality = 0.03;

    private const double DecibelsOfAQuality = 0.17;
    private const int FirstQuality = 50;
    private const int PriceTrials = 8;
    private const double PriceStep = 1.5;

    /// <summary>Prices are multiples of one part in so many: the last digits of logarithms differ between C libraries, and files must not.</summary>
    private const double PriceGrid = 4096;

    private TargetTrial? _best;
    private TargetTrial? _nearest;

    /// <summary>How often the picture was encoded.</summary>
    public int Encodes { get; private set; }

    private bool IsSize => target.Kind != TargetKind.Psnr;

    /// <summary>Looks for the file.</summary>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <exception cref="VaeException">No quality gets there.</exception>
    public async Task<TargetTrial> FindAsync(CancellationToken cancellationToken)
    {
        double wanted = target.Kind switch
        {
            TargetKind.Bytes => Math.Log(target.Value),
            TargetKind.BitsPerPixel => Math.Log(target.Value * await CountPixelsAsync(cancellationToken).ConfigureAwait(false) / 8),
            _ => target.Value,
        };
        QualityBracket bracket = new(wanted, FirstQuality, IsSize ? LogBytesOfAQuality : DecibelsOfAQuality);
        TargetTrial? above = null;
        while (!bracket.IsClosed && !IsNear(wanted))
        {
            TargetTrial trial = await TryAsync(bracket.Next(), 1, cancellationToken).ConfigureAwait(false);
            bool isAbove = IsSize ? trial.Measure > wanted : trial.Measure >= wanted;
            bracket.Add(trial.Quality, trial.Measure, isAbove);
            above = isAbove ? trial with { File = [] } : above;
            Keep(trial, isAbove);
        }

        if (IsSize && !IsNear(wanted) && above is not null && options.Effort > 1)
        {
            await TryPricesAsync(above, wanted, cancellationToken).ConfigureAwait(false);
        }

        return _best ?? throw Unreachable(_nearest!);
    }

    /// <summary>Whether the best file so far is near enough to the target.</summary>
    private bool IsNear(double wanted)
        => _best is { } best && (IsSize ? best.Measure >= wanted + Math.Log(NearEnough) : best.Measure <= wanted + DecibelsOver);

    /// <summary>Keeps the file that is nearest to a size, or of the lowest quality that reaches a PSNR, among those that meet the target, and the nearest among the others: of sizes what is not above meets it, of PSNR what is not below.</summary>
    private void Keep(TargetTrial trial, bool isAbove)
    {
        bool meets = IsSize != isAbove;
        ref TargetTrial? kept = ref meets ? ref _best : ref _nearest;

        // Of qualities that reach a PSNR the lowest counts: it takes the fewest bytes, though on pages it need not come nearest.
        bool isNearer = kept is null || (!isAbove ? trial.Measure > kept.Measure : IsSize ? trial.Measure < kept.Measure : trial.Quality < kept.Quality);
        if (isNearer)
        {
            // Of the others only the measures are needed, not the files.
            kept = meets ? trial : trial with { File = [] };
        }
    }

    /// <summary>Makes a file that is too large smaller by the price of a bit.</summary>
    private async Task TryPricesAsync(TargetTrial above, double wanted, CancellationToken cancellationToken)
    {
        (double Price, double Measure) large = (1, above.Measure);
        (double Price, double Measure)? small = null;
        for (int i = 0; i < PriceTrials && !IsNear(wanted); i++)
        {
            // Half a tolerance below: what is just above the size does not count.
            double aim = wanted + (Math.Log(NearEnough) / 2);
            double price = small is { } found && found.Measure < large.Measure
                ? large.Price + ((found.Price - large.Price) * Math.Clamp((large.Measure - aim) / (large.Measure - found.Measure), 0.1, 0.9))
                : large.Price * PriceStep;
            price = Math.Round(price * PriceGrid) / PriceGrid;
            TargetTrial trial = await TryAsync(above.Quality, price, cancellationToken).ConfigureAwait(false);
            bool isAbove = trial.Measure > wanted;
            Keep(trial, isAbove);
            if (isAbove)
            {
                large = (price, trial.Measure);
            }
            else
            {
                small = (price, trial.Measure);
            }
        }
    }

    private async Task<double> CountPixelsAsync(CancellationToken cancellationToken)
    {
        IRowSource source = await open(cancellationToken).ConfigureAwait(false);
        try
        {
            return (double)source.Picture.Width * source.Picture.Height;
        }
        finally
        {
            await CloseAsync(source).ConfigureAwait(false);
        }
    }

    private async Task<TargetTrial> TryAsync(int quality, double bitPrice, CancellationToken cancellationToken)
    {
        Encodes++;
        (byte[] bytes, VaeEncodeResult result) = await EncodeAsync(quality, bitPrice, cancellationToken).ConfigureAwait(false);
        return new TargetTrial(bytes, result, quality, IsSize ? Math.Log(bytes.Length) : await MeasureAsync(bytes, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Encodes into memory. The stream, which may be twice as long as what is in it, is gone before the file is measured.</summary>
    private async Task<(byte[] File, VaeEncodeResult Result)> EncodeAsync(int quality, double bitPrice, CancellationToken cancellationToken)
    {
        using MemoryStream file = new();
        IRowSource source = await open(cancellationToken).ConfigureAwait(false);
        try
        {
            VaeEncodeResult result = await VaeEncoder.EncodeAsync(source, file, options with { Quality = quality, BitPrice = bitPrice }, cancellationToken).ConfigureAwait(false);
            return (file.ToArray(), result);
        }
        finally
        {
            await CloseAsync(source).ConfigureAwait(false);
        }
    }

    private async Task<double> MeasureAsync(byte[] file, CancellationToken cancellationToken)
    {
        IRowSource source = await open(cancellationToken).ConfigureAwait(false);
        try
        {
            PictureError error = new(source);
            VaeDecoderOptions decoding = new() { Models = options.Model is { } model ? [model] : [], Threads = options.Threads, Limits = options.Limits };
            VaeDecoder decoder = await VaeDecoder.OpenAsync(new MemoryStream(file), decoding, cancellationToken).ConfigureAwait(false);
            await using (decoder.ConfigureAwait(false))
            {
                await decoder.CopyToAsync(error, cancellationToken).ConfigureAwait(false);
            }

            return error.Psnr;
        }
        finally
        {
            await CloseAsync(source).ConfigureAwait(false);
        }
    }

    private VaeException Unreachable(TargetTrial nearest)
    {
        string message = target.Kind switch
        {
            TargetKind.Psnr => string.Create(CultureInfo.InvariantCulture, $"No quality reaches {target.Value:0.##} dB; quality {nearest.Quality} comes to {nearest.Measure:0.00} dB. Ask for less, or bound the error of samples, or keep them all (lossless)."),
            TargetKind.BitsPerPixel => string.Create(CultureInfo.InvariantCulture, $"The smallest file of this picture takes {nearest.Result.BitsPerPixel:0.000} bits a pixel; {target.Value:0.###} is not within reach."),
            _ => string.Create(CultureInfo.InvariantCulture, $"The smallest file of this picture takes {nearest.Result.FileBytes} bytes; {target.Value:0} is not within reach."),
        };
        return new VaeException(VaeError.TargetUnreachable, message);
    }

    private static async ValueTask CloseAsync(IRowSource source)
    {
        if (source is IAsyncDisposable disposable)
        {
            await disposable.DisposeAsync().ConfigureAwait(false);
        }
        else
        {
            (source as IDisposable)?.Dispose();
        }
    }
}
