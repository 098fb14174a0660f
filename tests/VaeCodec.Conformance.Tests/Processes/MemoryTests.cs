using System.Globalization;
using System.Text.RegularExpressions;
using VaeCodec.Conformance.Tests.Support;

namespace VaeCodec.Conformance.Tests.Processes;

/// <summary>The memory that processes really take is what docs/memory.md says: the sum that the codec computes before it begins, and a process around it.</summary>
public partial class MemoryTests
{
    private const int Width = 4000;
    private const double Megabyte = 1e6;

    /// <summary>Runtime, tool, model file and packed weights: 115 to 125 MB where it was measured, and more or less where the runtime is another.</summary>
    private const double Process = 120 * Megabyte;

    private const double Slack = 70 * Megabyte;

    /// <summary>What a picture five times as high may take beyond the other: the index, and how full the garbage collector happens to be.</summary>
    private const double OfHeight = 40 * Megabyte;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task ProcessesTakeWhatTheFormulaSays_HoweverHighThePicture(int threads)
    {
        using TempFolder folder = new();
        (double Encode, double Decode) low = await MeasureAsync(folder, 1000, threads), high = await MeasureAsync(folder, 5000, threads);
        Assert.True(Math.Abs(high.Encode - low.Encode) < OfHeight, $"Encoding took {low.Encode / Megabyte:0} MB at 1000 rows and {high.Encode / Megabyte:0} MB at 5000.");
        Assert.True(Math.Abs(high.Decode - low.Decode) < OfHeight, $"Decoding took {low.Decode / Megabyte:0} MB at 1000 rows and {high.Decode / Megabyte:0} MB at 5000.");
    }

    private static async Task<(double Encode, double Decode)> MeasureAsync(TempFolder folder, int height, int threads)
    {
        PictureDescription picture = new(Width, height, PixelLayout.Rgb24);
        await WriteAsync(folder["in.ppm"], height);
        double encode = await RunAsync(folder, "encode", "in.ppm", "out.vae", "-v", "-f", "-j", $"{threads}");
        double decode = await RunAsync(folder, "decode", "out.vae", "back.ppm", "-v", "-f", "-j", $"{threads}");
        Check("Encoding", encode, CodecMemory.EncodeBytes(VaeModel.Standard, picture, new VaeEncoderOptions(), threads));
        Check("Decoding", decode, CodecMemory.DecodeBytes(VaeModel.Standard, picture, new VaeEncoderOptions().TileSize, 1, threads));
        return (encode, decode);
    }

    private static void Check(string what, double measured, long formula)
        => Assert.True(Math.Abs(measured - formula - Process) < Slack, $"{what} took {measured / Megabyte:0} MB; the formula gives {formula / Megabyte:0} and a process takes some {Process / Megabyte:0}.");

    private static async Task<double> RunAsync(TempFolder folder, params string[] arguments)
    {
        ToolResult result = await ToolProcess.RunAsync(folder.Location, new Dictionary<string, string>(), arguments);
        Assert.True(result.ExitCode == 0, result.Error);
        Match match = Peak().Match(result.Error);
        Assert.True(match.Success, result.Error);
        return double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) * (match.Groups[2].Value == "GB" ? 1e9 : Megabyte);
    }

    /// <summary>A picture that is no page: with large tiles of pixels it would be another sum.</summary>
    private static async Task WriteAsync(string path, int height)
    {
        SeededRandom random = new(3);
        byte[] rows = new byte[Width * 3 * 100];
        for (int i = 0; i < rows.Length; i++)
        {
            rows[i] = (byte)(128 + (90 * Math.Sin(i / 3 % Width * 0.01)) + random.Below(32));
        }

        await using FileStream file = File.Create(path);
        await file.WriteAsync(System.Text.Encoding.ASCII.GetBytes($"P6 {Width} {height} 255\n"));
        for (int row = 0; row < height; row += 100)
        {
            await file.WriteAsync(rows);
        }
    }

    [GeneratedRegex(@"peak memory ([\d.]+) (MB|GB)")]
    private static partial Regex Peak();
}
