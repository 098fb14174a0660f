using VaeCodec.Conformance.Tests.Support;
using VaeCodec.Models.Cpu;

namespace VaeCodec.Conformance.Tests.Frozen;

/// <summary>The committed model, loaded once for each vector width.</summary>
internal static class FrozenModel
{
    /// <summary>The name of the model whose convolutions are computed directly.</summary>
    public const string Direct = FrozenModelBuilder.Name;

    /// <summary>The name of the same weights with Winograd's convolutions.</summary>
    public const string Winograd = "frozen-winograd";

    private static readonly Lazy<byte[]> s_file = new(() => File.ReadAllBytes(FilePath!));
    private static readonly Dictionary<(string Name, CpuPath Path), VaeModel> s_models = [];
    private static readonly Lock s_gate = new();

    /// <summary>Where it is.</summary>
    public static string FilePath { get; } = PathOf(Direct);

    /// <summary>Its bytes; not to be changed.</summary>
    public static byte[] Bytes => s_file.Value;

    /// <summary>The model on the widest path.</summary>
    public static VaeModel Default => On(CpuPaths.Widest);

    /// <summary>The paths that this processor runs.</summary>
    public static IEnumerable<CpuPath> SupportedPaths => Enum.GetValues<CpuPath>().Where(CpuPaths.IsSupported);

    /// <summary>Where a model is.</summary>
    public static string PathOf(string name) => Path.Combine(Repository.Vectors, name + ".vaemodel");

    /// <summary>A model on a path.</summary>
    public static VaeModel On(CpuPath path, string name = Direct)
    {
        lock (s_gate)
        {
            return s_models.TryGetValue((name, path), out VaeModel? model) ? model : s_models[(name, path)] = VaeModel.Load(File.ReadAllBytes(PathOf(name)), path);
        }
    }
}
