namespace VaeCodec.Imaging.Tests.Support;

/// <summary>A test that needs ImageMagick, and is skipped without it.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class MagickFactAttribute : FactAttribute
{
    /// <summary>Looks for it.</summary>
    public MagickFactAttribute()
    {
        if (ExternalTool.Magick is null)
        {
            Skip = "ImageMagick is not installed (apt-get install imagemagick).";
        }
    }
}
