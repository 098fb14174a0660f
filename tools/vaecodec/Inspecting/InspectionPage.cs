using System.Globalization;
using System.Net;
using System.Text;
using VaeCodec.Inspection;
using VaeCodec.Models.Description;

namespace VaeCodec.Tool;

/// <summary>An inspection as a page of HTML that needs nothing else: pictures are within it.</summary>
internal sealed class InspectionPage(string name, PictureInspection inspection)
{
    private const int MostTiles = 60;
    private const double LatentPixels = ModelDescription.LatentStride * ModelDescription.LatentStride;
    private readonly StringBuilder _html = new();

    /// <summary>The picture as it decodes, a data URI.</summary>
    public required string Picture { get; init; }

    /// <summary>What earlier stages show, and how far from the picture each is in dB; empty where there are no latents.</summary>
    public IReadOnlyList<(string Uri, double Psnr)> Stages { get; init; } = [];

    /// <summary>The bits of each position as a picture; null where there are no latents.</summary>
    public string? BitsMap { get; init; }

    /// <summary>Bits that z makes expected, in the same colours.</summary>
    public string? ExpectedMap { get; init; }

    /// <summary>How many times the picture's sides those of the map are: its last squares may reach beyond.</summary>
    public (double Across, double Down) MapExtent { get; init; } = (1, 1);

    /// <summary>Bits of a position that has the brightest colour.</summary>
    public double Brightest { get; init; }

    /// <summary>Basis pictures of the dearest channels.</summary>
    public IReadOnlyList<(int Channel, string Uri)> Basis { get; init; } = [];

    /// <summary>The page.</summary>
    public string Write()
    {
        PictureDescription picture = inspection.Info.Picture;
        string title = WebUtility.HtmlEncode(name);
        _html.Append(CultureInfo.InvariantCulture, $$"""
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>{{title}}</title>
            <style>
            :root { color-scheme: light dark; --line: #8884; --soft: #8882; --bar: #c2453f; }
            body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 68rem; padding: 0 1rem; }
            h1 { font-size: 1.5rem; margin: 0; } h2 { font-size: 1.15rem; margin: 2.5rem 0 .3rem; border-top: 1px solid var(--line); padding-top: 1rem; }
            p { margin: .3rem 0 .8rem; max-width: 46rem; } .facts, figcaption { opacity: .75; } figure { margin: 0; } figcaption { font-size: .85rem; }
            .row { display: grid; gap: 1rem; grid-template-columns: repeat(auto-fit, minmax(17rem, 1fr)); }
            img { display: block; width: 100%; height: auto; border-radius: 4px; } .map { image-rendering: pixelated; }
            .stack { position: relative; overflow: hidden; border-radius: 4px; } .stack .map { position: absolute; left: 0; top: 0; width: {{100 * MapExtent.Across:0.###}}%; height: {{100 * MapExtent.Down:0.###}}%; max-width: none; opacity: .55; }
            .scale { display: flex; align-items: center; gap: .6rem; font-size: .85rem; } .scale i { flex: 1; max-width: 16rem; height: .7rem; border-radius: 3px; background: {{HeatColours.Gradient}}; }
            table { border-collapse: collapse; font-variant-numeric: tabular-nums; } td, th { padding: .15rem .9rem .15rem 0; text-align: right; } td:first-child, th:first-child { text-align: left; }
            .bar { width: 18rem; text-align: left; } .bar i { display: block; height: .8rem; background: var(--bar); border-radius: 2px; min-width: 1px; }
            .basis { display: grid; gap: .6rem; grid-template-columns: repeat(auto-fill, minmax(5.2rem, 1fr)); } .basis img { image-rendering: pixelated; }
            svg { width: 100%; height: 9rem; background: var(--soft); border-radius: 4px; } svg rect { fill: var(--bar); }
            </style></head><body>
            <h1>{{title}}</h1>
            <p class="facts">{{picture.Width}} x {{picture.Height}}, {{WebUtility.HtmlEncode(LayoutText.ForPeople(picture))}}; {{ByteSize.Format(inspection.FileBytes)}}, {{8.0 * inspection.FileBytes / ((double)picture.Width * picture.Height):0.000}} bits per pixel;
            {{(inspection.Info.HasNetworks ? string.Create(CultureInfo.InvariantCulture, $"quality {inspection.Info.Quality}, model {WebUtility.HtmlEncode(inspection.Info.ModelName)} {inspection.Info.ModelIdentity[..8]}") : inspection.Info.IsLossless ? "lossless" : "near-lossless")}}; {{inspection.Tiles.Count}} tiles; .vae {{inspection.Info.MajorVersion}}.{{inspection.Info.MinorVersion}}</p>

            """);
        WritePlaces();
        WriteParts();
        WriteStages();
        WriteChannels();
        WriteTiles();
        return _html.Append("</body></html>\n").ToString();
    }

