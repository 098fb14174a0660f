using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats;
using SixLabors.ImageSharp.Memory;
using SixLabors.ImageSharp.Metadata;
using SixLabors.ImageSharp.PixelFormats;
using SixLabors.ImageSharp.Processing;
using Codec = VaeCodec;

namespace VaeCodec.ImageSharp;

/// <summary>One decode.</summary>
/// <param name="options">How.</param>
internal sealed class VaeDecoderCore(VaeDecoderOptions options)
{
    /// <summary>Reads header and metadata.</summary>
    public ImageInfo Identify(Stream stream, CancellationToken cancellationToken) => Guarded(() =>
    {
        VaeImageInfo info = VaeImageInfo.ReadAsync(stream, options.CodecOptions.Limits, cancellationToken).AsTask().GetAwaiter().GetResult();
        PixelAlphaRepresentation alpha = info.Picture.Layout.HasAlpha() ? PixelAlphaRepresentation.Unassociated : PixelAlphaRepresentation.None;
        ImageMetadata metadata = new();
        Fill(metadata, info, options.GeneralOptions.SkipMetadata);
        return new ImageInfo(new PixelTypeInfo(8 * info.Picture.Layout.BytesPerPixel(), alpha), new Size(info.Picture.Width, info.Picture.Height), metadata);
    });

    /// <summary>Decodes the picture, at a scale that is not below the target size, and brings it to that.</summary>
    public Image<TPixel> Decode<TPixel>(Stream stream, CancellationToken cancellationToken)
        where TPixel : unmanaged, IPixel<TPixel>
        => Guarded(() => DecodeAsync<TPixel>(stream, cancellationToken).GetAwaiter().GetResult());

    private async Task<Image<TPixel>> DecodeAsync<TPixel>(Stream stream, CancellationToken cancellationToken)
        where TPixel : unmanaged, IPixel<TPixel>
    {
        DecoderOptions general = options.GeneralOptions;
        long start = stream.Position;
        int scale = 1;
        if (general.TargetSize is { } target)
        {
            VaeImageInfo info = await VaeImageInfo.ReadAsync(stream, options.CodecOptions.Limits, cancellationToken).ConfigureAwait(false);
            stream.Position = start;
            (int width, int height) = options.CodecOptions.Region is { } region ? (region.Width, region.Height) : (info.Picture.Width, info.Picture.Height);

            // The picture must fit into the target and keep its shape, so the side that is the most too large decides. A side of 0 asks for nothing but the shape.
            double ratio = Math.Max(Ratio(width, target.Width), Ratio(height, target.Height));
            while (scale < 16 && 2 * scale <= ratio)
            {
                scale *= 2;
            }
        }

        PixelRowSink<TPixel> sink = new(general.Configuration);
        try
        {
            Codec.VaeDecoder decoder = await Codec.VaeDecoder.OpenAsync(stream, options.CodecOptions with { Scale = scale }, cancellationToken).ConfigureAwait(false);
            await using (decoder.ConfigureAwait(false))
            {
                await decoder.CopyToAsync(sink, cancellationToken).ConfigureAwait(false);
                Fill(sink.Image!.Metadata, decoder.Info, general.SkipMetadata);
                Fit(sink.Image, general);
                return sink.Image;
            }
        }
        catch
        {
            sink.Image?.Dispose();
            throw;
        }
    }

    private static double Ratio(int side, int target) => target > 0 ? (double)side / target : 0;

    /// <summary>Brings a picture to the target size, as ImageSharp's decoders do; theirs (ScaleToTargetSize) leaves out one with a side that is right by chance, though the other may be too large.</summary>
    private static void Fit(Image image, DecoderOptions general)
    {
        if (general.TargetSize is { } target
            && (Ratio(image.Width, target.Width) > 1 || Ratio(image.Height, target.Height) > 1 || (image.Width != target.Width && image.Height != target.Height)))
        {
            image.Mutate(context => context.Resize(new ResizeOptions { Size = target, Sampler = general.Sampler, Mode = ResizeMode.Max }));
        }
    }

    private static void Fill(ImageMetadata metadata, VaeImageInfo info, bool skip)
    {
        VaeMetadata own = metadata.GetVaeMetadata();
        (own.Quality, own.IsLossless, own.MaxError) = (info.Quality, info.IsLossless, info.MaxError);
        (own.Layout, own.BitDepth, own.ModelName, own.ModelIdentity) = (info.Picture.Layout, info.Picture.BitDepth, info.ModelName, info.ModelIdentity);
        metadata.CicpProfile = CicpConversion.ToProfile(info.Picture.Colour);
        if (skip)
        {
            return;
        }

        TravelledMetadata.Apply(metadata, info.Picture.Metadata);
    }

    /// <summary>Says what is wrong in ImageSharp's own exceptions.</summary>
    private static T Guarded<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (VaeException exception) when (exception.Error == VaeError.BadSignature)
        {
            throw new UnknownImageFormatException(exception.Message);
        }
        catch (VaeException exception)
        {
            throw new InvalidImageContentException(exception.Message, exception);
        }
        catch (InvalidMemoryOperationException exception)
        {
            // The allocator of the configuration has no room for the picture. ImageSharp's own decoders say it so.
            throw new InvalidImageContentException(exception.Message, exception);
        }
    }
}
