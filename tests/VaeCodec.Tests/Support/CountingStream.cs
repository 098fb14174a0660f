namespace VaeCodec.Tests.Support;

/// <summary>A file in memory that counts what is read of it.</summary>
internal sealed class CountingStream(byte[] file) : MemoryStream(file, false)
{
    /// <summary>Bytes read.</summary>
    public long BytesTaken { get; private set; }

    /// <summary>All other ways of reading come here, since this is no plain <see cref="MemoryStream"/>.</summary>
    public override int Read(byte[] buffer, int offset, int count)
    {
        int taken = base.Read(buffer, offset, count);
        BytesTaken += taken;
        return taken;
    }
}
