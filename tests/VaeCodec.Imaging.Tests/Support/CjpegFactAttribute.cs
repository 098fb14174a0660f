namespace VaeCodec.Imaging.Tests.Support;

/// <summary>A test that needs cjpeg and libjpeg-turbo, and is skipped without them.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class CjpegFactAttribute : FactAttribute
{
    /// <summary>Looks for them.</summary>
    public CjpegFactAttribute()
    {
        if (ExternalTool.Cjpeg is null || !VaeCodec.Imaging.Jpeg.TurboJpegLibrary.IsAvailable)
        {
            Skip = "cjpeg or libjpeg-turbo is not installed (apt-get install libjpeg-turbo-progs libturbojpeg0).";
        }
    }
}
