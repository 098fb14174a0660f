using System.Globalization;
using System.Text.Json;
using VaeCodec.RateDistortion.CommandLine;

namespace VaeCodec.RateDistortion.Published;

/// <summary>A file of published curves: docs/benchmarks-format.md says what it looks like.</summary>
internal static class PublishedFile
{
    /// <summary>Reads the named curves.</summary>
    /// <param name="path">The file.</param>
    /// <param name="names">The names; one that comes twice counts once.</param>
    /// <exception cref="BenchUsageException">The file cannot be read, is not of this kind, or lacks a name.</exception>
    public static IReadOnlyList<PublishedCurve> Read(string path, IEnumerable<string> names)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                throw Malformed(path, "it is not one JSON object of curves by their names");
            }

            JsonElement root = document.RootElement;
            return [.. names.Distinct().Select(name => Curve(path, root, name))];
        }
        catch (JsonException exception)
        {
            throw Malformed(path, exception.Message, exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new BenchUsageException($"{path} (--overlay-file) cannot be read: {exception.Message}", exception);
        }
    }

    private static PublishedCurve Curve(string path, JsonElement root, string name)
    {
        if (!root.TryGetProperty(name, out JsonElement element))
        {
            throw new BenchUsageException($"{path} has no curve '{name}' (--overlay); it has {string.Join(", ", root.EnumerateObject().Select(curve => curve.Name))}.");
        }

        try
        {
            PublishedCurve curve = element.Deserialize(PublishedJson.Default.PublishedCurve) ?? throw Malformed(path, $"the curve '{name}' is null");
            if (curve.Points.Count == 0)
            {
                throw Malformed(path, $"the curve '{name}' has no points");
            }

            for (int i = 0; i < curve.Points.Count; i++)
            {
                Validate(path, name, i, curve.Points[i]);
            }

            return curve with { Name = name, Points = [.. curve.Points.OrderBy(point => point.BitsPerPixel)] };
        }
        catch (JsonException exception)
        {
            throw Malformed(path, $"the curve '{name}': {exception.Message}", exception);
        }
    }

    private static void Validate(string path, string name, int index, PublishedPoint? point)
    {
        string? wrong = point switch
        {
            null => "is null",
            { BitsPerPixel: not > 0 } or { BitsPerPixel: double.PositiveInfinity } => $"has bpp {Text(point.BitsPerPixel)}, which is not above 0",
            { Psnr: not > 0 } or { Psnr: double.PositiveInfinity } => $"has psnr {Text(point.Psnr)}, which is no PSNR in dB",
            { MsSsim: < 0 or > 1 or double.NaN } => $"has msssim {Text(point.MsSsim.Value)}, which is not within 0 to 1 (not in dB)",
            _ => null,
        };
        if (wrong is not null)
        {
            throw Malformed(path, FormattableString.Invariant($"point {index} of the curve '{name}' {wrong}"));
        }
    }

    private static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);

    private static BenchUsageException Malformed(string path, string what, Exception? cause = null)
        => new($"{path} is no file of published curves (--overlay-file): {what}", cause);
}
