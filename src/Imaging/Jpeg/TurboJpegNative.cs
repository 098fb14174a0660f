using System.Runtime.InteropServices;

namespace VaeCodec.Imaging.Jpeg;

/// <summary>
/// TurboJPEG's functions as of libjpeg-turbo 2 (turbojpeg.h), which version 3 still has. Go through
/// <see cref="TurboJpegLibrary"/>, which loads the library.
/// </summary>
internal static partial class TurboJpegNative
{
    internal const string Library = "turbojpeg";

    internal const int PixelFormatRgb = 0;
    internal const int PixelFormatGrey = 6;

    internal const int Sampling444 = 0;
    internal const int Sampling420 = 2;
    internal const int SamplingGrey = 3;

    internal const int FlagAccurateDct = 4096;
    internal const int FlagStopOnWarning = 8192;

    /// <summary>Refuses progressive pictures of an absurd number of scans, which take for ever.</summary>
    internal const int FlagLimitScans = 32768;

    [LibraryImport(Library)]
    internal static partial nint tjInitDecompress();

    [LibraryImport(Library)]
    internal static partial nint tjInitCompress();

    [LibraryImport(Library)]
    internal static partial int tjDestroy(nint handle);

    [LibraryImport(Library)]
    internal static partial void tjFree(nint buffer);

    [LibraryImport(Library)]
    internal static partial nint tjGetErrorStr2(nint handle);

    [LibraryImport(Library)]
    internal static partial int tjDecompressHeader3(
        nint handle, ReadOnlySpan<byte> jpeg, CULong jpegSize, out int width, out int height, out int sampling, out int colourSpace);

    [LibraryImport(Library)]
    internal static partial int tjDecompress2(
        nint handle, ReadOnlySpan<byte> jpeg, CULong jpegSize, Span<byte> pixels, int width, int pitch, int height, int pixelFormat, int flags);

    [LibraryImport(Library)]
    internal static partial int tjCompress2(
        nint handle, ReadOnlySpan<byte> pixels, int width, int pitch, int height, int pixelFormat, ref nint jpeg, ref CULong jpegSize, int sampling, int quality, int flags);
}
