using VaeCodec.Conformance.Tests.Support;
using VaeCodec.Models.Cpu;

namespace VaeCodec.Conformance.Tests.Frozen;

/// <summary>The committed model, loaded once for each vector width.</summary>
internal static class FrozenModel
{
    private static readonly Lazy<byte[]> s_file = new(() => File.ReadAllBytes(FilePath!));
    private static readonly Dictionary<CpuPath, VaeModel> s_models = [];
    private static readonly Lock s_gate = new();

    /// <summary>Where it is.</summary>
    public static string FilePath { get; } = Path.Combine(Repository.Vectors, "frozen.vaemodel");

    /// <summary>Its bytes; not to be changed.</summary>
    public static byte[] Bytes => s_file.Value;

    /// <summary>The model on the widest path.</summary>
    public static VaeModel Default => On(CpuPaths.Widest);

    /// <summary>The paths that this processor runs.</summary>
    public static IEnumerable<CpuPath> SupportedPaths => Enum.GetValues<CpuPath>().Where(CpuPaths.IsSupported);

    /// <summary>The model on a path.</summary>
    public static VaeModel On(CpuPath path)
    {
        lock (s_gate)
        {
            return s_models.TryGetValue(path, out VaeModel? model) ? model : s_models[path] = VaeModel.Load(Bytes, path);
        }
    }
}
