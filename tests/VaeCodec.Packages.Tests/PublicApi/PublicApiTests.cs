using System.Reflection;
using VaeCodec.Bundling;
using VaeCodec.Format;
using VaeCodec.Generation;
using VaeCodec.Imaging;
using VaeCodec.Metrics;
using VaeCodec.Models.Bundle;
using VaeCodec.Models.Standard;

namespace VaeCodec.Packages.Tests.PublicApi;

/// <summary>What programs can use of the packages is what the files beside this say. A change of these files is a change of the API, and is reviewed as one.</summary>
public class PublicApiTests
{
    private const string Accept = "VAECODEC_ACCEPT_API";

    private static readonly Dictionary<string, Assembly> s_assemblies = new()
    {
        ["VaeCodec"] = typeof(VaeEncoder).Assembly,
        ["VaeCodec.Format"] = typeof(ContainerReader).Assembly,
        ["VaeCodec.Models"] = typeof(Model).Assembly,
        ["VaeCodec.Imaging"] = typeof(PictureReader).Assembly,
        ["VaeCodec.Generation"] = typeof(SmallVae).Assembly,
        ["VaeCodec.Metrics"] = typeof(SampleDifference).Assembly,
        ["VaeCodec.Bundling"] = typeof(ModelBundler).Assembly,
        ["VaeCodec.Models.Standard"] = typeof(StandardModel).Assembly,
    };

    public static TheoryData<string> Packages => [.. s_assemblies.Keys];

    [Theory]
    [MemberData(nameof(Packages))]
    public void IsWhatTheFileSays(string package)
    {
        string path = Path.Combine(Repository.Root, "tests", "VaeCodec.Packages.Tests", "PublicApi", package + ".txt"), actual = ApiText.Of(s_assemblies[package]);
        if (Environment.GetEnvironmentVariable(Accept) == "1")
        {
            File.WriteAllText(path, actual);
        }

        string[] expected = File.ReadAllText(path).ReplaceLineEndings("\n").Split('\n'), found = actual.Split('\n');
        string difference = string.Join('\n', expected.Except(found).Select(line => "- " + line).Concat(found.Except(expected).Select(line => "+ " + line)));
        Assert.True(expected.SequenceEqual(found), $"The public API of {package} is another. If that is meant, run the test with {Accept}=1 and commit the file.\n{difference}");
    }
}
