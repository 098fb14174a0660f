using System.Runtime.InteropServices;

namespace VaeCodec.Format.Tests;

/// <summary>A test that needs the reference liblz4, and is skipped without it.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class LibLz4FactAttribute : FactAttribute
{
    public LibLz4FactAttribute()
    {
        if (NativeLibrary.TryLoad(LibLz4.Library, out nint handle))
        {
            NativeLibrary.Free(handle);
        }
        else
        {
            Skip = $"{LibLz4.Library} is missing; install the Debian package liblz4-1.";
        }
    }
}
