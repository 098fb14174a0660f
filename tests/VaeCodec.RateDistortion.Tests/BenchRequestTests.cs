using VaeCodec.RateDistortion.CommandLine;
using VaeCodec.RateDistortion.Tests.Support;

namespace VaeCodec.RateDistortion.Tests;

public sealed class BenchRequestTests : IDisposable
{
    private readonly BenchFolder _folder = new();

    private BenchRequest Good => new() { Folder = _folder.Path };

    private string Nowhere => Path.Combine(_folder["nowhere"], "out");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void OutputsInAMissingFolderAreRefused()
    {
        Refuses(Good with { Json = Nowhere }, "--json '");
        Refuses(Good with { Csv = Nowhere }, "--csv '");
        Refuses(Good with { Html = Nowhere }, "--html '");
        Refuses(Good with { Svg = Nowhere }, "--svg '");
        Assert.False(Directory.Exists(_folder["nowhere"]));
    }

    [Fact]
    public void OutputsWhosePlaceIsTakenAreRefused()
    {
        File.WriteAllText(_folder["file"], "text");
        Refuses(Good with { Csv = _folder.Path }, "--csv '");
        Refuses(Good with { CompressAi = _folder["file"] }, "--compressai '");
    }

    /// <summary>CompressAI's files are called by codecs: vae.json would take the place of results that hours were spent on.</summary>
    [Fact]
    public void FilesAmongThoseOfCompressAiAreRefused()
    {
        Directory.CreateDirectory(_folder["ai"]);
        Refuses(Good with { CompressAi = _folder["ai"] + Path.DirectorySeparatorChar, Json = Path.Combine(_folder["ai"], "vae.json") }, "--json '");
        Refuses(Good with { CompressAi = _folder["ai"], Overlays = ["x"], OverlayFile = Path.Combine(_folder["ai"], "jpeg420.json") }, "--overlay-file '");
        (Good with { CompressAi = _folder["ai"], Json = _folder["vae.json"], Csv = Path.Combine(_folder["ai"], "vae.csv") }).Validate();
    }

    [LinuxFact]
    public void LinksLeadNobodyAmongThem()
    {
        Directory.CreateDirectory(_folder["real"]);
        Directory.CreateSymbolicLink(_folder["link"], _folder["real"]);
        Refuses(Good with { CompressAi = _folder["link"], Json = Path.Combine(_folder["link"], "vae.json") }, "--json '");
        Refuses(Good with { CompressAi = _folder["link"] + "/", Json = Path.Combine(_folder["real"], "vae.json") }, "--json '");
        Refuses(Good with { CompressAi = _folder["real"], Json = Path.Combine(_folder["link"], "vae.json") }, "--json '");
        File.WriteAllText(_folder["elsewhere.json"], "{}");
        File.CreateSymbolicLink(Path.Combine(_folder["real"], "vae.json"), _folder["elsewhere.json"]);
        Refuses(Good with { CompressAi = _folder["real"], Json = Path.Combine(_folder["real"], "vae.json") }, "--json '");
        Refuses(Good with { CompressAi = _folder["real"], Json = Path.Combine(_folder["link"], "vae.json") }, "--json '");
    }

    [Fact]
    public void PublishedCurvesAreNotWrittenOver()
    {
        File.WriteAllText(_folder["curves.json"], "{}");
        Refuses(Good with { Overlays = ["x"], OverlayFile = _folder["curves.json"], Csv = _folder["curves.json"] }, "--overlay-file and --csv");
    }

    [Fact]
    public void OutputsThatCanBeWrittenAreNot()
    {
        BenchRequest request = Good with { Json = _folder["out.json"], Csv = _folder["out.csv"], Html = _folder["out.html"], Svg = _folder["out.svg"], CompressAi = Nowhere, ChosenCropRate = 0.4 };
        request.Validate();
        Assert.False(Directory.Exists(_folder["nowhere"]));
    }

    [Fact]
    public void WhatIsNotSaidIsTheUsual()
    {
        Assert.Equal((BenchRequest.UsualBaseline, BenchRequest.UsualCropRate), (Good.Baseline, Good.CropRate));
        BenchRequest chosen = Good with { ChosenBaseline = "vae", ChosenCropRate = 0.4 };
        Assert.Equal(("vae", 0.4), (chosen.Baseline, chosen.CropRate));
        Refuses(chosen, "--crop-bpp");
    }

    private static void Refuses(BenchRequest request, string option)
    {
        var exception = Assert.Throws<BenchUsageException>(request.Validate);
        Assert.Contains(option, exception.Message, StringComparison.Ordinal);
    }
}
