using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using VaeCodec.Conformance.Tests.Frozen;
using VaeCodec.Conformance.Tests.Pictures;
using VaeCodec.Conformance.Tests.Support;
using VaeCodec.Conformance.Tests.Vectors;
using VaeCodec.Models.Cpu;

namespace VaeCodec.Conformance.Tests.Processes;

/// <summary>
/// The tool, with the processor's abilities taken away step by step, still writes the golden file and the golden pixels.
/// Switching instructions off in the runtime also takes away fused multiply-add, which the in-process tests cannot.
/// </summary>
public class DeterminismTests
{
    private static readonly string[] s_vectors = ["tiles-600x530", "winograd-tiles-600x530"];

    /// <summary>Tiles of samples: all of a file and some of it, of one byte and of two, with alpha.</summary>
    private static readonly string[] s_sampleVectors = ["repeats-page-320x240", "mixed-tiles-900x530", "alpha-deep-texture-140x60"];

    [CpuFact(CpuPath.Scalar)]
    public Task ForcedScalar() => Check("scalar", 1, ("VAECODEC_ISA", "scalar"));

    [CpuFact(CpuPath.Scalar)]
    public Task ForcedScalarTwoThreads() => Check("scalar", 2, ("VAECODEC_ISA", "scalar"));

    [CpuFact(CpuPath.Vector128)]
    public Task Forced128() => Check("128", 1, ("VAECODEC_ISA", "128"));

    [CpuFact(CpuPath.Vector128)]
    public Task Forced128TwoThreads() => Check("128", 2, ("VAECODEC_ISA", "128"));

    [CpuFact(CpuPath.Vector256)]
    public Task Forced256() => Check("256", 1, ("VAECODEC_ISA", "256"));

    [CpuFact(CpuPath.Vector256)]
    public Task Forced256TwoThreads() => Check("256", 2, ("VAECODEC_ISA", "256"));

    [CpuFact(CpuPath.Vector512)]
    public Task Forced512() => Check("512", 1, ("VAECODEC_ISA", "512"));

    [CpuFact(CpuPath.Vector512)]
    public Task Forced512TwoThreads() => Check("512", 2, ("VAECODEC_ISA", "512"));

    [CpuFact(CpuPath.Vector512, isX64Only: true)]
    public Task WithoutAvx512() => Check("256", 1, ("DOTNET_EnableAVX512", "0"));

    [CpuFact(CpuPath.Vector256, isX64Only: true)]
    public Task WithoutAvx2() => Check("128", 1, ("DOTNET_EnableAVX2", "0"));

    [CpuFact(CpuPath.Vector256, isX64Only: true)]
    public Task WithoutAvx2TwoThreads() => Check("128", 2, ("DOTNET_EnableAVX2", "0"));

    [CpuFact(CpuPath.Vector256, isX64Only: true)]
    public Task WithoutAvx2Scalar() => Check("scalar", 2, ("DOTNET_EnableAVX2", "0"), ("VAECODEC_ISA", "scalar"));

    [CpuFact(CpuPath.Scalar, isX64Only: true)]
    public Task WithoutAnyIntrinsics() => Check("scalar", 1, ("DOTNET_EnableHWIntrinsic", "0"));

    [CpuFact(CpuPath.Scalar, isX64Only: true)]
    public Task WithoutAnyIntrinsicsTwoThreads() => Check("scalar", 2, ("DOTNET_EnableHWIntrinsic", "0"));

    [CpuFact(CpuPath.Scalar)]
    public Task WithoutTieredCompilation() => Check(CpuPaths.Name(CpuPaths.Widest), 2, ("DOTNET_TieredCompilation", "0"));

