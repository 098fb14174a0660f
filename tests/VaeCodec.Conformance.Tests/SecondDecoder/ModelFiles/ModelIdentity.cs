using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace VaeCodec.Conformance.Tests.SecondDecoder.ModelFiles;

/// <summary>Section 10.6: the SHA-256 over all that can change a symbol or a pixel.</summary>
internal static class ModelIdentity
{
    /// <summary>The identity as 64 hexadecimal digits.</summary>
    public static string Of(ModelDescription description, IEnumerable<StoredTensor> tensors)
    {
        using MemoryStream hashed = new();
        WriteText(hashed, CanonicalDescription.Write(description));
        foreach (StoredTensor tensor in tensors.OrderBy(tensor => tensor.Name, StringComparer.Ordinal))
        {
            WriteText(hashed, tensor.Name);
            WriteText(hashed, tensor.Type.ToString());
            WriteInteger(hashed, tensor.Shape.Length);
            foreach (int dimension in tensor.Shape)
            {
                WriteInteger(hashed, dimension);
            }

            hashed.Write(tensor.Data);
        }

        return Convert.ToHexStringLower(SHA256.HashData(hashed.ToArray()));
    }

    private static void WriteText(MemoryStream stream, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        WriteInteger(stream, bytes.Length);
        stream.Write(bytes);
    }

    private static void WriteInteger(MemoryStream stream, int value)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        stream.Write(bytes);
    }
}
