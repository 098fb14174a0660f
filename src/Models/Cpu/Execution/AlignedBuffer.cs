using System.Runtime.InteropServices;

namespace VaeCodec.Models.Cpu.Execution;

/// <summary>Memory outside the garbage collector's heap, aligned to a cache line. Grows, never shrinks, until disposed.</summary>
internal sealed unsafe class AlignedBuffer : IDisposable
{
    private const nuint Alignment = 64;
    private void* _allocation;
    private void* _memory;
    private nuint _bytes;
    private bool _disposed;

    ~AlignedBuffer() => Free();

    /// <summary>The start of the memory; null before the first <see cref="Require"/>.</summary>
    public float* Floats => (float*)_memory;

    /// <summary>Bytes that it takes.</summary>
    public long Bytes => (long)_bytes;

    /// <summary>Makes the buffer at least so large and sets all of what is asked for to zero.</summary>
    /// <param name="floats">Elements of four bytes.</param>
    public float* Require(long floats)
    {
        if (!Grow(floats))
        {
            NativeMemory.Clear(_memory, (nuint)floats * sizeof(float));
        }

        return Floats;
    }

    /// <summary>Makes the buffer at least so large and leaves in it whatever is there.</summary>
    /// <param name="floats">Elements of four bytes.</param>
    public float* Reserve(long floats)
    {
        Grow(floats);
        return Floats;
    }

    public void Dispose()
    {
        _disposed = true;
        Free();
        GC.SuppressFinalize(this);
    }

    /// <summary>Makes room.</summary>
    /// <returns>Whether the memory is new, and therefore zero.</returns>
    private bool Grow(long floats)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        nuint bytes = checked((nuint)floats * sizeof(float));
        if (bytes <= _bytes)
        {
            return false;
        }

        Free();

        // Large pieces come from the system as pages that are zero once touched: whoever writes first touches them, on all threads, and nothing is cleared twice.
        nuint alignment = bytes < LargePages.Size ? Alignment : LargePages.Size;
        _allocation = NativeMemory.AllocZeroed(checked(bytes + alignment - 1));
        _memory = (void*)(((nuint)_allocation + alignment - 1) / alignment * alignment);
        _bytes = bytes;
        LargePages.Advise(_memory, bytes);
        return true;
    }

    private void Free()
    {
        NativeMemory.Free(_allocation);
        _allocation = _memory = null;
        _bytes = 0;
    }
}
