using System.Text;
using VaeCodec.Conformance.Tests.Frozen;

namespace VaeCodec.Conformance.Tests.Vectors;

/// <summary>All vectors. A released vector is never changed or removed; new ones are added at the end.</summary>
internal static class VectorCatalogue
{
    public static IReadOnlyList<VectorDefinition> All { get; } = [.. VectorsBeforeTheFreeze.All, .. VectorsOfVersion1.All];

    /// <summary>The names, as theory data.</summary>
    public static TheoryData<string> Names => [.. All.Select(definition => definition.Name)];

    /// <summary>A vector by name.</summary>
    public static VectorDefinition Find(string name) => All.First(definition => definition.Name == name);

    /// <summary>The picture's description as it enters the encoder.</summary>
    public static PictureDescription Describe(VectorDefinition definition)
    {
        PictureDescription picture = new(definition.Width, definition.Height, definition.Layout) { BitDepth = definition.BitDepth };
        return !definition.HasMetadata ? picture : picture with
        {
            Colour = new ColourCodePoints(12, 13, 0, true),
            Metadata = new PictureMetadata
            {
                // Not a real profile: the container carries bytes and does not look into them.
                IccProfile = [.. Enumerable.Range(0, 700).Select(i => (byte)(i * i >> 3))],
                Exif = [.. "II*\0"u8, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0],
                Xmp = Encoding.UTF8.GetBytes("<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">" + string.Concat(Enumerable.Repeat("<rdf:li>grün</rdf:li>", 20)) + "</x:xmpmeta>"),
            },
        };
    }
}
