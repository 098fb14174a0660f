namespace VaeCodec.Tool.Tests;

/// <summary>A test that needs signals or devices as Unix has them.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class UnixFactAttribute : FactAttribute
{
    public UnixFactAttribute()
    {
        if (OperatingSystem.IsWindows())
        {
            Skip = "Needs Unix signals and devices.";
        }
    }
}
