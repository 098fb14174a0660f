using System.Buffers.Binary;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace VaeCodec.Tool;

/// <summary>
/// A share of a batch, for one of several machines. Which share a file belongs to depends on its name alone, so machines need not list a folder at the same moment.
/// </summary>
/// <param name="Index">Number of the share, from 0.</param>
/// <param name="Count">How many there are.</param>
internal readonly record struct Shard(int Index, int Count)
{
    private const int MostShards = 1_000_000;

    /// <summary>Where a Kubernetes indexed Job says which of its pods this is.</summary>
    public const string KubernetesIndex = "JOB_COMPLETION_INDEX";

    /// <summary>Where Slurm says which task of a job array this is.</summary>
    public const string SlurmIndex = "SLURM_ARRAY_TASK_ID";

    private const string SlurmFirst = "SLURM_ARRAY_TASK_MIN";
    private const string SlurmLast = "SLURM_ARRAY_TASK_MAX";
    private const string SlurmStep = "SLURM_ARRAY_TASK_STEP";
    private const string SlurmCount = "SLURM_ARRAY_TASK_COUNT";
    private const string Auto = "auto";

    /// <summary>Whether a file belongs to this share.</summary>
    /// <param name="name">Its name within the batch, folders separated by slashes.</param>
    public bool Has(string name)
        => BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(name))) % (ulong)Count == (ulong)Index;

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Index}/{Count}");

    /// <summary>Reads what the user typed.</summary>
    /// <param name="text">I/N; auto/N, where the scheduler's environment says which; or auto, where it also says how many.</param>
    /// <param name="environment">Gives a variable's value, or null.</param>
    /// <returns>The share.</returns>
    /// <exception cref="UsageException">It is none, or the environment lacks what it needs.</exception>
    public static Shard Parse(string text, Func<string, string?> environment)
    {
        string[] parts = text.Split('/');
        if (parts.Length > 2 || (parts.Length == 1 && text != Auto))
        {
            throw NoShard(text);
        }

        int count = parts.Length == 2 ? Number(parts[1]) ?? throw NoShard(text) : Number(environment(SlurmCount)) ?? throw new UsageException($"--shard {Auto} needs {SlurmCount}, which a Slurm array sets; elsewhere say {Auto}/N");
        int index = parts[0] == Auto ? IndexFrom(environment, count) : Number(parts[0]) ?? throw NoShard(text);
        return count is > 0 and <= MostShards && index < count ? new Shard(index, count) : throw NoShard(string.Create(CultureInfo.InvariantCulture, $"{index}/{count}"));
    }

    /// <summary>Adds an error where the value is no share.</summary>
    public static void Validate(OptionResult result)
    {
        try
        {
            Parse(result.GetValueOrDefault<string>() ?? "", Environment.GetEnvironmentVariable);
        }
        catch (UsageException exception)
        {
            result.AddError(exception.Message);
        }
    }

    private static int IndexFrom(Func<string, string?> environment, int shares)
    {
        if (Number(environment(KubernetesIndex)) is { } pod)
        {
            return pod;
        }

        if (Number(environment(SlurmIndex)) is not { } task)
        {
            throw new UsageException($"--shard {Auto} needs {KubernetesIndex} or {SlurmIndex}, and neither is set");
        }

        // An array may be numbered from anything, in steps of anything: --array=10-40:10 has four tasks.
        int first = Number(environment(SlurmFirst)) ?? 0, step = Math.Max(Number(environment(SlurmStep)) ?? 1, 1);

        // A list, such as 0,2,5, or tasks that are submitted again, 3,17, do not say which shares they are: some would be done twice and others by nobody.
        int? last = Number(environment(SlurmLast)), tasks = Number(environment(SlurmCount));
        bool isList = last is { } end && tasks is { } listed && (end - first) / step + 1 != listed;
        if (isList || (tasks is { } known && (known != shares || (known == 1 && task > 1))))
        {
            throw new UsageException($"--shard {Auto} goes with an array that is one range of as many tasks as there are shares, and this one is not; say the share of each task with --shard I/N");
        }

        return (task - first) / step;
    }

    private static int? Number(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) ? value : null;

    private static UsageException NoShard(string text) => new($"'{text}' is no shard; I/N is, with I from 0 to N-1, and {Auto}/N or {Auto} in a scheduler's job (--shard)");
}
