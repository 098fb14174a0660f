using System.Buffers.Binary;
using VaeCodec.Conformance.Tests.Frozen;
using VaeCodec.Conformance.Tests.Rejection;
using VaeCodec.Conformance.Tests.Streams;
using VaeCodec.Conformance.Tests.Support;

namespace VaeCodec.Conformance.Tests.Processes;

/// <summary>The tool refuses what must be refused: with its exit code, one line on standard error, and nothing left behind.</summary>
public class ToolRejectionTests
{
    private const int Corrupt = 3, Limit = 4, Model = 5;

    [Fact]
    public async Task Truncated()
    {
        byte[] file = Rejecting.Bytes("tiles-600x530");
        await Expect(Corrupt, file[..(file.Length / 2)]);
        await Expect(Corrupt, file[..^1]);
    }

    [Fact]
    public async Task BitFlipped()
    {
        byte[] file = Rejecting.Bytes("tiles-600x530");
        file[^200] ^= 4;
        await Expect(Corrupt, file);
    }

    [Fact]
    public async Task NotAVaeFile() => await Expect(Corrupt, [.. "P6\n1 1\n255\n"u8, 1, 2, 3]);

    [Fact]
    public async Task NewerVersion()
    {
        StreamStructure stream = Rejecting.Structure("square-64x64");
        stream.Major = 2;
        string message = await Expect(Corrupt, stream.ToArray());
        Assert.Contains($"format version 2.{stream.Minor};", message, StringComparison.Ordinal);
        Assert.Contains("Use a newer VaeCodec.", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WrongSymbolsInTheLastTile()
    {
        StreamStructure stream = Rejecting.Structure("tiles-600x530");
        StreamSection last = stream.Sections.Last(section => section.Type == 'T');
        last.Payload[^5] ^= 1;
        await Expect(Corrupt, stream.ToArray());
    }

    [Fact]
    public async Task AbsurdDimensions()
    {
        StreamStructure stream = Rejecting.Structure("square-64x64");
        BinaryPrimitives.WriteUInt32LittleEndian(stream.Header, int.MaxValue);
        BinaryPrimitives.WriteUInt32LittleEndian(stream.Header.AsSpan(4), int.MaxValue);
        await Expect(Limit, stream.ToArray());
    }

    [Fact]
    public async Task MemoryLimit() => await Expect(Limit, Rejecting.Bytes("tiles-600x530"), "--max-memory", "1M");

    [Fact]
    public async Task WrongModel()
    {
        using TempFolder folder = new();
        await File.WriteAllBytesAsync(folder["in.vae"], Rejecting.Bytes("square-64x64"));
        ToolResult result = await ToolProcess.RunAsync(folder.Location, new Dictionary<string, string>(), "decode", "in.vae", "out.png");
        AssertRefused(Model, result, folder);
        Assert.Contains("frozen", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DamagedModel()
    {
        using TempFolder folder = new();
        byte[] model = [.. FrozenModel.Bytes];
        model[100] ^= 1;
        await File.WriteAllBytesAsync(folder["in.vae"], Rejecting.Bytes("square-64x64"));
        string path = Path.Combine(folder.Location, "bad.vaemodel");
        await File.WriteAllBytesAsync(path, model[..^1]);
        ToolResult result = await ToolProcess.RunAsync(folder.Location, new Dictionary<string, string>(), "decode", "in.vae", "out.png", "--model", path);
        File.Delete(path);
        AssertRefused(Model, result, folder);
    }

    /// <summary>Demands that the tool refuses to decode a file.</summary>
    /// <returns>What it says.</returns>
    private static async Task<string> Expect(int exitCode, byte[] file, params string[] more)
    {
        using TempFolder folder = new();
        await File.WriteAllBytesAsync(folder["in.vae"], file);
        string[] arguments = ["decode", "in.vae", "out.png", "--model", FrozenModel.FilePath, .. more];
        ToolResult result = await ToolProcess.RunAsync(folder.Location, new Dictionary<string, string>(), arguments);
        AssertRefused(exitCode, result, folder);
        return result.Error;
    }

    private static void AssertRefused(int exitCode, ToolResult result, TempFolder folder)
    {
        Assert.True(exitCode == result.ExitCode, $"Exit code {result.ExitCode}: {result.Error}");
        Assert.Single(result.Error.Trim().Split('\n'));
        Assert.StartsWith("vaecodec: ", result.Error, StringComparison.Ordinal);
        Assert.Equal(["in.vae"], folder.Names);
    }
}
