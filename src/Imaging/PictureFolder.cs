using System.Runtime.CompilerServices;

namespace VaeCodec.Imaging;

/// <summary>The pictures of a folder, in the order of their names, so that every machine takes the same ones.</summary>
public static class PictureFolder
{
    /// <summary>The files of a folder whose extension is that of a format read here. What begins with a dot is left out, as what macOS keeps beside pictures on foreign disks ("._picture.png").</summary>
    /// <param name="folder">Its path; folders in it are not looked at.</param>
    /// <param name="every">Takes every N-th of them, from the first; at least 1.</param>
    /// <exception cref="IOException">The folder is missing or cannot be read.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="every"/> is below 1.</exception>
    public static IReadOnlyList<string> Files(string folder, int every = 1)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentOutOfRangeException.ThrowIfLessThan(every, 1);
        return [.. Directory.EnumerateFiles(folder).Where(file => PictureFormats.IsRead(file) && !Path.GetFileName(file).StartsWith('.')).Order(StringComparer.Ordinal).Where((_, i) => i % every == 0)];
    }

    /// <summary>Opens files one after the other; each is closed before the next is opened. All rows of a picture must be read before the next is asked for: then what stands behind them is verified, too.</summary>
    /// <param name="files">Paths of picture files.</param>
    /// <param name="opening">Hears the path of each file before it is opened, for error messages; may be null.</param>
    /// <param name="take">Says of a picture whether it is wanted; others are passed over. Null for all.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="VaeException">A file is damaged, of a kind that is not read, or over a limit.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="InvalidOperationException">The next picture was asked for before all rows of the last one had been read.</exception>
    public static async IAsyncEnumerable<IRowSource> OpenAsync(IEnumerable<string> files, Action<string>? opening = null, Func<PictureDescription, bool>? take = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(files);
        foreach (string file in files)
        {
            opening?.Invoke(file);
            FileStream stream = File.OpenRead(file);
            await using (stream.ConfigureAwait(false))
            {
                IPictureReader picture = await PictureReader.OpenAsync(stream, null, cancellationToken).ConfigureAwait(false);
                await using (picture.ConfigureAwait(false))
                {
                    if (take?.Invoke(picture.Picture) == false)
                    {
                        continue;
                    }

                    yield return picture;
                    await picture.CompleteAsync(cancellationToken).ConfigureAwait(false);
                }
            }
        }
    }
}
