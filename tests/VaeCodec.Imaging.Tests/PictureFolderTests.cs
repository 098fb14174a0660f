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
    public void What_is_read_but_not_written_names_no_format_to_write()
    {
        Assert.False(PictureFormats.TryFromPath("a.pbm", out _));
    }
}
