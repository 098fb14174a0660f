using System.Security.Cryptography;
using VaeCodec.Conformance.Tests.Frozen;
using VaeCodec.Conformance.Tests.Support;
using VaeCodec.Models.Cpu;

namespace VaeCodec.Conformance.Tests.Vectors;

public class VectorRegeneration
{
    /// <summary>Uses the scalar path: the plainest code is the reference.</summary>
    [RegenerationFact("vectors")]
    public async Task WriteTheVectors()
    {
        foreach (VectorDefinition definition in VectorCatalogue.All)
        {
            VaeModel model = FrozenModel.On(CpuPath.Scalar, definition.Model);
            byte[] file = definition.Encode(model, 1);
            DecodedPicture decoded = VaeDecoder.Decode(file, new VaeDecoderOptions { Models = [model], Threads = 1 });
            await File.WriteAllBytesAsync(VectorRecord.StreamPath(definition.Name), file);
            VectorRecord record = new()
            {
                Width = definition.Width,
                Height = definition.Height,
                Layout = VectorRecord.LayoutName(definition.Layout),
                BitDepth = definition.BitDepth,
                Quality = definition.Quality,
                TileSize = definition.TileSize,
                Tiles = Along(definition.Width, definition.TileSize) * Along(definition.Height, definition.TileSize),
                FileBytes = file.Length,
                FileSha256 = Convert.ToHexStringLower(SHA256.HashData(file)),
                SymbolsSha256 = await StreamSymbols.HashAsync(file, model),
                PixelsSha256 = Convert.ToHexStringLower(SHA256.HashData(decoded.Pixels)),
            };
            record.Write(definition.Name);
        }
    }

    private static int Along(int side, int tileSize) => (side + tileSize - 1) / tileSize;
}
