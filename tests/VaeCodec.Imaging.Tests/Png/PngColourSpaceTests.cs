using System.Buffers.Binary;
using VaeCodec.Imaging.Icc;
using VaeCodec.Imaging.Tests.Support;

namespace VaeCodec.Imaging.Tests.Png;

/// <summary>gAMA and cHRM travel as a profile, where they say anything but sRGB.</summary>
public class PngColourSpaceTests
{
    private static readonly uint[] s_adobe = [31270, 32900, 64000, 33000, 21000, 71000, 15000, 6000];
    private static readonly uint[] s_srgb = [31270, 32900, 64000, 33000, 30000, 60000, 15000, 6000];

    /// <summary>The primaries of sRGB adapted to D50, as they are found in many a profile of it; of blue's last number there are several roundings.</summary>
    [Fact]
    public void The_primaries_of_sRGB_come_out_as_they_are_published()
    {
        byte[] profile = MatrixProfile.Make([], null, false)!;
        Near([0.4360, 0.2225, 0.0139], Tag(profile, "rXYZ"), 0.0004);
        Near([0.3851, 0.7169, 0.0971], Tag(profile, "gXYZ"), 0.0004);
        Near([0.1431, 0.0606, 0.7141], Tag(profile, "bXYZ"), 0.0004);
        Near([1.0479, 0.0229, -0.0502, 0.0296, 0.9904, -0.0171, -0.0092, 0.0151, 0.7517], Tag(profile, "chad"), 0.0004);
        Assert.Equal(profile.Length, BinaryPrimitives.ReadInt32BigEndian(profile));

        static double[] Tag(byte[] profile, string name)
        {
            int entry = profile.AsSpan(132).IndexOf(System.Text.Encoding.ASCII.GetBytes(name)) + 132;
            int at = BinaryPrimitives.ReadInt32BigEndian(profile.AsSpan(entry + 4)), bytes = BinaryPrimitives.ReadInt32BigEndian(profile.AsSpan(entry + 8));
            return [.. Enumerable.Range(0, (bytes - 8) / 4).Select(i => BinaryPrimitives.ReadInt32BigEndian(profile.AsSpan(at + 8 + (4 * i))) / 65536.0)];
        }
    }

    [Fact]
    public async Task What_says_sRGB_says_nothing()
    {
        Assert.Null(await ProfileAsync(Colour(Gamma(45455)), 3));
        Assert.Null(await ProfileAsync(Colour(Gamma(45455), Chromaticities(s_srgb)), 3));
        Assert.Null(await ProfileAsync(Colour(Gamma(0)), 3));
        Assert.Null(await ProfileAsync(Colour(Gamma(1)), 3));
        Assert.Null(await ProfileAsync(Colour(Gamma(uint.MaxValue), Chromaticities([.. s_adobe[..7], uint.MaxValue])), 3));
        Assert.Null(await ProfileAsync(Colour(Chromaticities(new uint[8])), 3));
        Assert.Null(await ProfileAsync(Colour(("gAMA", [1, 2])), 3));
        Assert.Null(await ProfileAsync(Grey(Chromaticities(s_adobe)), 1));
    }

    [Fact]
    public async Task What_says_more_exactly_counts()
    {
        Assert.Null(await ProfileAsync(Colour(("sRGB", [0]), Gamma(100000)), 3));
        Assert.Null(await ProfileAsync(Colour(("cICP", [9, 16, 0, 1]), Gamma(100000)), 3));
        byte[] own = IccProfiles.Make(new Random(91), 300);
        Assert.Equal(own, await ProfileAsync(Colour(Gamma(100000), ("iCCP", [.. "x\0\0"u8, .. PngBuilder.Deflate(own)])), 3));
    }

    [Fact]
    public async Task Other_powers_and_primaries_become_a_profile()
    {
        Assert.Equal(MatrixProfile.Make([], 1, false), await ProfileAsync(Colour(Gamma(100000)), 3));
        Assert.Equal(MatrixProfile.Make([], 1, false), await ProfileAsync(Colour(Gamma(100000), Chromaticities(new uint[8])), 3));
        Assert.Equal(MatrixProfile.Make([], 100000.0 / 55556, true), await ProfileAsync(Grey(Gamma(55556)), 1));
        double[] adobe = [.. s_adobe.Select(value => value / 100000.0)];
        Assert.Equal(MatrixProfile.Make(adobe, null, false), await ProfileAsync(Colour(Chromaticities(s_adobe)), 3));
        Assert.Equal(MatrixProfile.Make(adobe, 100000.0 / 45455, false), await ProfileAsync(Colour(Gamma(45455), Chromaticities(s_adobe)), 3));
    }

    /// <summary>Linear light, and the primaries of Adobe RGB: what a colour management of its own (Little CMS) makes of the files that we write.</summary>
    [MagickFact]
    public async Task ImageMagick_sees_the_colours_that_were_meant()
    {
        Near([187.8, 187.8, 187.8], await SeenAsync(Colour(Gamma(100000)), [128, 128, 128]), 1);
        Near([217.2, 151.4, 97.0], await SeenAsync(Colour(Gamma(45455), Chromaticities(s_adobe)), [200, 150, 100]), 1);
    }

    private static void Near(double[] expected, double[] actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(expected.Zip(actual), pair => Assert.InRange(pair.Second, pair.First - tolerance, pair.First + tolerance));
    }

    private static async Task<double[]> SeenAsync(PngBuilder file, byte[] pixel)
    {
        string srgb = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.icc");
        try
        {
            await File.WriteAllBytesAsync(srgb, MatrixProfile.Make([], null, false)!);
            PictureDescription picture = (await Pictures.ReadAsync(file.Pixels([0, 0, 0, 0]).End())).Picture;
            byte[] ours = await Pictures.WriteAsync(picture, pixel, PictureFormat.Png);
            byte[] seen = ExternalTool.Run(ExternalTool.Magick!, ours, "png:-", "-profile", srgb, "-depth", "8", "rgb:-");
            Assert.Equal(3, seen.Length);
            return [.. seen.Select(value => (double)value)];
        }
        finally
        {
            File.Delete(srgb);
        }
    }

    private static async Task<byte[]?> ProfileAsync(PngBuilder file, int channels)
        => (await Pictures.ReadAsync(file.Pixels(new byte[1 + channels]).End())).Picture.Metadata.IccProfile;

    private static PngBuilder Colour(params (string Type, byte[] Payload)[] chunks) => Add(new PngBuilder().Header(1, 1, 8, 2), chunks);

    private static PngBuilder Grey(params (string Type, byte[] Payload)[] chunks) => Add(new PngBuilder().Header(1, 1, 8, 0), chunks);

    private static PngBuilder Add(PngBuilder file, (string Type, byte[] Payload)[] chunks) => chunks.Aggregate(file, (png, chunk) => png.Chunk(chunk.Type, chunk.Payload));

    private static (string Type, byte[] Payload) Gamma(uint gamma) => ("gAMA", Bytes([gamma]));

    private static (string Type, byte[] Payload) Chromaticities(uint[] values) => ("cHRM", Bytes(values));

    private static byte[] Bytes(uint[] values)
    {
        byte[] bytes = new byte[4 * values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(4 * i), values[i]);
        }

        return bytes;
    }
}
