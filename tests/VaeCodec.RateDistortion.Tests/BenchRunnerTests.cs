using VaeCodec.Imaging;
using VaeCodec.RateDistortion.Codecs;
using VaeCodec.RateDistortion.CommandLine;
using VaeCodec.RateDistortion.Programs;
using VaeCodec.RateDistortion.Results;
using VaeCodec.RateDistortion.Tests.Support;

namespace VaeCodec.RateDistortion.Tests;

public sealed class BenchRunnerTests : IDisposable
{
    private static readonly ProgramFailureException s_onPurpose = new("fake", 3, "on purpose");

    private readonly BenchFolder _folder = new();
    private readonly List<string> _notes = [];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task MeasuresEveryPoint()
    {
        await _folder.AddPictureAsync("a.png", 64, 48);
        await _folder.AddPictureAsync("b.png", 32, 48);
        var codec = new FakeCodec("fake");
        (BenchRunner runner, ResultsDocument document) = await RunAsync(codec, new FakeCodec("exact", lossless: true));
        Assert.Equal(8, runner.Measured);
        CodecResult result = document.Codecs[0];
        Assert.Equal(["a.png", "b.png"], result.Pictures.Select(picture => picture.File));
        Assert.Equal([10, 20, 30], result.Results.Quality);
        Assert.Equal(8.0 * 11000 * ((1.0 / (64 * 48)) + (1.0 / (32 * 48))) / 2, result.Results.BitsPerPixel[0], 12);
        Assert.Equal(30, result.Pictures[0].At(10)!.MaxError);
        Assert.InRange(result.Results.Psnr[0]!.Value, 10, 20);
        Assert.True(result.Results.Psnr[2] > result.Results.Psnr[0]);
        CodecResult exact = document.Codecs[1];
        Assert.True(exact.Lossless);
        Assert.Null(exact.Results.Quality.Single());
        Assert.Null(exact.Results.Psnr.Single());
        Assert.Equal(1, exact.Results.MsSsim.Single());
    }

    [Fact]
    public async Task ASecondRunTakesWhatIsThere()
    {
        await _folder.AddPictureAsync("a.png", 64, 48);
        await RunAsync(new FakeCodec("fake"));
        File.Move(Path.Combine(_folder.Pictures, "a.png"), Path.Combine(_folder.Pictures, "renamed.png"));
        var again = new FakeCodec("fake");
        (BenchRunner runner, ResultsDocument document) = await RunAsync(again);
        Assert.Equal(0, again.Runs);
        Assert.Equal(3, runner.Reused);
        Assert.Equal("renamed.png", document.Codecs.Single().Pictures.Single().File);
    }

    [Fact]
    public async Task AnotherVersionIsMeasuredAndKeptApart()
    {
        await _folder.AddPictureAsync("a.png", 64, 48);
        await RunAsync(new FakeCodec("fake", "1"));
        var newer = new FakeCodec("fake", "2");
        (_, ResultsDocument document) = await RunAsync(newer);
        Assert.Equal(3, newer.Runs);
        Assert.Equal(["1", "2"], document.Codecs.Select(codec => codec.Version));
        Assert.All(document.Codecs, codec => Assert.Equal(3, codec.Results.Quality.Count));
    }

    [Fact]
    public async Task AnotherVersionOfWhichNothingWasMeasured_HidesNothing()
    {
        await _folder.AddPictureAsync("a.png", 64, 48);
        await RunAsync(new FakeCodec("fake", "1"));
        (_, ResultsDocument document) = await RunAsync(new FakeCodec("fake", "2") { Fails = (_, _) => new IOException("no") });
        Assert.Equal("1", Assert.Single(document.Current).Version);
        (_, document) = await RunAsync(new FakeCodec("fake", "2"));
        Assert.Equal("2", Assert.Single(document.Current).Version);
    }

