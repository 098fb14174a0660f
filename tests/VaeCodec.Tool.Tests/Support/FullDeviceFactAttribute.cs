namespace VaeCodec.Tool.Tests;

/// <summary>A test that needs the device that is always full, as Linux has it.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class FullDeviceFactAttribute : FactAttribute
{
    public const string DevicePath = "/dev/full";

    public FullDeviceFactAttribute()
    {
        if (!File.Exists(DevicePath))
        {
            Skip = $"Needs {DevicePath}, which refuses every byte.";
        }
    }
}
