using System.Runtime.InteropServices;

namespace VaeCodec.Imaging.Jpeg;

/// <summary>Finds and loads libjpeg-turbo when it is first needed.</summary>
internal static class TurboJpegLibrary
{
    /// <summary>Where Homebrew (on ARM, on x86-64) and MacPorts install, which are not among the folders that macOS searches.</summary>
    private static readonly string[] MacPrefixes = ["/opt/homebrew", "/usr/local", "/opt/local"];

    private static readonly string[] Names =
        OperatingSystem.IsWindows() ? [Path.Combine(AppContext.BaseDirectory, "turbojpeg.dll"), "turbojpeg.dll", "libturbojpeg.dll"] // Under "dotnet" the system does not look beside the program.
        : OperatingSystem.IsMacOS() ? ["libturbojpeg.dylib", "libturbojpeg.0.dylib", .. MacPrefixes.Select(prefix => prefix + "/lib/libturbojpeg.dylib")]
        : ["libturbojpeg.so.0", "libturbojpeg.so", "turbojpeg"];

    private static readonly Lock Gate = new();
    private static nint s_handle;

    /// <summary>Whether the library is there.</summary>
    internal static bool IsAvailable
    {
        get
        {
            try
            {
                Require();
                return true;
            }
            catch (VaeUnsupportedException)
            {
                return false;
            }
        }
    }

    /// <exception cref="VaeUnsupportedException">The library is missing. A later call tries again.</exception>
    internal static void Require()
    {
        lock (Gate)
        {
            if (s_handle == 0)
            {
                nint handle = Load(Names);
                NativeLibrary.SetDllImportResolver(
                    typeof(TurboJpegLibrary).Assembly,
                    static (name, _, _) => name == TurboJpegNative.Library ? s_handle : 0);
                s_handle = handle;
            }
        }
    }

    /// <summary>Loads the first library that is there.</summary>
    internal static nint Load(ReadOnlySpan<string> names)
    {
        foreach (string name in names)
        {
            if (NativeLibrary.TryLoad(name, typeof(TurboJpegLibrary).Assembly, DllImportSearchPath.SafeDirectories, out nint handle))
            {
                return handle;
            }
        }

        throw new VaeUnsupportedException(
            VaeError.UnsupportedFeature,
            "JPEG is read and written with libjpeg-turbo, which is not installed here. Install it (on Debian and Ubuntu: apt-get install libturbojpeg0; on macOS: brew install jpeg-turbo; on Windows: put turbojpeg.dll of libjpeg-turbo beside the program), or use PNG or PNM.");
    }

    /// <summary>The last error of a TurboJPEG instance, in its own words.</summary>
    internal static string LastError(nint handle) =>
        Marshal.PtrToStringUTF8(TurboJpegNative.tjGetErrorStr2(handle)) ?? "unknown error";
}