    [Fact]
    public async Task AFailureLosesOnlyItsOwnPointAndIsTriedAgain()
    {
        await _folder.AddPictureAsync("a.png", 64, 48);
        await _folder.AddPictureAsync("b.png", 32, 48);
        await File.WriteAllTextAsync(Path.Combine(_folder.Pictures, "c.png"), "no picture");
        (BenchRunner runner, ResultsDocument document) = await RunAsync(new FakeCodec("fake") { Fails = (name, quality) => name == "b.png" && quality == 20 ? s_onPurpose : null });
        Assert.Equal(5, runner.Measured);
        Assert.Equal(2, document.Failures.Count);
        Assert.Contains(document.Failures, failure => failure is { File: "b.png", Codec: "fake", Quality: 20 } && failure.Message.Contains("on purpose", StringComparison.Ordinal));
        Assert.Contains(document.Failures, failure => failure is { File: "c.png", Codec: null });
        Assert.Contains(_notes, note => note.StartsWith("failed: b.png, fake at quality 20", StringComparison.Ordinal));

        // A mean over one of two pictures would be of another set.
        Assert.Equal([10, 30], document.Codecs.Single().Results.Quality);

        var mended = new FakeCodec("fake");
        (_, document) = await RunAsync(mended);
        Assert.Equal(1, mended.Runs);
        Assert.Equal([10, 20, 30], document.Codecs.Single().Results.Quality);
        Assert.Single(document.Failures);
    }

    [Theory]
    [InlineData(typeof(OverflowException))]
    [InlineData(typeof(ArgumentException))]
    [InlineData(typeof(OutOfMemoryException))]
    [InlineData(typeof(TimeoutException))]
    public async Task WhateverAPointDiesOfTheOthersAreMeasured(Type kind)
    {
        await _folder.AddPictureAsync("a.png", 64, 48);
        (BenchRunner runner, ResultsDocument document) = await RunAsync(new FakeCodec("fake") { Fails = (_, quality) => quality == 10 ? (Exception)Activator.CreateInstance(kind, "too large")! : null });
        Assert.Equal(2, runner.Measured);
        Assert.Equal("too large", Assert.Single(document.Failures).Message);
        Assert.Equal([20, 30], document.Codecs.Single().Results.Quality);
    }

    [Fact]
    public async Task AMistakeInTheProgramIsNotPassedOver()
    {
        await _folder.AddPictureAsync("a.png", 64, 48);
        await Assert.ThrowsAsync<NullReferenceException>(() => RunAsync(new FakeCodec("fake") { Fails = (_, _) => new NullReferenceException() }));
    }

    [Fact]
    public async Task WhatWasMeasuredBeforeAStopIsSaved()
    {
        await _folder.AddPictureAsync("a.png", 64, 48);
        using var stop = new CancellationTokenSource();
        var codec = new FakeCodec("fake")
        {
            Fails = (_, quality) =>
            {
                if (quality == 20)
                {
                    stop.Cancel();
                }

                return null;
            },
        };
        await Assert.ThrowsAsync<OperationCanceledException>(() => RunAsync([codec], stop.Token));
        var again = new FakeCodec("fake");
        await RunAsync(again);
        Assert.Equal(1, again.Runs);
    }

    [Fact]
    public async Task PicturesThatAreGoneOrDoubleDoNotCount()
    {
        await _folder.AddPictureAsync("a.png", 64, 48);
        await _folder.AddPictureAsync("b.png", 32, 48);
        await RunAsync(new FakeCodec("fake"));
        File.Delete(Path.Combine(_folder.Pictures, "b.png"));
        File.Copy(Path.Combine(_folder.Pictures, "a.png"), Path.Combine(_folder.Pictures, "copy.png"));
        (_, ResultsDocument document) = await RunAsync(new FakeCodec("fake"));
        Assert.Single(document.Codecs.Single().Pictures);
        Assert.Contains(_notes, note => note.Contains("not in the folder any more", StringComparison.Ordinal));
        Assert.Contains(_notes, note => note.StartsWith("copy.png: the same pixels", StringComparison.Ordinal));
    }