    private void WritePlaces()
    {
        if (BitsMap is null)
        {
            _html.Append(CultureInfo.InvariantCulture, $"<h2>The picture</h2><figure><img src=\"{Picture}\" alt=\"the picture\"></figure>\n");
            return;
        }

        _html.Append(CultureInfo.InvariantCulture, $"""
            <h2>Where the bits go</h2>
            <p>Every square of the map is a latent, 16 x 16 pixels. Move the slider to see the picture beneath. Tiles that are coded as samples have one colour: what a pixel of them took is not known.</p>
            <div class="stack"><img src="{Picture}" alt="the picture"><img class="map" id="heat" src="{BitsMap}" alt="bits of each position"></div>
            <p class="scale">0 <i></i> {Brightest / LatentPixels:0.00} bits per pixel and more &nbsp; <label>map <input type="range" min="0" max="100" value="55" oninput="document.getElementById('heat').style.opacity=this.value/100"></label></p>
            <h2>What the hyper-latents expect</h2>
            <p>The hyper-latents z say of every symbol how much it is likely to differ from its mean: sigma. On the left the bits that follow from that, before a symbol is read; on the right those that it took.</p>
            <div class="row"><figure><img class="map" src="{ExpectedMap}" alt="expected bits"><figcaption>expected from z</figcaption></figure><figure><img class="map" src="{BitsMap}" alt="bits"><figcaption>taken</figcaption></figure></div>

            """);
    }

    private void WriteParts()
    {
        _html.Append("<h2>What takes the bytes</h2><table>\n");
        double all = 8.0 * inspection.FileBytes;
        foreach ((string part, double bits) in InspectionText.Parts(inspection).Where(part => part.Bits != 0))
        {
            _html.Append(CultureInfo.InvariantCulture, $"<tr><td>{part}</td><td>{bits / 8:0} B</td><td>{bits / all * 100:0.0} %</td><td class=\"bar\"><i style=\"width:{Math.Max(bits, 0) / all * 100:0.0}%\"></i></td></tr>\n");
        }

        _html.Append("</table><p>Sections:</p><table>\n");
        foreach (SectionShare section in inspection.Sections)
        {
            _html.Append(CultureInfo.InvariantCulture, $"<tr><td>{section.Name}</td><td>{section.Count}</td><td>{section.Bytes} B</td></tr>\n");
        }

        _html.Append("</table>\n");
    }

    private void WriteStages()
    {
        if (Stages.Count == 0)
        {
            return;
        }

        string[] captions = ["from z alone: the means that it gives", "and the symbols of the first pass, every other position; those between follow from them", "whole"];
        _html.Append("<h2>What each part is for</h2>\n<div class=\"row\">\n");
        for (int i = 0; i < Stages.Count; i++)
        {
            string distance = double.IsInfinity(Stages[i].Psnr) ? "" : string.Create(CultureInfo.InvariantCulture, $"; {Stages[i].Psnr:0.0} dB from the whole");
            _html.Append(CultureInfo.InvariantCulture, $"<figure><img src=\"{Stages[i].Uri}\" alt=\"{captions[i]}\"><figcaption>{captions[i]}{distance}</figcaption></figure>\n");
        }

        _html.Append("</div>\n");
    }

    private void WriteChannels()
    {
        if (inspection is not { Latents: { } latents, Sparsity: { } sparsity })
        {
            return;
        }

        double all = latents.ChannelBits.Sum();
        _html.Append(CultureInfo.InvariantCulture, $"""
            <h2>Sparsity and channels</h2>
            <p>{sparsity * 100:0.0} % of the {inspection.Tiles.Sum(tile => tile.Symbols)} symbols are zero. {latents.ChannelNonZeros.Count(count => count > 0)} of {latents.Channels} channels have any other symbol in this picture. Bits of each channel, the dearest first:</p>

            """);
        IReadOnlyList<int> dearest = InspectionText.DearestChannels(latents);
        BarChart.Append(_html, [.. dearest.Select(channel => latents.ChannelBits[channel])], "bits of each channel");
        _html.Append("<p>What a symbol of the dearest channels draws, three latents wide, each stretched to full contrast: number, share of the symbols' bits, share of symbols that are not zero.</p>\n<div class=\"basis\">\n");
        foreach ((int channel, string uri) in Basis)
        {
            double share = all > 0 ? latents.ChannelBits[channel] / all * 100 : 0;
            double full = latents.SymbolsOfAChannel > 0 ? 100.0 * latents.ChannelNonZeros[channel] / latents.SymbolsOfAChannel : 0;
            _html.Append(CultureInfo.InvariantCulture, $"<figure><img src=\"{uri}\" alt=\"channel {channel}\"><figcaption>{channel}: {share:0.0} %, {full:0} %</figcaption></figure>\n");
        }

        _html.Append("</div>\n");
    }

    private void WriteTiles()
    {
        _html.Append("<h2>Tiles</h2><table><tr><th>column, row</th><th>coded as</th><th>bytes</th><th>bits per pixel</th><th>not zero</th></tr>\n");
        PictureDescription picture = inspection.Info.Picture;
        int side = inspection.Info.TileSize;
        foreach (TileInspection tile in inspection.Tiles.Take(MostTiles))
        {
            double pixels = (double)Math.Min(side, picture.Width - (tile.Column * side)) * Math.Min(side, picture.Height - (tile.Row * side));
            string kind = tile.Kind switch { TileKind.Latents => "latents", TileKind.Samples => "samples", _ => "samples, repeats" };
            string nonZeros = tile.Symbols > 0 ? string.Create(CultureInfo.InvariantCulture, $"{100.0 * tile.NonZeros / tile.Symbols:0.0} %") : "";
            _html.Append(CultureInfo.InvariantCulture, $"<tr><td>{tile.Column}, {tile.Row}</td><td>{kind}</td><td>{tile.CodedBytes}</td><td>{8.0 * tile.CodedBytes / pixels:0.000}</td><td>{nonZeros}</td></tr>\n");
        }

        _html.Append("</table>\n");
        if (inspection.Tiles.Count > MostTiles)
        {
            _html.Append(CultureInfo.InvariantCulture, $"<p>and {inspection.Tiles.Count - MostTiles} more</p>\n");
        }
    }
}
