using VaeCodec.Conformance.Tests.Streams;

namespace VaeCodec.Conformance.Tests.Vectors;

/// <summary>Changes to the files that the encoder writes, for vectors with what it does not write. All check sums and offsets are right again.</summary>
internal static class VectorEdits
{
    /// <summary>The file of an older version that has the same tiles: before 0.4 the header has no bounds of errors.</summary>
    public static byte[] ToVersion0(byte[] file, int minor) => Change(file, stream =>
    {
        (stream.Major, stream.Minor) = (0, (byte)minor);
        if (minor < 4)
        {
            stream.Section('H').Payload = stream.Header[..^4];
        }
    });

    /// <summary>As a minor version to come may be: a higher number, an optional flag of the header, sections of new types.</summary>
    public static byte[] ToMinor(byte[] file, byte minor) => Change(file, stream =>
    {
        stream.Minor = minor;
        stream.Header[13] = 0xA5;
        AddUnknownSections(stream);
    });

    /// <summary>With sections of unknown types wherever they may stand: behind the header, among metadata and tiles, before the end; empty and not, with flags that are ignored.</summary>
    public static byte[] WithUnknownSections(byte[] file) => Change(file, AddUnknownSections);

    /// <summary>With an index, whatever the number of tiles.</summary>
    public static byte[] WithIndex(byte[] file) => Change(file, stream =>
        stream.Sections.Insert(stream.Sections.Count - 1, new StreamSection((byte)'N', 0, new byte[12 * stream.Sections.Count(section => section.Type == 'T')])));

    /// <summary>Without the index.</summary>
    public static byte[] WithoutIndex(byte[] file) => Change(file, stream => stream.Sections.Remove(stream.Section('N')));

    private static void AddUnknownSections(StreamStructure stream)
    {
        byte[] types = [(byte)'a', 0, (byte)'Q', 255, (byte)'q'];
        byte[] flags = [0, 2, 0xF0, 0xF2];
        for (int i = stream.Sections.Count - 1; i > 0; i--)
        {
            byte[] payload = [.. Enumerable.Range(0, i % 3 * 70).Select(value => (byte)(value * 7))];
            stream.Sections.Insert(i, new StreamSection(types[i % types.Length], flags[i % flags.Length], payload));
        }
    }

    private static byte[] Change(byte[] file, Action<StreamStructure> change)
    {
        StreamStructure stream = StreamStructure.Parse(file);
        change(stream);
        stream.UpdateTail();
        return stream.ToArray();
    }
}