    [Fact]
    public async Task APictureThatCannotBeReadThisTimeKeepsItsResults()
    {
        await _folder.AddPictureAsync("a.png", 64, 48);
        await _folder.AddPictureAsync("b.png", 32, 48);
        await RunAsync(new FakeCodec("fake"));
        string path = Path.Combine(_folder.Pictures, "b.png");
        byte[] picture = await File.ReadAllBytesAsync(path);
        await File.WriteAllTextAsync(path, "no picture");
        (_, ResultsDocument document) = await RunAsync(new FakeCodec("fake"));
        Assert.Equal("b.png", Assert.Single(document.Failures).File);
        Assert.Equal(["a.png", "b.png"], document.Codecs.Single().Pictures.Select(entry => entry.File));
        Assert.DoesNotContain(_notes, note => note.Contains("not in the folder any more", StringComparison.Ordinal));

        await File.WriteAllBytesAsync(path, picture);
        var mended = new FakeCodec("fake");
        await RunAsync(mended);
        Assert.Equal(0, mended.Runs);
    }

    [Fact]
    public async Task ASaveThatFailsEndsTheRunAndIsNoFailureOfAPoint()
    {
        await _folder.AddPictureAsync("a.png", 64, 48);
        Directory.CreateDirectory(_folder["out"]);
        var results = ResultsFile.Open(Path.Combine(_folder["out"], "results.json"), "fake");
        results.Pause = TimeSpan.Zero;
        var codec = new FakeCodec("fake")
        {
            Fails = (_, quality) =>
            {
                if (quality == 20)
                {
                    Directory.Delete(_folder["out"], recursive: true);
                }

                return null;
            },
        };
        var runner = new BenchRunner(results, _notes.Add);
        await Assert.ThrowsAnyAsync<IOException>(() => runner.RunAsync(PictureFolder.Files(_folder.Pictures), [CodecPlan.For(codec, null)], default));
        Assert.Equal(2, codec.Runs);
        Assert.Empty(results.Document.Failures);
    }

    [Fact]
    public async Task DateAndMachineAreThoseOfTheLastMeasurement()
    {
        await _folder.AddPictureAsync("a.png", 64, 48);
        await RunAsync(new FakeCodec("fake"));
        var elsewhere = new Machine("a processor", 2, "a system", "a runtime");
        var longAgo = new DateTimeOffset(2026, 2, 3, 4, 5, 6, TimeSpan.Zero);
        var results = ResultsFile.Open(_folder["results.json"], "fake");
        results.Document.Machine = elsewhere;
        results.Document.Updated = longAgo;
        results.Save();

        // Nothing to measure, and nothing that could be.
        (_, ResultsDocument document) = await RunAsync(new FakeCodec("fake"), new FakeCodec("broken") { Fails = (_, _) => s_onPurpose });
        Assert.Equal(elsewhere, document.Machine);
        Assert.Equal(longAgo, document.Updated);

        (_, document) = await RunAsync(new FakeCodec("other"));
        Assert.Equal(Machine.Describe(), document.Machine);
        Assert.True(document.Updated > longAgo);
    }

    [Fact]
    public async Task EachCodecHasTheMachinesThatItWasMeasuredOn()
    {
        await _folder.AddPictureAsync("a.png", 64, 48);
        (_, ResultsDocument document) = await RunAsync(new FakeCodec("fake"), new FakeCodec("broken") { Fails = (_, _) => s_onPurpose });
        Assert.Equal([Machine.Describe()], document.Codecs[0].Machines);
        Assert.Equal(document.Updated, document.Codecs[0].Updated);
        Assert.Empty(document.Codecs[1].Machines);

        // The rest of a picture on another machine: its times are of two.
        var elsewhere = new Machine("a processor", 2, "a system", "a runtime");
        var results = ResultsFile.Open(_folder["results.json"], "fake");
        results.Document.Codecs[0].Machines[0] = elsewhere;
        results.Document.Codecs[0].Pictures[0].Points.RemoveAt(0);
        results.Save();
        (_, document) = await RunAsync(new FakeCodec("fake"));
        Assert.Equal([elsewhere, Machine.Describe()], document.Codecs.Single(codec => codec.Name == "fake").Machines);
    }

