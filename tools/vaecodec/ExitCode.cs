namespace VaeCodec.Tool;

/// <summary>The exit codes of the tool. Scripts rely on them; they do not change.</summary>
internal static class ExitCode
{
    public const int Ok = 0;

    /// <summary>Anything that has no code of its own: a missing file, a full disk, a refusal to overwrite.</summary>
    public const int Failure = 1;

    /// <summary>The command line does not make sense.</summary>
    public const int Usage = 2;

    /// <summary>The input is damaged or of a kind that is not understood.</summary>
    public const int Corrupt = 3;

    /// <summary>A limit (--max-pixels, --max-memory or a built-in one) would be exceeded.</summary>
    public const int Limit = 4;

    /// <summary>The model is missing or not acceptable.</summary>
    public const int Model = 5;

    /// <summary>decode --allow-partial wrote a picture with made-up parts.</summary>
    public const int Partial = 6;

    /// <summary>Stopped by Ctrl-C or SIGTERM: 128 + SIGINT, as a shell reports it.</summary>
    public const int Cancelled = 130;

    /// <summary>The code that stands for an exception.</summary>
    public static int For(Exception exception) => ErrorReport.Unwrap(exception) switch
    {
        UsageException or VaeException { Error: VaeError.RegionOutside } => Usage,
        VaeException { Error: VaeError.TargetUnreachable } => Failure,
        VaeLimitException => Limit,
        VaeModelException => Model,
        VaeFormatException or VaeUnsupportedException => Corrupt,
        OperationCanceledException => Cancelled,
        _ => Failure,
    };
}
