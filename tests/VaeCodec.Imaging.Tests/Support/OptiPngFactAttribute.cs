namespace VaeCodec.Imaging.Tests.Support;

/// <summary>A test that needs optipng, and is skipped without it.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OptiPngFactAttribute : FactAttribute
{
    /// <summary>Looks for it.</summary>
    public OptiPngFactAttribute()
    {
        if (ExternalTool.OptiPng is null || ExternalTool.Magick is null)
        {
            Skip = "optipng is not installed (apt-get install optipng imagemagick).";
        }
    }
}
