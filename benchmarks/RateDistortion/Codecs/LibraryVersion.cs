using VaeCodec.Imaging;

namespace VaeCodec.RateDistortion.Codecs;

/// <summary>Versions of this project's own libraries. The module's identity is another one for other code, so results of older code are not reused.</summary>
internal static class LibraryVersion
{
    public static string Codec { get; } = Of(typeof(VaeEncoder), typeof(Models.Bundle.Model), typeof(PixelLayout));

    public static string Imaging { get; } = Of(typeof(PictureWriter), typeof(PixelLayout));

    /// <summary>The version of the first type's library, and the identities of all libraries that its results rest on.</summary>
    private static string Of(params Type[] types)
        => $"{types[0].Assembly.GetName().Version?.ToString(3)} build {string.Join('-', types.Select(type => type.Module.ModuleVersionId.ToString("N")[..8]))}";
}
