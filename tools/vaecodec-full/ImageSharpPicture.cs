using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Advanced;
using SixLabors.ImageSharp.PixelFormats;
using VaeCodec.ImageSharp;

namespace VaeCodec.Tool;

/// <summary>A picture of ImageSharp as rows.</summary>
internal sealed class ImageSharpPicture : IRowSource, IAsyncDisposable, IImageVisitor
{
    private readonly Image _image;
    private IRowSource? _rows;

    /// <summary>Takes a picture, and disposes it in the end.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="ignoreProfile">Whether its colour profile is taken away.</param>
    /// <exception cref="VaeException">Its ICC profile is damaged, or for samples of another kind.</exception>
    public ImageSharpPicture(Image image, bool ignoreProfile)
    {
        _image = image;
        if (ignoreProfile)
        {
            image.Metadata.IccProfile = image.Frames.RootFrame.Metadata.IccProfile = null;
        }

        try
        {
            image.AcceptVisitor(this);
        }
        catch
        {
            // Its colour profile may be refused, and then nobody else has the picture.
            image.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public PictureDescription Picture => _rows!.Picture;

    /// <inheritdoc/>
    public ValueTask ReadRowsAsync(Memory<byte> rows, int rowCount, CancellationToken cancellationToken) => _rows!.ReadRowsAsync(rows, rowCount, cancellationToken);

    /// <inheritdoc/>
    public void Visit<TPixel>(Image<TPixel> image)
        where TPixel : unmanaged, IPixel<TPixel>
        => _rows = new PixelRowSource<TPixel>(image, skipMetadata: false);

    public ValueTask DisposeAsync()
    {
        _image.Dispose();
        return ValueTask.CompletedTask;
    }
}
