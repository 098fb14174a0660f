using System.IO.Compression;
using System.Xml.Linq;

namespace VaeCodec.Packages.Tests.Packing;

/// <summary>The packages hold what people expect of packages, and work where nothing of this repository is at hand.</summary>
public class PackageTests(PackedFixture packed) : IClassFixture<PackedFixture>
{
    private static readonly string[] s_libraries = ["VaeCodec", "VaeCodec.Bundling", "VaeCodec.Format", "VaeCodec.Generation", "VaeCodec.Imaging", "VaeCodec.Metrics", "VaeCodec.Models", "VaeCodec.Models.Standard"];

    [Fact]
    public void ThereAreTheseAndNoOthers()
    {
        string[] expected = [.. s_libraries.Append("VaeCodec.Tool").SelectMany(id => (string[])[$"{id}.{packed.Version}.nupkg", $"{id}.{packed.Version}.snupkg"])];
        Assert.Equal(expected.Order(StringComparer.Ordinal), Directory.GetFiles(packed.Location).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void EachHasReadmeIconDocumentationAndSymbols()
    {
        foreach (string id in s_libraries.Append("VaeCodec.Tool"))
        {
            using ZipArchive package = ZipFile.OpenRead(Path.Combine(packed.Location, $"{id}.{packed.Version}.nupkg"));
            XElement nuspec = Nuspec(package);
            Assert.Equal(("README.md", "icon.png", "MIT"), (Text(nuspec, "readme"), Text(nuspec, "icon"), Text(nuspec, "license")));
            Assert.False(string.IsNullOrWhiteSpace(Text(nuspec, "description")));
            string[] names = [.. package.Entries.Select(entry => entry.FullName)];
            Assert.Contains("README.md", names);
            Assert.Contains("icon.png", names);
            using ZipArchive symbols = ZipFile.OpenRead(Path.Combine(packed.Location, $"{id}.{packed.Version}.snupkg"));
            Assert.Contains(symbols.Entries, entry => entry.Name.EndsWith(".pdb", StringComparison.Ordinal));
            if (id != "VaeCodec.Tool")
            {
                Assert.Contains(names, name => name.StartsWith("lib/net10.0/", StringComparison.Ordinal) && name.EndsWith(".dll", StringComparison.Ordinal));
                Assert.Contains(names, name => name.StartsWith("lib/net10.0/", StringComparison.Ordinal) && name.EndsWith(".xml", StringComparison.Ordinal));
            }
        }
    }

    [Theory]
    [InlineData("VaeCodec", "VaeCodec.Format VaeCodec.Models VaeCodec.Models.Standard")]
    [InlineData("VaeCodec.Format", "")]
    [InlineData("VaeCodec.Models", "")]
    [InlineData("VaeCodec.Models.Standard", "")]
    [InlineData("VaeCodec.Imaging", "VaeCodec")]
    [InlineData("VaeCodec.Metrics", "")]
    [InlineData("VaeCodec.Generation", "VaeCodec")]
    [InlineData("VaeCodec.Bundling", "MathNet.Numerics VaeCodec")]
    public void TheyDependOnEachOtherOnly(string id, string dependencies)
    {
        using ZipArchive package = ZipFile.OpenRead(Path.Combine(packed.Location, $"{id}.{packed.Version}.nupkg"));
        XElement[] found = [.. Nuspec(package).Descendants().Where(element => element.Name.LocalName == "dependency")];
        Assert.Equal(dependencies.Split(' ', StringSplitOptions.RemoveEmptyEntries), found.Select(element => element.Attribute("id")!.Value).Order(StringComparer.Ordinal));

        // They use each other's internals, which other versions may have changed.
        Assert.All(found.Where(element => s_libraries.Contains(element.Attribute("id")!.Value)), element => Assert.Equal($"[{packed.Version}]", element.Attribute("version")!.Value));
    }

    /// <summary>A program of its own, with the packages as the only source.</summary>
    [Fact]
    public async Task AProgramUsesThem()
    {
        using TempFolder folder = new();
        File.Copy(Path.Combine(Repository.Root, "examples", "FileToFile", "Program.cs"), folder["Program.cs"]);
        File.WriteAllText(folder["nuget.config"], $"""<configuration><packageSources><clear /><add key="packed" value="{packed.Location}" /></packageSources></configuration>""");
        File.WriteAllText(folder["FileToFile.csproj"], $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
                <RestorePackagesPath>{folder["packages"]}</RestorePackagesPath>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="VaeCodec" Version="{packed.Version}" />
                <PackageReference Include="VaeCodec.Imaging" Version="{packed.Version}" />
              </ItemGroup>
            </Project>
            """);
        (int code, string output, string error) = await Dotnet.RunAsync(folder.Location, "build", "-c", "Release", "-o", folder["built"]);
        Assert.True(code == 0, output + error);
        await SamplePicture.WriteAsync(folder["photo.png"]);
        (code, output, error) = await Dotnet.RunAsync(folder.Location, folder["built/FileToFile.dll"], "photo.png", "photo.vae");
        Assert.True(code == 0, error);
        Assert.Equal(VaeEncoder.Encode(new PictureDescription(SamplePicture.Width, SamplePicture.Height, PixelLayout.Rgb24), SamplePicture.Pixels(), new VaeEncoderOptions { Quality = 75 }), File.ReadAllBytes(folder["photo.vae"]));
    }

    [Fact]
    public async Task TheToolIsInstalled()
    {
        using TempFolder folder = new();
        File.WriteAllText(folder["nuget.config"], $"""<configuration><packageSources><clear /><add key="packed" value="{packed.Location}" /></packageSources></configuration>""");
        (int code, string output, string error) = await Dotnet.RunAsync(folder.Location, "tool", "install", "VaeCodec.Tool", "--version", packed.Version, "--tool-path", folder["tools"]);
        Assert.True(code == 0, output + error);
        string tool = folder[Path.Combine("tools", OperatingSystem.IsWindows() ? "vaecodec.exe" : "vaecodec")];
        (code, output, error) = await Dotnet.RunProgramAsync(tool, folder.Location, "--version");
        Assert.Equal((0, $"vaecodec {packed.Version}"), (code, output.Trim()));
        await SamplePicture.WriteAsync(folder["photo.png"]);
        (code, _, error) = await Dotnet.RunProgramAsync(tool, folder.Location, "encode", "photo.png");
        Assert.True(code == 0, error);
        Assert.True(File.Exists(folder["photo.vae"]));
    }

    private static XElement Nuspec(ZipArchive package)
    {
        using Stream stream = package.Entries.Single(entry => entry.FullName.EndsWith(".nuspec", StringComparison.Ordinal)).Open();
        return XElement.Load(stream);
    }

    private static string Text(XElement nuspec, string name) => nuspec.Descendants().Single(element => element.Name.LocalName == name).Value;
}
