using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using VaeCodec.Models.Safetensors;

namespace VaeCodec.Models.Bundle;

/// <summary>
/// The identity of a model: SHA-256 over everything that can change a symbol or a pixel, and nothing else. Name and
/// model card may be corrected without changing it.
/// </summary>
public static class ModelIdentity
{
    /// <summary>
    /// Hashes a model: the description's text, then every tensor in the order of its name: name, type, number of
    /// dimensions, dimensions, bytes. Texts are UTF-8 with their length in front; lengths and dimensions are 32-bit little-endian.
    /// </summary>
    /// <param name="description">The canonical JSON text.</param>
    /// <param name="tensors">The tensors.</param>
    public static byte[] Compute(string description, IReadOnlyDictionary<string, Tensor> tensors)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        AppendText(hash, description);
        foreach (string name in tensors.Keys.Order(StringComparer.Ordinal))
        {
            Tensor tensor = tensors[name];
            AppendText(hash, name);
            AppendText(hash, tensor.Type.ToString());
            AppendNumber(hash, tensor.Shape.Count);
            foreach (int size in tensor.Shape)
            {
                AppendNumber(hash, size);
            }

            hash.AppendData(tensor.Data.Span);
        }

        return hash.GetHashAndReset();
    }

    private static void AppendText(IncrementalHash hash, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        AppendNumber(hash, bytes.Length);
        hash.AppendData(bytes);
    }

    private static void AppendNumber(IncrementalHash hash, int number)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, number);
        hash.AppendData(bytes);
    }
}
