namespace VaeCodec.Imaging.Tests.Support;

/// <summary>A test that needs libjpeg-turbo, and is skipped without it.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class TurboJpegFactAttribute : FactAttribute
{
    /// <summary>Looks for it.</summary>
    public TurboJpegFactAttribute()
    {
        if (!VaeCodec.Imaging.Jpeg.TurboJpegLibrary.IsAvailable)
        {
            Skip = "libjpeg-turbo is not installed (apt-get install libturbojpeg0).";
        }
    }
}