    private static async Task Check(string path, int threads, params (string Name, string Value)[] switches)
    {
        Dictionary<string, string> environment = switches.ToDictionary(pair => pair.Name, pair => pair.Value);
        using TempFolder folder = new();
        ToolResult cpu = await ToolProcess.RunAsync(folder.Location, environment, "info", "--cpu", "--json");
        Assert.True(cpu.ExitCode == 0, cpu.Error);
        using JsonDocument document = JsonDocument.Parse(cpu.Output);
        Assert.Equal(path, document.RootElement.GetProperty("cpu_path").GetString());
        if (environment.ContainsKey("DOTNET_EnableAVX2") || environment.ContainsKey("DOTNET_EnableHWIntrinsic"))
        {
            Assert.Contains("fused multiply-add in software", document.RootElement.GetProperty("cpu_description").GetString(), StringComparison.Ordinal);
        }

        foreach (string vector in s_vectors)
        {
            await CheckVector(vector, threads, environment, folder);
        }

        foreach (string vector in s_sampleVectors)
        {
            await CheckSamples(vector, threads, environment, folder);
        }
    }

    private static async Task CheckVector(string vector, int threads, Dictionary<string, string> environment, TempFolder folder)
    {
        VectorDefinition definition = VectorCatalogue.Find(vector);
        VectorRecord record = VectorRecord.Read(vector);
        string model = FrozenModel.PathOf(definition.Model);
        byte[] head = Encoding.ASCII.GetBytes($"P6\n{definition.Width} {definition.Height}\n255\n");
        byte[] pixels = definition.Pixels();
        await File.WriteAllBytesAsync(folder["in.ppm"], [.. head, .. pixels]);
        foreach (int effort in (int[])[3, VaeEncoderOptions.DefaultEffort, 1])
        {
            ToolResult encode = await ToolProcess.RunAsync(
                folder.Location, environment, "encode", "in.ppm", "out.vae", "-f", "--effort", $"{effort}", "--model", model, "--quality", $"{definition.Quality}", "--tile-size", $"{definition.TileSize}", "-j", $"{threads}");
            Assert.True(encode.ExitCode == 0, encode.Error);
            VaeEncoderOptions options = new() { Quality = definition.Quality, TileSize = definition.TileSize, Effort = effort, Model = FrozenModel.On(CpuPaths.Widest, definition.Model), Threads = 1 };
            Assert.Equal(VaeEncoder.Encode(VectorCatalogue.Describe(definition), pixels, options), await File.ReadAllBytesAsync(folder["out.vae"]));
        }

        // The golden vectors are of effort 1, and of version 0.1.
        Assert.Equal(record.FileSha256, Convert.ToHexStringLower(SHA256.HashData(definition.Edit(await File.ReadAllBytesAsync(folder["out.vae"])))));

        ToolResult decode = await ToolProcess.RunAsync(folder.Location, environment, "decode", "out.vae", "out.ppm", "-f", "--model", model, "-j", $"{threads}");
        Assert.True(decode.ExitCode == 0, decode.Error);
        byte[] decoded = await File.ReadAllBytesAsync(folder["out.ppm"]);
        Assert.Equal(record.PixelsSha256, Convert.ToHexStringLower(SHA256.HashData(decoded.AsSpan(decoded.Length - pixels.Length))));
    }

    private static async Task CheckSamples(string vector, int threads, Dictionary<string, string> environment, TempFolder folder)
    {
        VectorDefinition definition = VectorCatalogue.Find(vector);
        string model = FrozenModel.PathOf(definition.Model);
        ToolResult decode = await ToolProcess.RunAsync(folder.Location, environment, "decode", VectorRecord.StreamPath(vector), "samples.pnm", "-f", "--model", model, "-j", $"{threads}");
        Assert.True(decode.ExitCode == 0, decode.Error);
        PictureDescription picture = VectorCatalogue.Describe(definition);
        byte[] file = await File.ReadAllBytesAsync(folder["samples.pnm"]);
        byte[] samples = file[^(picture.RowBytes * picture.Height)..];

        // PNM and PAM store the most significant byte first, pixels in memory the least.
        for (int i = 0; definition.Layout.BytesPerSample() == 2 && i < samples.Length; i += 2)
        {
            (samples[i], samples[i + 1]) = (samples[i + 1], samples[i]);
        }

        Assert.Equal(VectorRecord.Read(vector).PixelsSha256, Convert.ToHexStringLower(SHA256.HashData(samples)));
    }
}
