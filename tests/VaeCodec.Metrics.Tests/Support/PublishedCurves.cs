using System.Text.Json;

namespace VaeCodec.Metrics.Tests.Support;

/// <summary>Published rate-distortion curves on the Kodak pictures, from the folder beside the repository.</summary>
internal static class PublishedCurves
{
    public static string? Path { get; } = Find();

    public static RateCurve Psnr(string codec) => Read(codec, point => point.GetProperty("psnr").GetDouble());

    public static RateCurve MsSsim(string codec) => Read(codec, point => StructuralSimilarity.ToDecibels(point.GetProperty("msssim").GetDouble()));

    private static RateCurve Read(string codec, Func<JsonElement, double> quality)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(Path!));
        IEnumerable<RatePoint> points = document.RootElement.GetProperty(codec).GetProperty("points").EnumerateArray()
            .Select(point => new RatePoint(point.GetProperty("bpp").GetDouble(), quality(point)));
        Assert.True(RateCurve.TryCreate(points, out RateCurve? curve));
        return curve;
    }

    private static string? Find()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder.FullName, "VaeCodec.sln")))
        {
            folder = folder.Parent;
        }

        string? path = folder?.Parent is { } parent ? System.IO.Path.Combine(parent.FullName, "shared", "research", "kodak_rd.json") : null;
        return File.Exists(path) ? path : null;
    }
}
