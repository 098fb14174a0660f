using VaeCodec.Imaging;

namespace VaeCodec.Models.TorchSharp.Training;

/// <summary>Pictures in memory, as 8-bit RGB rows.</summary>
public sealed class PictureSet
{
    private readonly List<DecodedPicture> _pictures = [];

    /// <summary>Name of the folder they come from, without its path.</summary>
    public string Folder { get; private init; } = string.Empty;

    private PictureSet()
    {
    }

    /// <summary>Pictures that are in memory already.</summary>
    internal PictureSet(IReadOnlyList<DecodedPicture> pictures)
    {
        _pictures.AddRange(pictures);
        Names.AddRange(pictures.Select((_, i) => $"{i}"));
    }

    /// <summary>Names of the pictures.</summary>
    public List<string> Names { get; } = [];

    /// <summary>The pictures.</summary>
    public IReadOnlyList<DecodedPicture> Pictures => _pictures;

    /// <summary>Reads a folder. Pictures that are grey, or have alpha or more than 8 bits a sample, are left out.</summary>
    /// <param name="folder">Its path.</param>
    /// <param name="smallestSide">Pictures with a shorter side are left out.</param>
    /// <param name="every">Takes every N-th picture in the order of the names.</param>
    public static async Task<PictureSet> LoadAsync(string folder, int smallestSide, int every = 1)
    {
        PictureSet set = new() { Folder = new DirectoryInfo(folder).Name };
        foreach (string file in PictureFolder.Files(folder, every))
        {
            DecodedPicture? picture;
            try
            {
                picture = await LoadPictureAsync(file, smallestSide).ConfigureAwait(false);
            }
            catch (VaeException exception)
            {
                string message = $"{file}: {exception.Message}";
                throw exception switch
                {
                    VaeLimitException => new VaeLimitException(message),
                    VaeUnsupportedException => new VaeUnsupportedException(exception.Error, message, exception),
                    VaeFormatException => new VaeFormatException(exception.Error, message, exception),
                    _ => new VaeException(exception.Error, message, exception),
                };
            }

            if (picture is not null)
            {
                set._pictures.Add(picture);
                set.Names.Add(Path.GetFileName(file));
            }
        }

        return set;
    }

    private static async Task<DecodedPicture?> LoadPictureAsync(string file, int smallestSide)
    {
        await using FileStream stream = File.OpenRead(file);
        await using IPictureReader reader = await PictureReader.OpenAsync(stream).ConfigureAwait(false);
        PictureDescription picture = reader.Picture;
        if (picture.Layout != PixelLayout.Rgb24 || Math.Min(picture.Width, picture.Height) < smallestSide)
        {
            return null;
        }

        byte[] pixels = new byte[checked(picture.RowBytes * picture.Height)];
        await reader.ReadRowsAsync(pixels, picture.Height, CancellationToken.None).ConfigureAwait(false);
        await reader.CompleteAsync(CancellationToken.None).ConfigureAwait(false);
        return new DecodedPicture(picture, pixels);
    }

    /// <summary>The pictures at several sizes.</summary>
    /// <param name="shorterSides">Their shorter sides in pixels; a size that a picture does not reach is left out.</param>
    public PictureSet Scaled(IReadOnlyList<int> shorterSides)
    {
        ArgumentNullException.ThrowIfNull(shorterSides);
        PictureSet set = new() { Folder = Folder };
        for (int i = 0; i < _pictures.Count; i++)
        {
            PictureDescription picture = _pictures[i].Picture;
            int shorter = Math.Min(picture.Width, picture.Height);
            foreach (int side in shorterSides.Where(side => side <= shorter))
            {
                set._pictures.Add(PictureScaling.Scale(_pictures[i], Math.Max(side, picture.Width * side / shorter), Math.Max(side, picture.Height * side / shorter)));
                set.Names.Add(Names[i]);
            }
        }

        return set;
    }

    /// <summary>The pictures, each changed.</summary>
    /// <param name="change">Makes another picture of one.</param>
    public PictureSet Select(Func<DecodedPicture, DecodedPicture> change)
    {
        PictureSet set = new() { Folder = Folder };
        set._pictures.AddRange(_pictures.Select(change));
        set.Names.AddRange(Names);
        return set;
    }

    /// <summary>Numbers of the pictures that hold a square.</summary>
    /// <param name="side">Its side in pixels.</param>
    public IReadOnlyList<int> Holding(int side)
        => [.. Enumerable.Range(0, _pictures.Count).Where(i => Math.Min(_pictures[i].Picture.Width, _pictures[i].Picture.Height) >= side)];

    /// <summary>Some of the pictures, spread evenly.</summary>
    /// <param name="count">How many at most.</param>
    public PictureSet Take(int count)
    {
        PictureSet set = new() { Folder = Folder };
        int taken = Math.Min(count, _pictures.Count);
        for (int i = 0; i < taken; i++)
        {
            int index = (int)((long)i * _pictures.Count / taken);
            set._pictures.Add(_pictures[index]);
            set.Names.Add(Names[index]);
        }

        return set;
    }
}
