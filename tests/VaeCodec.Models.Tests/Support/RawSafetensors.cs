using System.Buffers.Binary;
using System.Text;

namespace VaeCodec.Models.Tests.Support;

/// <summary>Safetensors files put together from a header text and data, sound or not.</summary>
internal static class RawSafetensors
{
    public static byte[] File(string header, int dataBytes, ulong? declared = null) => File(Encoding.UTF8.GetBytes(header), dataBytes, declared);

    public static byte[] File(byte[] header, int dataBytes, ulong? declared = null)
    {
        byte[] file = new byte[8 + header.Length + dataBytes];
        BinaryPrimitives.WriteUInt64LittleEndian(file, declared ?? (ulong)header.Length);
        header.CopyTo(file, 8);
        return file;
    }
}
