namespace VaeCodec.Models.Cpu.Execution;

/// <summary>Working memory that the threads of a network take turns at: as many buffers as items run at a time.</summary>
internal sealed class ScratchPool : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Stack<AlignedBuffer> _free = new();

    /// <summary>Takes a buffer, of any size.</summary>
    public AlignedBuffer Rent()
    {
        lock (_lock)
        {
            return _free.TryPop(out AlignedBuffer? buffer) ? buffer : new AlignedBuffer();
        }
    }

    /// <summary>Gives a buffer back.</summary>
    public void Return(AlignedBuffer buffer)
    {
        lock (_lock)
        {
            _free.Push(buffer);
        }
    }

    /// <summary>Frees the buffers that were given back.</summary>
    public void Dispose()
    {
        foreach (AlignedBuffer buffer in _free)
        {
            buffer.Dispose();
        }
    }
}