    [Fact]
    public void AForeignJsonIsNotOverwritten()
    {
        File.WriteAllText(_folder["other.json"], "{\"format\": \"something else\"}");
        Assert.Throws<BenchUsageException>(() => ResultsFile.Open(_folder["other.json"], "jpeg420"));
        File.WriteAllText(_folder["other.json"], "[1, 2");
        Assert.Throws<BenchUsageException>(() => ResultsFile.Open(_folder["other.json"], "jpeg420"));
    }

    [Theory]
    [InlineData("\"codecs\": [null]")]
    [InlineData("\"codecs\": null")]
    [InlineData("\"codecs\": [{CODEC, \"machines\": [null]}]")]
    [InlineData("\"failures\": [null]")]
    [InlineData("\"codecs\": [{\"name\": \"../x\", \"description\": \"\", \"version\": \"\", \"settings\": \"\", \"lossless\": false, \"timing\": \"Library\", \"pictures\": []}]")]
    [InlineData("\"codecs\": [{CODEC, \"pictures\": [{\"file\": \"p\", \"sha256\": \"p\", \"width\": 1, \"height\": 1, \"points\": [{\"bytes\": 1, \"bpp\": 1e999, \"ssim\": 1, \"ms-ssim\": 1, \"max_error\": 0, \"encoding_time\": 1, \"decoding_time\": 1}]}]}]")]
    [InlineData("\"codecs\": [{CODEC, \"pictures\": [null]}]")]
    [InlineData("\"codecs\": [{CODEC, \"pictures\": [{\"file\": \"p\", \"sha256\": \"p\", \"width\": 1, \"height\": 1, \"points\": [null]}]}]")]
    [InlineData("\"codecs\": [{CODEC, \"pictures\": [{\"file\": \"p\", \"sha256\": \"p\", \"width\": 1, \"height\": 1, \"points\": [{\"bytes\": 0, \"bpp\": 0, \"ssim\": 1, \"ms-ssim\": 1, \"max_error\": 0, \"encoding_time\": 1, \"decoding_time\": 1}]}]}]")]
    public void AResultsFileWithHolesIsRefused(string content)
    {
        const string Codec = "\"name\": \"x\", \"description\": \"\", \"version\": \"\", \"settings\": \"\", \"lossless\": false, \"timing\": \"Library\"";

        // The same without a hole, and without what files of before lack.
        File.WriteAllText(_folder["whole.json"], $"{{\"format\": \"{ResultsDocument.CurrentFormat}\", \"failures\": [], \"codecs\": [{{{Codec}, \"pictures\": []}}]}}");
        Assert.Empty(ResultsFile.Open(_folder["whole.json"], "x").Document.Codecs.Single().Machines);
        File.WriteAllText(_folder["holes.json"], $"{{\"format\": \"{ResultsDocument.CurrentFormat}\", {content.Replace("CODEC", Codec, StringComparison.Ordinal)}}}");
        Assert.Contains("is no results file", Assert.Throws<BenchUsageException>(() => ResultsFile.Open(_folder["holes.json"], "x")).Message, StringComparison.Ordinal);
    }

    private Task<(BenchRunner Runner, ResultsDocument Document)> RunAsync(params ICodec[] codecs) => RunAsync(codecs, default);

    private async Task<(BenchRunner Runner, ResultsDocument Document)> RunAsync(ICodec[] codecs, CancellationToken ct)
    {
        var results = ResultsFile.Open(_folder["results.json"], "fake");
        var runner = new BenchRunner(results, _notes.Add);
        await runner.RunAsync(PictureFolder.Files(_folder.Pictures), [.. codecs.Select(codec => CodecPlan.For(codec, null))], ct);

        // What counts is what a later run will find.
        return (runner, ResultsFile.Open(_folder["results.json"], "fake").Document);
    }
}
