using VaeCodec.Imaging;

namespace VaeCodec.Tool;

/// <summary>Which files the tool takes for pictures.</summary>
internal static class PictureFiles
{
    /// <summary>Further formats, where this build of the tool has any.</summary>
    public static IForeignPictures? Foreign { get; set; }

    /// <summary>Whether files of such a name are pictures that are read.</summary>
    public static bool IsRead(string path) => PictureFormats.IsRead(path) || Foreign?.IsRead(path) == true;

    /// <summary>Opens a picture.</summary>
    /// <param name="file">The file; left open.</param>
    /// <param name="ignoreProfile">Whether its colour profile is not looked at.</param>
    /// <param name="limits">What to refuse.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    public static async Task<IRowSource> OpenAsync(InputFile file, bool ignoreProfile, VaeLimits limits, CancellationToken cancellationToken)
        => Foreign is { } foreign && file.Path is { } path && foreign.IsRead(path)
            ? await foreign.OpenAsync(file.Stream, file.Name, ignoreProfile, limits, cancellationToken).ConfigureAwait(false)
            : await PictureReader.OpenAsync(file.Stream, limits, ignoreProfile, cancellationToken).ConfigureAwait(false);
}
