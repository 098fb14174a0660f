namespace VaeCodec.Metrics.Tests.Support;

/// <summary>A test that needs ImageMagick's compare, and is skipped without it.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class MagickFactAttribute : FactAttribute
{
    /// <summary>ImageMagick 6's compare as Debian installs it.</summary>
    public const string Program = "/usr/bin/compare-im6.q16";

    /// <summary>Looks for it.</summary>
    public MagickFactAttribute()
    {
        if (!File.Exists(Program))
        {
            Skip = "ImageMagick is not installed (apt-get install imagemagick).";
        }
    }
}
