using System.Globalization;
using System.Net;
using System.Text;
using VaeCodec.Imaging;

namespace VaeCodec.Tool;

/// <summary>Pictures of one size side by side, written as one picture or as a page that needs nothing else.</summary>
internal sealed class PictureSheet
{
    private const int Gap = 4;

    /// <summary>What it shows.</summary>
    public required string Title { get; init; }

    /// <summary>What a page says above the pictures.</summary>
    public required IReadOnlyList<string> Paragraphs { get; init; }

    /// <summary>The pictures, row after row.</summary>
    public required IReadOnlyList<SheetPicture> Pictures { get; init; }

    /// <summary>Pictures in a row.</summary>
    public required int Columns { get; init; }

    /// <summary>Mean divergence of each latent in nats, for a chart below the pictures; null for none.</summary>
    public IReadOnlyList<float>? Divergences { get; init; }

    /// <summary>Whether a file of such a name becomes a page.</summary>
    public static bool IsPage(string path) => Path.GetExtension(path).ToUpperInvariant() is ".HTML" or ".HTM";

    /// <summary>Refuses a name that is neither that of a page nor of a picture that can be written.</summary>
    /// <exception cref="UsageException">It is such a name.</exception>
    public static void CheckName(string path)
    {
        if (!IsPage(path) && OutputFormat.OfPath(path) is null)
        {
            throw new UsageException($"'{path}' says neither a page (.html) nor a picture that is written ({OutputFormat.Names})");
        }
    }

    /// <summary>Refuses a sheet that would take more memory than is allowed, before anything is drawn.</summary>
    /// <param name="count">Pictures.</param>
    /// <param name="width">Pixels in a row of each.</param>
    /// <param name="height">Rows of each.</param>
    /// <param name="beside">Bytes for each pixel that are needed once, to draw them.</param>
    /// <param name="limits">What is allowed.</param>
    /// <param name="networks">Bytes that networks take to draw one.</param>
    /// <exception cref="VaeLimitException">It would.</exception>
    public static void CheckMemory(int count, int width, int height, int beside, VaeLimits limits, long networks = 0)
    {
        // The pictures, and the sheet of them, which has room for less than twice as many; a page holds one of them at a time as text.
        long each = ((long)width + Gap) * (height + Gap), needed = (each * ((9L * count) + beside)) + networks, most = Math.Min(limits.MaxMemoryBytes, Array.MaxLength);
        if (needed > most)
        {
            throw new VaeLimitException($"{count} pictures of {width} x {height} take {ByteSize.Format(needed)} of memory, more than the {ByteSize.Format(most)} allowed. Take fewer or smaller ones, or raise --max-memory.");
        }
    }

