using System.Text.Json;

namespace VaeCodec.Tool;

/// <summary>What became of a file, for people, for programs and for the exit code.</summary>
/// <param name="Status">What became of it.</param>
/// <param name="ExitCode">The exit code that it asks for.</param>
internal sealed record FileReport(FileStatus Status, int ExitCode = ExitCode.Ok)
{
    /// <summary>What standard output is told of it, unless reports are JSON.</summary>
    public string? Line { get; init; }

    /// <summary>Bytes of the input, where they are known.</summary>
    public long? InputBytes { get; init; }

    /// <summary>Bytes of the output.</summary>
    public long OutputBytes { get; init; }

    /// <summary>Why it was skipped, what failed, or the first thing that is not whole.</summary>
    public string? Message { get; init; }

    /// <summary>Name of the kind of failure, where it has one.</summary>
    public string? Error { get; init; }

    /// <summary>Writes what else there is to say of it in JSON.</summary>
    public Action<Utf8JsonWriter>? Details { get; init; }

    /// <summary>The report as a JSON object on one line.</summary>
    /// <param name="item">The file.</param>
    /// <param name="done">What the command does to files: "encoded".</param>
    public string ToJson(BatchItem item, string done) => JsonLine.Write(writer =>
    {
        writer.WriteString("status", Status == FileStatus.Done ? done : Status.ToString().ToLowerInvariant());
        writer.WriteString("input", item.Input);
        writer.WriteString("output", item.Output);
        if (Status == FileStatus.Done)
        {
            if (InputBytes is { } bytes)
            {
                writer.WriteNumber("input_bytes", bytes);
            }
            else
            {
                writer.WriteNull("input_bytes");
            }

            writer.WriteNumber("output_bytes", OutputBytes);
        }

        if (Message is not null)
        {
            writer.WriteString("message", Message);
        }

        if (Status == FileStatus.Failed || Error is not null)
        {
            writer.WriteString("error", Error);
        }

        if (ExitCode != 0)
        {
            writer.WriteNumber("exit_code", ExitCode);
        }

        Details?.Invoke(writer);
    });
}
