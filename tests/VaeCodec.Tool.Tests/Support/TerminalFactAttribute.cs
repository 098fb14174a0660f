namespace VaeCodec.Tool.Tests;

/// <summary>A test that runs the tool on a pseudo-terminal, which script(1) makes.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class TerminalFactAttribute : FactAttribute
{
    public const string ScriptPath = "/usr/bin/script";

    public TerminalFactAttribute()
    {
        if (!OperatingSystem.IsLinux() || !File.Exists(ScriptPath))
        {
            Skip = "Needs script(1) from util-linux (Debian package bsdutils) to make a terminal.";
        }
    }
}
