// .vae beside all formats of ImageSharp: loads any picture, makes it fit into a square, and saves it as whatever the name says:
//     dotnet run --project examples/WithImageSharp -- photo.vae thumbnail.webp 256
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats;
using SixLabors.ImageSharp.Processing;
using VaeCodec;
using VaeCodec.ImageSharp;

if (args is not [{ } from, { } to, { } size] || !int.TryParse(size, out int side) || side < 1)
{
    Console.Error.WriteLine("WithImageSharp FROM TO SIDE");
    return 2;
}

// Once, at the start of a program; from then on ImageSharp knows .vae.
Configuration.Default.Configure(new VaeConfigurationModule());

string partial = Path.ChangeExtension(to, ".partial" + Path.GetExtension(to));
try
{
    ImageInfo info = await Image.IdentifyAsync(from);

    // With a target size a .vae file is decoded at 1/2 to 1/16, which takes a fraction of the time.
    Size square = new(side);
    DecoderOptions options = new() { TargetSize = Math.Max(info.Width, info.Height) > side ? square : null };
    using Image image = await Image.LoadAsync(options, from);

    // ImageSharp's own formats take no notice of a target size that one of the sides has already.
    if (Math.Max(image.Width, image.Height) > side)
    {
        image.Mutate(context => context.Resize(new ResizeOptions { Size = square, Mode = ResizeMode.Max }));
    }

    // The format goes by the name, and the name is given once the file is whole.
    await image.SaveAsync(partial);
    File.Move(partial, to, overwrite: true);
    Console.WriteLine($"{info.Width} x {info.Height} -> {image.Width} x {image.Height}");
    return 0;
}
catch (Exception exception) when (exception is ImageFormatException or VaeException or IOException or UnauthorizedAccessException)
{
    Console.Error.WriteLine(exception.Message);
    return 1;
}
finally
{
    if (File.Exists(partial))
    {
        File.Delete(partial);
    }
}
