using System.Globalization;
using System.Security.Cryptography;

namespace VaeCodec.Proofs.Determinism;

/// <summary>
/// Encodes the pictures of the conformance vectors anew, with the standard model and settings of every kind, and prints the SHA-256 of the files. An encoder may
/// be improved, so there is nothing to hold them to but another machine: two that run the same version must print the same.
/// </summary>
internal static class FileHashes
{
    private static readonly (string Name, VaeEncoderOptions Options)[] s_settings =
    [
        ("quality 5", new() { Quality = 5 }),
        ("quality 50", new() { Quality = 50 }),
        ("lossless", new() { Lossless = true }),
        ("quality 90, effort 1", new() { Quality = 90, Effort = 1 }),
        ("quality 75, tiles of 256, 2 threads", new() { Quality = 75, TileSize = 256, Threads = 2 }),
        ("max error 2", new() { MaxError = 2 }),
        ("quality 30, effort 3", new() { Quality = 30, Effort = 3 }),
        ("quality 100", new() { Quality = 100 }),
    ];

    /// <summary>Prints a line a file: each picture with two of the settings, which change from picture to picture.</summary>
    /// <param name="folder">spec/vectors.</param>
    /// <param name="output">Where to.</param>
    /// <returns>Whether there were pictures.</returns>
    /// <exception cref="VaeException">A file does not decode.</exception>
    /// <exception cref="InvalidOperationException">A lossless file decodes to other samples.</exception>
    public static bool Print(string folder, TextWriter output)
    {
        VaeDecoderOptions decoding = new() { Models = [VaeModel.Standard, .. Directory.GetFiles(folder, "*.vaemodel").Order(StringComparer.Ordinal).Select(VaeModel.Load)] };
        string[] vectors = [.. Directory.GetFiles(folder, "*.vae").Order(StringComparer.Ordinal)];
        using IncrementalHash all = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (int i = 0; i < vectors.Length; i++)
        {
            DecodedPicture picture = VaeDecoder.Decode(File.ReadAllBytes(vectors[i]), decoding);
            foreach ((string setting, VaeEncoderOptions options) in new[] { s_settings[i % s_settings.Length], s_settings[(i + 3) % s_settings.Length] })
            {
                byte[] file = VaeEncoder.Encode(picture.Picture, picture.Pixels, options);
                all.AppendData(file);
                byte[] back = VaeDecoder.Decode(file, decoding).Pixels;
                all.AppendData(back);
                if (options.Lossless && !back.AsSpan().SequenceEqual(picture.Pixels))
                {
                    // Alike on all machines, and wrong.
                    throw new InvalidOperationException($"{Path.GetFileNameWithoutExtension(vectors[i])}, {setting}: not the samples that were encoded.");
                }

                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Convert.ToHexStringLower(SHA256.HashData(file))}  {Path.GetFileNameWithoutExtension(vectors[i])}, {setting}: {file.Length} bytes"));
            }
        }

        output.WriteLine($"{Convert.ToHexStringLower(all.GetHashAndReset())}  {2 * vectors.Length} files, and the pixels that they decode to; {VaeCpu.Description}");
        return vectors.Length > 0;
    }
}
