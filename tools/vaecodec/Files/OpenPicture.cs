using VaeCodec.Imaging;

namespace VaeCodec.Tool;

/// <summary>A picture file that is being read: with the last row all that stands behind it is verified, and disposing closes the file if it was opened here.</summary>
internal sealed class OpenPicture : IRowSource, IAsyncDisposable
{
    private readonly IRowSource _reader;
    private readonly InputFile? _file;
    private readonly MetadataKinds _left;
    private int _rowsLeft;

    private OpenPicture(IRowSource reader, InputFile? file, MetadataKinds left)
    {
        _reader = reader;
        _file = file;
        _left = left;
        Picture = reader.Picture.Without(left);
        _rowsLeft = Picture.Height;
    }

    /// <inheritdoc/>
    public PictureDescription Picture { get; }

    /// <summary>Whether it is a JPEG with extended XMP, which does not travel, and that was not asked for.</summary>
    public bool LosesExtendedXmp => _reader is IPictureReader { MissedMetadata: true, Format: PictureFormat.Jpeg } && !_left.HasFlag(MetadataKinds.Xmp);

    /// <summary>Whether all of its pixels are in memory as soon as the first is asked for.</summary>
    public bool IsDecodedWhole => _reader is IPictureReader { Format: PictureFormat.Jpeg };

    /// <summary>Opens a picture.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="left">Metadata that are left out.</param>
    /// <param name="limits">What to refuse.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    public static async Task<OpenPicture> OpenAsync(string path, MetadataKinds left, VaeLimits limits, CancellationToken cancellationToken)
    {
        InputFile file = InputFile.Open(path);
        try
        {
            return new OpenPicture(await PictureFiles.OpenAsync(file, left.HasFlag(MetadataKinds.Icc), limits, cancellationToken).ConfigureAwait(false), file, left);
        }
        catch
        {
            await file.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Reads a picture from a file that is open and stays so.</summary>
    public static async Task<OpenPicture> OpenAsync(InputFile file, MetadataKinds left, VaeLimits limits, CancellationToken cancellationToken)
        => new(await PictureFiles.OpenAsync(file, left.HasFlag(MetadataKinds.Icc), limits, cancellationToken).ConfigureAwait(false), null, left);

    /// <inheritdoc/>
    public async ValueTask ReadRowsAsync(Memory<byte> rows, int rowCount, CancellationToken cancellationToken)
    {
        await _reader.ReadRowsAsync(rows, rowCount, cancellationToken).ConfigureAwait(false);
        _rowsLeft -= rowCount;
        if (_rowsLeft == 0 && _reader is IPictureReader reader)
        {
            await reader.CompleteAsync(cancellationToken).ConfigureAwait(false);
            if (reader is { MissedMetadata: true, Format: PictureFormat.Png } && !_left.HasFlag(MetadataKinds.Exif | MetadataKinds.Xmp))
            {
                throw new VaeUnsupportedException(
                    VaeError.UnsupportedFeature,
                    "The PNG has EXIF or XMP behind its pixels, which come too late from a pipe; name the file, or leave them out: --strip exif,xmp");
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_reader is IAsyncDisposable reader)
        {
            await reader.DisposeAsync().ConfigureAwait(false);
        }

        if (_file is not null)
        {
            await _file.DisposeAsync().ConfigureAwait(false);
        }
    }
}