    /// <summary>Writes the sheet in the format that a file's name says.</summary>
    /// <param name="output">The file.</param>
    /// <param name="path">Its name, which <see cref="CheckName"/> has passed.</param>
    /// <param name="cancellationToken">Cancels the writing.</param>
    public async Task WriteAsync(OutputFile output, string path, CancellationToken cancellationToken)
    {
        if (OutputFormat.OfPath(path) is { } format)
        {
            DecodedPicture sheet = ToPicture();
            await RowCopy.CopyAsync(new MemoryRowSource(sheet.Picture, sheet.Pixels), format.CreateWriter(output.Stream, PictureWriterOptions.Default), cancellationToken).ConfigureAwait(false);
        }
        else
        {
            await WritePageAsync(output.Stream, cancellationToken).ConfigureAwait(false);
        }

        await output.CommitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>All pictures as one, with white between them.</summary>
    public DecodedPicture ToPicture()
    {
        PictureDescription each = Pictures[0].Picture.Picture;
        int columns = Math.Min(Columns, Pictures.Count), rows = (Pictures.Count + columns - 1) / columns;
        PictureDescription sheet = new(checked((columns * (each.Width + Gap)) - Gap), checked((rows * (each.Height + Gap)) - Gap), PixelLayout.Rgb24);
        byte[] pixels = new byte[checked(sheet.RowBytes * sheet.Height)];
        pixels.AsSpan().Fill(byte.MaxValue);
        for (int i = 0; i < Pictures.Count; i++)
        {
            int left = i % columns * (each.Width + Gap), top = i / columns * (each.Height + Gap);
            for (int y = 0; y < each.Height; y++)
            {
                Pictures[i].Picture.Pixels.AsSpan(y * each.RowBytes, each.RowBytes).CopyTo(pixels.AsSpan(((top + y) * sheet.RowBytes) + (left * 3)));
            }
        }

        return new DecodedPicture(sheet, pixels);
    }

    private async Task WritePageAsync(Stream output, CancellationToken cancellationToken)
    {
        string title = WebUtility.HtmlEncode(Title);
        bool captioned = Pictures.Any(picture => picture.Caption.Length > 0);

        // Small pictures are drawn larger, but not so large that a screen shows only a few.
        int width = Math.Clamp(1040 / Columns, 96, Math.Max(192, Pictures[0].Picture.Picture.Width));
        StringBuilder html = new();
        html.Append(CultureInfo.InvariantCulture, $$"""
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>{{title}}</title>
            <style>
            :root { color-scheme: light dark; --soft: #8882; --bar: #c2453f; }
            body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 68rem; padding: 0 1rem; }
            h1 { font-size: 1.5rem; margin: 0 0 .5rem; } h2 { font-size: 1.15rem; margin: 2rem 0 .3rem; } p { margin: .3rem 0 .8rem; max-width: 46rem; }
            .sheet { display: grid; gap: {{(captioned ? ".9rem .5rem" : "4px")}}; grid-template-columns: repeat({{Columns}}, minmax(0, {{width}}px)); margin-top: 1.2rem; }
            figure { margin: 0; } figcaption { font-size: .8rem; opacity: .75; line-height: 1.3; margin-top: .2rem; } img { display: block; width: 100%; height: auto; border-radius: 3px; }
            svg { width: 100%; height: 9rem; background: var(--soft); border-radius: 4px; } svg rect { fill: var(--bar); }
            </style></head><body>
            <h1>{{title}}</h1>

            """);
        foreach (string paragraph in Paragraphs)
        {
            html.Append(CultureInfo.InvariantCulture, $"<p>{WebUtility.HtmlEncode(paragraph)}</p>\n");
        }

        html.Append("<div class=\"sheet\">\n");
        await FlushAsync(html, output, cancellationToken).ConfigureAwait(false);
        foreach (SheetPicture picture in Pictures)
        {
            string uri = await DataUri.OfAsync(picture.Picture.Picture, picture.Picture.Pixels, cancellationToken).ConfigureAwait(false);
            string caption = WebUtility.HtmlEncode(picture.Caption);
            html.Append(CultureInfo.InvariantCulture, $"<figure><img src=\"{uri}\" alt=\"{caption}\">{(caption.Length > 0 ? $"<figcaption>{caption}</figcaption>" : string.Empty)}</figure>\n");
            await FlushAsync(html, output, cancellationToken).ConfigureAwait(false);
        }

        html.Append("</div>\n");
        AppendChart(html);
        html.Append("</body></html>\n");
        await FlushAsync(html, output, cancellationToken).ConfigureAwait(false);
    }

    private static async Task FlushAsync(StringBuilder text, Stream output, CancellationToken cancellationToken)
    {
        await output.WriteAsync(Encoding.UTF8.GetBytes(text.ToString()), cancellationToken).ConfigureAwait(false);
        text.Clear();
    }

    private void AppendChart(StringBuilder html)
    {
        if (Divergences is not { Count: > 0 } divergences || divergences.Max() <= 0)
        {
            return;
        }

        html.Append(CultureInfo.InvariantCulture, $"""
            <h2>How much each latent is used</h2>
            <p>Mean divergence of each of the {divergences.Count} latents from its prior over pictures that the model was not trained on, the most used first: {divergences.Sum():0.0} nats together, {divergences.Max():0.00} at most. One of next to none is asleep: that is how a VAE is sparse.</p>

            """);
        BarChart.Append(html, [.. divergences.Select(value => (double)value)], "divergence of each latent");
    }
}
