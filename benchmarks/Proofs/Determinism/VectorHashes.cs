using System.Security.Cryptography;
using System.Text.Json;
using VaeCodec.Models.Cpu;

namespace VaeCodec.Proofs.Determinism;

/// <summary>Decodes the conformance vectors in every way that this processor can, and prints the SHA-256 of their pixels.</summary>
internal static class VectorHashes
{
    /// <summary>Threads up to which every number is tried.</summary>
    public const int MostThreads = 8;

    /// <summary>Prints a line a vector.</summary>
    /// <param name="folder">spec/vectors.</param>
    /// <param name="mostThreads">Threads up to which every number is tried.</param>
    /// <param name="output">Where to.</param>
    /// <returns>Whether every decode gave the pixels that stand beside its vector.</returns>
    public static bool Print(string folder, int mostThreads, TextWriter output)
    {
        CpuPath[] paths = [.. Enum.GetValues<CpuPath>().Where(CpuPaths.IsSupported).Order()];
        output.WriteLine($"{VaeCpu.Description}; paths {string.Join(", ", paths.Select(CpuPaths.Name))}; 1 to {mostThreads} threads");
        Dictionary<CpuPath, VaeModel[]> models = paths.ToDictionary(
            path => path, path => Directory.GetFiles(folder, "*.vaemodel").Order(StringComparer.Ordinal).Select(file => VaeModel.Load(File.ReadAllBytes(file), path)).ToArray());
        int decodes = 0, wrong = 0, vectors = 0;
        foreach (string record in Directory.GetFiles(folder, "*.json").Order(StringComparer.Ordinal))
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllText(record));
            string expected = document.RootElement.GetProperty("pixels_sha256").GetString()!;
            byte[] file = File.ReadAllBytes(Path.ChangeExtension(record, ".vae"));
            List<string> others = [];
            foreach (CpuPath path in paths)
            {
                for (int threads = 1; threads <= mostThreads; threads++, decodes++)
                {
                    string hash = Convert.ToHexStringLower(SHA256.HashData(VaeDecoder.Decode(file, new VaeDecoderOptions { Models = models[path], Threads = threads }).Pixels));
                    if (hash != expected)
                    {
                        others.Add($"path {CpuPaths.Name(path)}, {threads} threads: {hash}");
                    }
                }
            }

            output.WriteLine($"{expected}  {Path.GetFileNameWithoutExtension(record)}{(others.Count == 0 ? string.Empty : "  DIFFERS")}");
            others.ForEach(other => output.WriteLine($"    {other}"));
            wrong += others.Count;
            vectors++;
        }

        output.WriteLine($"{vectors} vectors, {decodes} decodes, {wrong} with other pixels");
        return wrong == 0 && vectors > 0;
    }
}
