using VaeCodec.Imaging.Tests.Support;

namespace VaeCodec.Imaging.Tests;

/// <summary>Alone, because it counts all that the process allocates.</summary>
[Collection(nameof(AloneCollection))]
public class MemoryTests
{
    [Fact]
    public async Task Memory_does_not_grow_with_the_height()
    {
        // Written and read through a file: 64 x 200000 pixels are 38 MB, and all that is allocated stays far below.
        string path = Path.GetTempFileName();
        try
        {
            const int Height = 200_000;
            long before = GC.GetTotalAllocatedBytes(precise: true);
            await using (var file = new FileStream(path, FileMode.Create))
            {
                await Pictures.CopyAsync(new SamplePicture(64, Height), PictureWriter.Create(file, PictureFormat.Png, new() { PngCompressionLevel = 1 }), 64);
            }

            await using (FileStream file = File.OpenRead(path))
            await using (IPictureReader reader = await PictureReader.OpenAsync(file))
            {
                var rows = new byte[reader.Picture.RowBytes * 64];
                for (int y = 0; y < Height; y += 64)
                {
                    await reader.ReadRowsAsync(rows, Math.Min(64, Height - y), default);
                }

                await reader.CompleteAsync(default);
            }

            long allocated = GC.GetTotalAllocatedBytes(precise: true) - before;
            Assert.True(allocated < 64 << 20, $"{allocated} bytes were allocated");
        }
        finally
        {
            File.Delete(path);
        }
    }
}
