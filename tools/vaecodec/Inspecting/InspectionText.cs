using System.Globalization;
using VaeCodec.Inspection;

namespace VaeCodec.Tool;

/// <summary>An inspection for people and for programs, as text.</summary>
internal static class InspectionText
{
    private const int ChannelsNamed = 8;

    /// <summary>The parts of a file and their bits: what the networks' symbols take by their probabilities, samples, alpha, and what is left, which is the container and the coders' ends.</summary>
    public static IReadOnlyList<(string Name, double Bits)> Parts(PictureInspection inspection)
    {
        IReadOnlyList<TileInspection> tiles = inspection.Tiles;
        double hyper = tiles.Sum(tile => tile.HyperBits), first = tiles.Sum(tile => tile.FirstPassBits), second = tiles.Sum(tile => tile.SecondPassBits);
        double alpha = 8.0 * tiles.Sum(tile => (long)tile.AlphaBytes), samples = 8.0 * tiles.Where(tile => tile.Kind != TileKind.Latents).Sum(tile => (long)(tile.CodedBytes - tile.AlphaBytes));
        double metadata = 8.0 * inspection.Sections.Where(section => section.Name is "ICC profile" or "EXIF" or "XMP" or "unknown").Sum(section => section.Bytes);
        double rest = (8.0 * inspection.FileBytes) - hyper - first - second - alpha - samples - metadata;
        return [.. ((string, double)[])[("hyper-latents z", hyper), ("latents, first pass", first), ("latents, second pass", second), ("samples", samples), ("alpha", alpha), ("metadata", metadata), ("container", rest)]];
    }

    /// <summary>Channels by what they take, the dearest first.</summary>
    public static IReadOnlyList<int> DearestChannels(LatentInspection latents)
        => [.. Enumerable.Range(0, latents.Channels).OrderByDescending(channel => latents.ChannelBits[channel]).ThenBy(channel => channel)];

    /// <summary>For people.</summary>
    public static string ForPeople(string name, PictureInspection inspection)
    {
        PictureDescription picture = inspection.Info.Picture;
        List<string> lines = [string.Create(CultureInfo.InvariantCulture, $"{name}: {picture.Width} x {picture.Height}, {ByteSize.Format(inspection.FileBytes)}, {8.0 * inspection.FileBytes / ((double)picture.Width * picture.Height):0.000} bits per pixel")];
        foreach ((string part, double bits) in Parts(inspection).Where(part => part.Bits != 0))
        {
            lines.Add(string.Create(CultureInfo.InvariantCulture, $"  {part,-22}{bits / 8,12:0} B {bits / (8.0 * inspection.FileBytes) * 100,6:0.0} %"));
        }

        int[] kinds = [.. Enum.GetValues<TileKind>().Select(kind => inspection.Tiles.Count(tile => tile.Kind == kind))];
        lines.Add(string.Create(CultureInfo.InvariantCulture, $"  {inspection.Tiles.Count} tiles: {kinds[0]} as latents, {kinds[1]} as samples, {kinds[2]} as samples with repeats"));
        if (inspection is { Sparsity: { } sparsity, Latents: { } latents })
        {
            lines.Add(string.Create(CultureInfo.InvariantCulture, $"  {sparsity * 100:0.0} % of the latents' symbols are zero; {latents.ChannelNonZeros.Count(count => count > 0)} of {latents.Channels} channels have others"));
            double all = latents.ChannelBits.Sum();
            string dearest = string.Join(", ", DearestChannels(latents).Take(ChannelsNamed).Select(channel => string.Create(CultureInfo.InvariantCulture, $"{channel} ({(all > 0 ? latents.ChannelBits[channel] / all * 100 : 0):0.0} %)")));
            lines.Add($"  dearest channels: {dearest}");
        }

        return string.Join('\n', lines);
    }

    /// <summary>For programs.</summary>
    public static string ForPrograms(string name, PictureInspection inspection) => JsonLine.Write(writer =>
    {
        writer.WriteString("file", name);
        writer.WriteNumber("file_bytes", inspection.FileBytes);
        writer.WriteStartObject("bits");
        foreach ((string part, double bits) in Parts(inspection))
        {
            writer.WriteNumber(part.Replace(",", "", StringComparison.Ordinal).Replace(' ', '_').Replace('-', '_'), Math.Round(bits, 1));
        }

        writer.WriteEndObject();
        writer.WriteStartArray("sections");
        foreach (SectionShare section in inspection.Sections)
        {
            writer.WriteStartObject();
            writer.WriteString("type", section.Name);
            writer.WriteNumber("count", section.Count);
            writer.WriteNumber("bytes", section.Bytes);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("tiles");
        foreach (TileInspection tile in inspection.Tiles)
        {
            writer.WriteStartObject();
            writer.WriteNumber("column", tile.Column);
            writer.WriteNumber("row", tile.Row);
            writer.WriteString("kind", tile.Kind.ToString().ToLowerInvariant());
            writer.WriteNumber("coded_bytes", tile.CodedBytes);
            writer.WriteNumber("symbols", tile.Symbols);
            writer.WriteNumber("non_zeros", tile.NonZeros);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        if (inspection is { Sparsity: { } sparsity, Latents: { } latents })
        {
            writer.WriteNumber("zeros", Math.Round(sparsity, 6));
            writer.WriteStartArray("channel_bits");
            foreach (double bits in latents.ChannelBits)
            {
                writer.WriteNumberValue(Math.Round(bits, 1));
            }

            writer.WriteEndArray();
        }
    });
}
