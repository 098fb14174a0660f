using VaeCodec.Packages.Tests;
using VaeCodec.RateDistortion.CommandLine;
using VaeCodec.RateDistortion.Reports;
using VaeCodec.RateDistortion.Reports.Readme;
using VaeCodec.RateDistortion.Results;

namespace VaeCodec.RateDistortion.Tests;

/// <summary>What README says of rates and qualities is what was measured.</summary>
public class PublishedNumbersTests
{
    private const string Results = "docs/benchmarks/kodak.json", Readme = "README.md";

    [Fact]
    public void ReadmeIsMadeOfTheResults()
    {
        BenchRequest request = new() { ReportOnly = true, Json = Results, Readme = Readme };
        ResultsFile results = ResultsFile.Open(Path.Combine(Repository.Root, Results), request.Baseline);
        Assert.NotEmpty(results.Document.Current);
        string section = ReadmeSection.Render(new Comparison(results.Document, request.Baseline), request);
        string readme = File.ReadAllText(Path.Combine(Repository.Root, Readme)).ReplaceLineEndings("\n");
        string begin = ReadmeFile.Begin(ReadmeFile.RateDistortion) + "\n", end = ReadmeFile.End(ReadmeFile.RateDistortion);
        int start = readme.IndexOf(begin, StringComparison.Ordinal) + begin.Length;
        Assert.Equal(section.ReplaceLineEndings("\n"), readme[start..readme.IndexOf(end, StringComparison.Ordinal)]);
    }
}
