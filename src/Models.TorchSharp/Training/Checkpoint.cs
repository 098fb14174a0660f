using System.Globalization;
using VaeCodec.Models.Safetensors;

namespace VaeCodec.Models.TorchSharp.Training;

/// <summary>
/// A checkpoint: safetensors files of at most a stated size ("NAME-00.safetensors", ...), so that it can travel where
/// files may not be large. Written beside the old one and renamed at the end,
/// the first file first; a reader finishes what a killed writer began.
/// </summary>
internal static class Checkpoint
{
    private const string Pattern = "{0}-{1:D2}.safetensors";
    private const string NewSuffix = ".new";
    private const string StepKey = "step";
    private const string ShardsKey = "shards";

    /// <summary>Writes a checkpoint.</summary>
    /// <param name="folder">Where.</param>
    /// <param name="name">Its name.</param>
    /// <param name="content">Tensors and texts.</param>
    /// <param name="step">Steps done.</param>
    /// <param name="shardBytes">Most bytes of tensors in a file.</param>
    public static void Write(string folder, string name, SafetensorsFile content, int step, long shardBytes)
    {
        List<SafetensorsFile> shards = [new()];
        long size = 0;
        foreach ((string key, Tensor tensor) in content.Tensors.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            if (size > 0 && size + tensor.Data.Length > shardBytes)
            {
                shards.Add(new SafetensorsFile());
                size = 0;
            }

            shards[^1].Tensors[key] = tensor;
            size += tensor.Data.Length;
        }

        Directory.CreateDirectory(folder);
        for (int i = 0; i < shards.Count; i++)
        {
            shards[i].Metadata[StepKey] = step.ToString(CultureInfo.InvariantCulture);
            shards[i].Metadata[ShardsKey] = shards.Count.ToString(CultureInfo.InvariantCulture);
            WriteThrough(PathOf(folder, name, i) + NewSuffix, shards[i].ToArray());
        }

        for (int i = 0; i < shards.Count; i++)
        {
            File.Move(PathOf(folder, name, i) + NewSuffix, PathOf(folder, name, i), true);
        }
    }

    /// <summary>Whether there is a checkpoint.</summary>
    public static bool Exists(string folder, string name) => File.Exists(PathOf(folder, name, 0));

    /// <summary>Writes a file to the disk: after a crash what is renamed must not be an empty one.</summary>
    public static void WriteThrough(string path, ReadOnlySpan<byte> bytes)
    {
        using FileStream file = File.Create(path);
        file.Write(bytes);
        file.Flush(flushToDisk: true);
    }

    /// <summary>Reads a checkpoint, and finishes the renaming that a killed writer began: the next one would write over the only copy of what was not renamed.</summary>
    /// <returns>Its tensors and how many steps were done, or null where there is none.</returns>
    /// <exception cref="ModelFileException">Its files are damaged or do not belong together.</exception>
    public static (SafetensorsFile Content, int Step)? Read(string folder, string name)
    {
        if (!Exists(folder, name))
        {
            return null;
        }

        SafetensorsFile content = SafetensorsFile.Load(PathOf(folder, name, 0));
        int shards = int.Parse(content.Metadata[ShardsKey], CultureInfo.InvariantCulture);
        string step = content.Metadata[StepKey];
        List<string> unnamed = [];
        for (int i = 1; i < shards; i++)
        {
            string path = PathOf(folder, name, i);
            SafetensorsFile? shard = File.Exists(path) ? SafetensorsFile.Load(path) : null;
            if (shard?.Metadata[StepKey] != step && File.Exists(path + NewSuffix))
            {
                // The writer was killed while it renamed: the first shard is of the new checkpoint, so all of it was written.
                shard = SafetensorsFile.Load(path + NewSuffix);
                unnamed.Add(path);
            }

            if (shard is null)
            {
                throw new ModelFileException($"Shard {i} of the checkpoint is missing.");
            }

            if (shard.Metadata[StepKey] != step)
            {
                throw new ModelFileException($"Shard {i} of the checkpoint is of step {shard.Metadata[StepKey]}, the first of step {step}.");
            }

            foreach ((string key, Tensor tensor) in shard.Tensors)
            {
                content.Tensors.Add(key, tensor);
            }
        }

        foreach (string path in unnamed)
        {
            File.Move(path + NewSuffix, path, true);
        }

        return (content, int.Parse(step, CultureInfo.InvariantCulture));
    }

    private static string PathOf(string folder, string name, int shard)
        => Path.Combine(folder, string.Format(CultureInfo.InvariantCulture, Pattern, name, shard));
}
