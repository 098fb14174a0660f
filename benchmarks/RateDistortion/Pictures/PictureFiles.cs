using System.Security.Cryptography;
using VaeCodec.Imaging;

namespace VaeCodec.RateDistortion.Pictures;

/// <summary>Reads and writes the pictures of a measurement. All are RGB here; grey is expanded.</summary>
internal static class PictureFiles
{
    /// <summary>Reads a picture and writes it where the programs will look for it.</summary>
    public static async Task<BenchPicture> PrepareAsync(string path, string scratchFolder, CancellationToken ct)
    {
        DecodedPicture picture = await ReadAsync(path, ct);
        string ppm = Path.Combine(scratchFolder, "original.ppm");
        string png = Path.Combine(scratchFolder, "original.png");
        await WriteAsync(ppm, PictureFormat.Pnm, picture, ct);
        await WriteAsync(png, PictureFormat.Png, picture, ct);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(BitConverter.GetBytes(picture.Picture.Width));
        hash.AppendData(BitConverter.GetBytes(picture.Picture.Height));
        hash.AppendData(picture.Pixels);
        string identity = Convert.ToHexStringLower(hash.GetHashAndReset());
        return new BenchPicture(Path.GetFileName(path), picture.Picture.Width, picture.Picture.Height, picture.Pixels, identity, ppm, png);
    }

    /// <summary>Reads a picture as RGB, without its metadata.</summary>
    /// <exception cref="VaeUnsupportedException">It has alpha, or more than 8 bits a sample.</exception>
    public static async Task<DecodedPicture> ReadAsync(string path, CancellationToken ct)
    {
        await using FileStream stream = File.OpenRead(path);
        await using IPictureReader reader = await PictureReader.OpenAsync(stream, null, ct);
        PictureDescription picture = reader.Picture;
        if (picture.Layout is not (PixelLayout.Gray8 or PixelLayout.Rgb24))
        {
            throw new VaeUnsupportedException(
                VaeError.UnsupportedFeature,
                $"Benchmarks compare pictures of 8 bits a sample without alpha; this one has {picture.BitDepth} bits{(picture.Layout.HasAlpha() ? " and alpha" : "")}.");
        }

        byte[] pixels = new byte[checked(picture.RowBytes * picture.Height)];
        await reader.ReadRowsAsync(pixels, picture.Height, ct);
        await reader.CompleteAsync(ct);
        byte[] colour = picture.Layout == PixelLayout.Rgb24 ? pixels : Expand(pixels);
        return new DecodedPicture(new PictureDescription(picture.Width, picture.Height, PixelLayout.Rgb24), colour);
    }

    private static byte[] Expand(byte[] grey)
    {
        byte[] colour = new byte[checked(grey.Length * 3)];
        for (int i = 0; i < grey.Length; i++)
        {
            colour.AsSpan(i * 3, 3).Fill(grey[i]);
        }

        return colour;
    }

    /// <summary>Writes a picture.</summary>
    public static async Task WriteAsync(string path, PictureFormat format, DecodedPicture picture, CancellationToken ct)
    {
        await using FileStream stream = File.Create(path);
        IRowSink sink = PictureWriter.Create(stream, format);
        await sink.BeginAsync(picture.Picture, ct);
        await sink.WriteRowsAsync(picture.Pixels, picture.Picture.Height, ct);
        await sink.EndAsync(ct);
    }
}
