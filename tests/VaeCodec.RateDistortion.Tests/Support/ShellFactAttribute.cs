namespace VaeCodec.RateDistortion.Tests.Support;

/// <summary>A test that makes programs out of shell scripts.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ShellFactAttribute : FactAttribute
{
    /// <summary>Looks for the shell.</summary>
    public ShellFactAttribute()
    {
        if (!File.Exists("/bin/sh"))
        {
            Skip = "Needs /bin/sh.";
        }
    }
}
