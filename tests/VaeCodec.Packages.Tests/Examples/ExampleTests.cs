using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;

namespace VaeCodec.Packages.Tests.Examples;

/// <summary>The programs of the folder examples do what they say.</summary>
public partial class ExampleTests
{
    [Fact]
    public async Task FileToFile()
    {
        using TempFolder folder = new();
        await SamplePicture.WriteAsync(folder["photo.png"]);
        (int code, string output, string error) = await Dotnet.RunAsync(folder.Location, Repository.Example("FileToFile"), "photo.png", "photo.vae");
        Assert.True(code == 0, error);
        Assert.Contains("bits per pixel", output, StringComparison.Ordinal);
        (code, output, error) = await Dotnet.RunAsync(folder.Location, Repository.Example("FileToFile"), "photo.vae", "back.png");
        Assert.True(code == 0, error);
        Assert.Contains("200 x 120, quality 75", output, StringComparison.Ordinal);
        await using FileStream back = File.OpenRead(folder["back.png"]);
        Assert.Equal(VaeDecoder.Decode(File.ReadAllBytes(folder["photo.vae"])).Pixels, await SamplePicture.ReadAsync(back));

        File.WriteAllText(folder["bad.vae"], "nothing of the kind");
        (code, _, error) = await Dotnet.RunAsync(folder.Location, Repository.Example("FileToFile"), "bad.vae", "bad.png");
        Assert.Equal(1, code);
        Assert.StartsWith("BadSignature: ", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task BatchFolder()
    {
        using TempFolder folder = new();
        Directory.CreateDirectory(folder["in"]);
        for (int i = 1; i < 4; i++)
        {
            await SamplePicture.WriteAsync(folder[$"in/{i}.png"], i);
        }

        (int code, string output, string error) = await Dotnet.RunAsync(folder.Location, Repository.Example("BatchFolder"), "in", "out", "4000");
        Assert.True(code == 0, error);
        Assert.Equal(3, output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.All(Directory.GetFiles(folder["out"]), path => Assert.InRange(new FileInfo(path).Length, 3920, 4000));
    }

    [Fact]
    public async Task StreamingServer()
    {
        using TempFolder folder = new();
        using Process server = Dotnet.Start(Dotnet.Host, folder.Location, Repository.Example("StreamingServer"), "--urls", "http://127.0.0.1:0");
        try
        {
            _ = server.StandardError.ReadToEndAsync();
            Uri address = await AddressAsync(server).WaitAsync(TimeSpan.FromMinutes(1));
            using HttpClient client = new() { BaseAddress = address };
            byte[] file = VaeEncoder.Encode(new PictureDescription(SamplePicture.Width, SamplePicture.Height, PixelLayout.Rgb24), SamplePicture.Pixels());
            using HttpResponseMessage picture = await client.PostAsync("/png", new ByteArrayContent(file));
            Assert.Equal(HttpStatusCode.OK, picture.StatusCode);
            Assert.Equal("image/png", picture.Content.Headers.ContentType?.MediaType);
            Assert.Equal(VaeDecoder.Decode(file).Pixels, await SamplePicture.ReadAsync(await picture.Content.ReadAsStreamAsync()));

            using HttpResponseMessage bad = await client.PostAsync("/png", new ByteArrayContent([1, 2, 3]));
            Assert.Equal(HttpStatusCode.BadRequest, bad.StatusCode);
            Assert.StartsWith("BadSignature", await bad.Content.ReadAsStringAsync(), StringComparison.Ordinal);

            // A file that breaks off behind its first rows must not look like a whole picture.
            byte[] tall = VaeEncoder.Encode(new PictureDescription(64, 1200, PixelLayout.Gray8), new byte[64 * 1200], new VaeEncoderOptions { TileSize = 256 });
            await Assert.ThrowsAnyAsync<HttpRequestException>(async () =>
            {
                using HttpResponseMessage cut = await client.PostAsync("/png", new ByteArrayContent(tall[..^20]));
                cut.EnsureSuccessStatusCode();
                await cut.Content.ReadAsByteArrayAsync();
            });
        }
        finally
        {
            server.Kill(entireProcessTree: true);
        }
    }

    private static async Task<Uri> AddressAsync(Process server)
    {
        while (await server.StandardOutput.ReadLineAsync() is { } line)
        {
            if (Listening().Match(line) is { Success: true } match)
            {
                _ = server.StandardOutput.ReadToEndAsync();
                return new Uri(match.Groups[1].Value);
            }
        }

        throw new InvalidOperationException("The server ended without listening.");
    }

    [GeneratedRegex(@"Now listening on: (\S+)")]
    private static partial Regex Listening();
}
