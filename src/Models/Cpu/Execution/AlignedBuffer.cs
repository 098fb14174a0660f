using System.Runtime.InteropServices;

namespace VaeCodec.Models.Cpu.Execution;

/// <summary>Memory outside the garbage collector's heap, aligned to a cache line. Grows, never shrinks, until disposed.</summary>
internal sealed unsafe class AlignedBuffer : IDisposable
{
    private const nuint Alignment = 64;
    private void* _memory;
    private nuint _bytes;
    private bool _disposed;

    ~AlignedBuffer() => Free();

    /// <summary>The start of the memory; null before the first <see cref="Require"/>.</summary>
    public float* Floats => (float*)_memory;

    /// <summary>Makes the buffer at least so large and sets all of what is asked for to zero.</summary>
    /// <param name="floats">Elements of four bytes.</param>
    public float* Require(long floats)
    {
        Reserve(floats);
        NativeMemory.Clear(_memory, (nuint)floats * sizeof(float));
        return Floats;
    }

    /// <summary>Makes the buffer at least so large and leaves in it whatever is there.</summary>
    /// <param name="floats">Elements of four bytes.</param>
    public float* Reserve(long floats)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        nuint bytes = checked((nuint)floats * sizeof(float));
        if (bytes > _bytes)
        {
            Free();
            _memory = NativeMemory.AlignedAlloc(bytes, bytes < LargePages.Size ? Alignment : LargePages.Size);
            _bytes = bytes;
            LargePages.Advise(_memory, bytes);
        }

        return Floats;
    }

    public void Dispose()
    {
        _disposed = true;
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        NativeMemory.AlignedFree(_memory);
        _memory = null;
        _bytes = 0;
    }
}
