using SixLabors.ImageSharp;

namespace VaeCodec.ImageSharp;

/// <summary>Writes pictures as .vae files.</summary>
public static class ImageExtensions
{
    /// <summary>Saves a picture.</summary>
    /// <param name="source">The picture; of several frames the first.</param>
    /// <param name="path">The file, which is replaced if it is there.</param>
    /// <param name="encoder">How; null is quality 75.</param>
    public static void SaveAsVae(this Image source, string path, VaeEncoder? encoder = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        source.Save(path, encoder ?? new VaeEncoder());
    }

    /// <summary>Saves a picture to a stream, which is left open.</summary>
    /// <param name="source">The picture; of several frames the first.</param>
    /// <param name="stream">The stream.</param>
    /// <param name="encoder">How; null is quality 75.</param>
    public static void SaveAsVae(this Image source, Stream stream, VaeEncoder? encoder = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        source.Save(stream, encoder ?? new VaeEncoder());
    }

    /// <summary>Saves a picture.</summary>
    /// <param name="source">The picture; of several frames the first.</param>
    /// <param name="path">The file, which is replaced if it is there.</param>
    /// <param name="encoder">How; null is quality 75.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    public static Task SaveAsVaeAsync(this Image source, string path, VaeEncoder? encoder = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        return source.SaveAsync(path, encoder ?? new VaeEncoder(), cancellationToken);
    }

    /// <summary>Saves a picture to a stream, which is left open.</summary>
    /// <param name="source">The picture; of several frames the first.</param>
    /// <param name="stream">The stream.</param>
    /// <param name="encoder">How; null is quality 75.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    public static Task SaveAsVaeAsync(this Image source, Stream stream, VaeEncoder? encoder = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        return source.SaveAsync(stream, encoder ?? new VaeEncoder(), cancellationToken);
    }
}
