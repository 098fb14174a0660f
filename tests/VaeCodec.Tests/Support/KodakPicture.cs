using VaeCodec.Imaging;

namespace VaeCodec.Tests.Support;

/// <summary>Pictures of the Kodak set, from the folder beside the repository.</summary>
internal static class KodakPicture
{
    public static async Task<(PictureDescription Picture, byte[] Pixels)> ReadAsync(string name)
    {
        await using FileStream file = File.OpenRead(SharedFolder.File($"data/kodak/{name}"));
        await using IPictureReader reader = await PictureReader.OpenAsync(file);
        byte[] pixels = new byte[reader.Picture.RowBytes * reader.Picture.Height];
        await reader.ReadRowsAsync(pixels, reader.Picture.Height, CancellationToken.None);
        return (reader.Picture, pixels);
    }
}
