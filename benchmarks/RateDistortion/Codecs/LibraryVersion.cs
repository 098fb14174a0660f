using VaeCodec.Imaging;

namespace VaeCodec.RateDistortion.Codecs;

/// <summary>Versions of this project's own libraries. The module's identity is another one for other code, so results of older code are not reused.</summary>
internal static class LibraryVersion
{
    public static string Codec { get; } = Of(typeof(VaeEncoder));

    public static string Imaging { get; } = Of(typeof(PictureWriter));

    private static string Of(Type type) => $"{type.Assembly.GetName().Version?.ToString(3)} build {type.Module.ModuleVersionId.ToString("N")[..8]}";
}
