namespace VaeCodec.Imaging.Tests;

public class PictureFolderTests
{
    [Fact]
    public void All_extensions_that_are_read_are_found_in_the_order_of_names()
    {
        string folder = Directory.CreateTempSubdirectory("vaecodec-imaging-").FullName;
        try
        {
            string[] pictures = ["a.png", "b.pbm", "c.PGM", "d.ppm", "e.pnm", "f.Pam", "g.jpg", "h.jpeg", "i.JFIF"];
            foreach (string name in pictures.Reverse().Concat(["a.txt", "b.vae", "pam", "._a.png"]))
            {
                File.WriteAllBytes(Path.Combine(folder, name), []);
            }

            Assert.Equal(pictures, PictureFolder.Files(folder).Select(Path.GetFileName));
            Assert.Equal(["a.png", "d.ppm", "g.jpg"], PictureFolder.Files(folder, 3).Select(Path.GetFileName));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task Pictures_that_are_not_wanted_are_passed_over()
    {
        string folder = Directory.CreateTempSubdirectory("vaecodec-imaging-").FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, "a.pgm"), "P5 1 1 255 x");
            File.WriteAllText(Path.Combine(folder, "b.pgm"), "P5 1 1 65535 xx");
            File.WriteAllText(Path.Combine(folder, "c.pgm"), "P5 1 1 255 y");
            List<byte> seen = [];
            await foreach (IRowSource picture in PictureFolder.OpenAsync(PictureFolder.Files(folder), null, picture => picture.Layout == PixelLayout.Gray8))
            {
                byte[] row = new byte[1];
                await picture.ReadRowsAsync(row, 1, default);
                seen.Add(row[0]);
            }

            Assert.Equal("xy"u8.ToArray(), seen);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void What_is_read_but_not_written_names_no_format_to_write()
    {
        Assert.False(PictureFormats.TryFromPath("a.pbm", out _));
    }
}
