using VaeCodec.Models.Standard;
using VaeCodec.RateDistortion.Codecs;
using VaeCodec.RateDistortion.CommandLine;
using VaeCodec.RateDistortion.Pictures;
using VaeCodec.RateDistortion.Results;
using VaeCodec.RateDistortion.Tests.Support;

namespace VaeCodec.RateDistortion.Tests;

/// <summary>Alone, because measuring resets the peak of the process that ResidentPeakTests reads.</summary>
[Collection(nameof(AloneCollection))]
public sealed class VaeCodecsTests : IDisposable
{
    private readonly BenchFolder _folder = new();

    private static string Frozen => Path.Combine(AppContext.BaseDirectory, "frozen.vaemodel");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void EachEffortIsACodec_AndTheQuickOnesAreMeasuredByDefault()
    {
        Assert.Equal(VaeEncoderOptions.HighestEffort, VaeCodecs.Names.Count);
        Assert.Equal("vae", VaeCodecs.Names[0]);
        Assert.Contains("vae-e1", VaeCodecs.Names);
        Assert.Equal(["vae", "vae-e1", "vae-lossless", "jpeg420", "jpeg444", "png", "webp", "webp-lossless", "avif", "jxl", "jxl-lossless"], CodecCatalogue.DefaultNames);
        Assert.All(VaeCodecs.Names, name => Assert.Contains(name, CodecCatalogue.Names));
        IReadOnlyList<ICodec> codecs = Create(VaeCodecs.Names);
        Assert.Equal(VaeCodecs.Names, codecs.Select(codec => codec.Name));
        Assert.Contains($"effort {new VaeEncoderOptions().Effort}", codecs[0].Settings, StringComparison.Ordinal);
        Assert.Equal(codecs.Count, codecs.Select(codec => codec.Settings).Distinct().Count());
        Assert.Single(codecs.Select(codec => codec.Version).Distinct());
    }

    [Fact]
    public async Task TheFileIsThatOfTheEffort()
    {
        await _folder.AddPictureAsync("a.png", 192, 128);
        BenchPicture picture = await PictureFiles.PrepareAsync(Path.Combine(_folder.Pictures, "a.png"), _folder.Path, default);
        foreach (ICodec codec in Create(["vae", "vae-e1"]))
        {
            int effort = codec.Name == "vae" ? VaeEncoderOptions.DefaultEffort : 1;
            byte[] expected = VaeEncoder.Encode(picture.Description, picture.Pixels, new VaeEncoderOptions { Quality = 40, Effort = effort });
            CodecRun run = await codec.RunAsync(picture, 40, _folder.Path, default);
            Assert.Equal(expected.Length, run.FileBytes);
        }
    }

    [Fact]
    public void PointsOfOtherSettingsAreNotTaken()
    {
        ICodec codec = Create(["vae"]).Single();
        var picture = new PictureResult { File = "p", Hash = "h", Width = 1, Height = 1 };
        CodecResult Old(string version, string settings)
            => new() { Name = "vae", Description = "", Version = version, Settings = settings, Lossless = false, Timing = CodecTiming.Library, Pictures = [picture] };
        var document = new ResultsDocument { Codecs = [Old(codec.Version, "quality Q"), Old("another", codec.Settings)] };
        Assert.Empty(document.For(codec).Pictures);
        var same = new ResultsDocument { Codecs = [Old("another", codec.Settings), Old(codec.Version, codec.Settings)] };
        Assert.Same(same.Codecs[1], same.For(codec));
    }

    [Fact]
    public void ModelsHaveTheirFileNamesAtEachEffort()
    {
        IReadOnlyList<ICodec> codecs = Create(["vae", "vae-e1"], "standard", Frozen);
        Assert.Equal(["vae-standard", "vae-frozen", "vae-standard-e1", "vae-frozen-e1"], codecs.Select(codec => codec.Name));
        Assert.NotEqual(codecs[0].Version, codecs[1].Version);
        Assert.Equal(["vae", "vae-e1"], Create(["vae", "vae-e1"], Frozen).Select(codec => codec.Name));
    }

    [Theory]
    [InlineData("standard.vaemodel")]
    [InlineData("e1.vaemodel")]
    [InlineData("lossless.vaemodel")]
    public void NamesNeverMeanTwoThings(string file)
    {
        File.Copy(Frozen, _folder[file]);
        string[] names = [.. Create(["vae", "vae-e1"], "standard", _folder[file]).Select(codec => codec.Name)];
        Assert.Equal(4, names.Distinct().Count());
        Assert.DoesNotContain("vae-e1", names);

        // The names say the same whatever the order, or a results file would be wrong after it changed.
        Assert.Equal(names.Order(), Create(["vae-e1", "vae"], _folder[file], "standard").Select(codec => codec.Name).Order());
    }

    [Fact]
    public void TheSameModelTwiceIsRefused()
    {
        File.Copy(Frozen, _folder["other.vaemodel"]);
        var exception = Assert.Throws<BenchUsageException>(() => Create(["vae"], Frozen, _folder["other.vaemodel"]));
        Assert.Contains("the same model", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void QualitiesOfAFamilyAreThoseOfItsCodecsUnlessOneHasItsOwn()
    {
        IReadOnlyList<ICodec> codecs = [.. Create(["vae", "vae-e1"], "standard", Frozen), new FakeCodec("fake")];
        var choice = QualityChoice.Parse(["5", "vae=30,40", "vae-frozen=50"], codecs, []);
        Assert.Equal([[30, 40], [50], [30, 40], [30, 40], [5]], codecs.Select(codec => choice.For(codec)!));
    }

    private static IReadOnlyList<ICodec> Create(IEnumerable<string> names, params string[] models)
        => CodecCatalogue.Create(names, models, missing => Assert.Fail(missing));

    /// <summary>The default effort of one would be called as effort 1 of the other is.</summary>
    [Fact]
    public void AModelCalledAsAnotherAtAnEffort_IsToldApart()
    {
        File.Copy(Frozen, _folder["a-e1.vaemodel"]);
        File.WriteAllBytes(_folder["a.vaemodel"], StandardModel.Read()!);
        string[] names = [.. Create(["vae", "vae-e1"], _folder["a.vaemodel"], _folder["a-e1.vaemodel"]).Select(codec => codec.Name)];
        Assert.Equal(4, names.Distinct().Count());
        Assert.Contains("vae-a-e1", names);
    }
}
