namespace VaeCodec.Imaging.Tests.Support;

/// <summary>A test that needs ImageMagick and libjpeg-turbo, and is skipped without them.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class MagickJpegFactAttribute : FactAttribute
{
    /// <summary>Looks for them.</summary>
    public MagickJpegFactAttribute()
    {
        if (ExternalTool.Magick is null || !VaeCodec.Imaging.Jpeg.TurboJpegLibrary.IsAvailable)
        {
            Skip = "ImageMagick or libjpeg-turbo is not installed (apt-get install imagemagick libturbojpeg0).";
        }
    }
}
