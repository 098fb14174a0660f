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
            Assert.True(allocated < 20 << 20, $"{allocated} bytes were allocated");
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Theory]
    [InlineData(PictureFormat.Png)]
    [InlineData(PictureFormat.Pnm)]
    public async Task Nor_does_it_for_pixels_of_eight_bytes(PictureFormat format)
    {
        // 64 x 80000 pixels are 41 MB; rows of 10 bits, so that they are scaled or checked on their way.
        string path = Path.GetTempFileName();
        try
        {
            const int Height = 80_000, Band = 64;
            var picture = new PictureDescription(64, Height, PixelLayout.Rgba64) { BitDepth = 10 };
            byte[] rows = Pictures.Pixels(new Random(62), 64, Band, PixelLayout.Rgba64, 10);
            long before = GC.GetTotalAllocatedBytes(precise: true);
            await using (var file = new FileStream(path, FileMode.Create))
            {
                IRowSink sink = PictureWriter.Create(file, format, new() { PngCompressionLevel = 1 });
                await sink.BeginAsync(picture, default);
                for (int y = 0; y < Height; y += Band)
                {
                    await sink.WriteRowsAsync(rows, Band, default);
                }

                await sink.EndAsync(default);
            }

            await using (FileStream file = File.OpenRead(path))
            await using (IPictureReader reader = await PictureReader.OpenAsync(file))
            {
                Assert.Equal(PixelLayout.Rgba64, reader.Picture.Layout);
                for (int y = 0; y < Height; y += Band)
                {
                    await reader.ReadRowsAsync(rows, Band, default);
                }

                await reader.CompleteAsync(default);
            }

            long allocated = GC.GetTotalAllocatedBytes(precise: true) - before;
            Assert.True(allocated < 20 << 20, $"{allocated} bytes were allocated");
        }
        finally
        {
            File.Delete(path);
        }
    }
}
