namespace VaeCodec.Tool;

/// <summary>Turns an exception into one line on standard error.</summary>
internal static class ErrorReport
{
    /// <summary>The environment variable that asks for stack traces.</summary>
    public const string TraceVariable = "VAECODEC_TRACE";

    private static readonly string s_tool = typeof(ErrorReport).Assembly.GetName().Name ?? "vaecodec";

    /// <summary>Writes the line, and the stack trace when it is asked for.</summary>
    /// <param name="exception">What happened.</param>
    /// <param name="subject">The file that was being worked on, for exceptions that do not name one.</param>
    /// <param name="withTrace">Whether the user asked for the stack trace (-v -v).</param>
    public static void Write(Exception exception, string? subject, bool withTrace)
    {
        Messages.Write(Line(exception, subject));
        if (withTrace || Environment.GetEnvironmentVariable(TraceVariable) == "1")
        {
            Messages.Write(exception.ToString());
        }
    }

    /// <summary>The line: "vaecodec: file: message".</summary>
    public static string Line(Exception exception, string? subject)
    {
        Exception cause = Unwrap(exception);
        string? file = cause switch
        {
            RefusalException refusal => refusal.FileName,
            FileFailureException failure => failure.FileName,
            UsageException or OperationCanceledException => null,
            _ => subject,
        };
        string message = Message(cause).ReplaceLineEndings(" ").Trim();
        return file is null ? $"{s_tool}: {message}" : $"{s_tool}: {file}: {message}";
    }

    /// <summary>Looks through the wrappers that the runtime puts around an exception.</summary>
    public static Exception Unwrap(Exception exception)
    {
        while (exception is TypeInitializationException or AggregateException { InnerExceptions.Count: 1 }
            && exception.InnerException is { } inner)
        {
            exception = inner;
        }

        return exception;
    }

    /// <summary>What an exception says to the user.</summary>
    /// <param name="cause">The exception, unwrapped.</param>
    public static string Message(Exception cause) => cause switch
    {
        OperationCanceledException => "cancelled",
        UsageException => cause.Message + $" (see '{s_tool} --help')",
        VaeException or RefusalException => cause.Message,
        FileFailureException { IsBrokenPipe: true } => "the reader closed the pipe",
        FileNotFoundException or DirectoryNotFoundException => "no such file or folder",
        UnauthorizedAccessException => "permission denied",
        IOException => cause.Message,
        OutOfMemoryException => "out of memory; fewer threads (-j 1) need less",
        _ => $"unexpected {cause.GetType().Name}: {cause.Message} This is a bug in {s_tool}; please report it with the "
            + $"command line, the output of '{s_tool} --version' and the trace that {TraceVariable}=1 prints.",
    };
}
