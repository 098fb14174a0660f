namespace VaeCodec.Tool;

/// <summary>Goes through the files of a command: a single one, or a batch of which several are at work at a time.</summary>
internal sealed class BatchRunner
{
    /// <summary>What a file at work may take, for the number of files at a time where the user does not say it: some 200 MB at usual sizes, and room for large ones.</summary>
    private const long MemoryOfAFile = 512L << 20;

    /// <summary>Whether existing outputs may be replaced.</summary>
    public required bool Force { get; init; }

    /// <summary>Whether to only say what would be done.</summary>
    public required bool DryRun { get; init; }

    /// <summary>Whether reports go to standard output as JSON.</summary>
    public required bool Json { get; init; }

    /// <summary>Files at a time; 0 for as many as there are threads.</summary>
    public required int Jobs { get; init; }

    /// <summary>Threads that there are; 0 for one for each processor.</summary>
    public required int Threads { get; init; }

    /// <summary>Goes through them.</summary>
    /// <param name="run">The run.</param>
    /// <param name="files">The files.</param>
    /// <param name="kinds">What is made of what.</param>
    /// <param name="work">Does a file with a number of threads, reporting to a run of its own; what it throws is a failure of that file.</param>
    /// <returns>The exit code: of a batch that of its first file, in the order of the command line, that asks for one.</returns>
    public async Task<int> RunAsync(CommandRun run, FileSelection files, FileKinds kinds, Func<CommandRun, BatchItem, int, Task<FileReport>> work)
    {
        int threads = Threads > 0 ? Threads : Environment.ProcessorCount, count = files.Items.Count;
        int jobs = Math.Clamp(Jobs > 0 ? Jobs : (int)Math.Min(threads, Math.Max(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / MemoryOfAFile, 1)), 1, Math.Max(count, 1));
        FileReport[] reports = new FileReport[count];
        ParallelOptions parallel = new() { MaxDegreeOfParallelism = jobs, CancellationToken = run.CancellationToken };
        await Parallel.ForEachAsync(Enumerable.Range(0, count), parallel, async (i, _) =>
        {
            BatchItem item = files.Items[i];
            CommandRun own = run.ForFile(item.Input, files.IsBatch);
            reports[i] = await ReportAsync(own, item, files.IsBatch, kinds, () => work(own, item, Math.Max(threads / jobs, 1))).ConfigureAwait(false);
            Print(own, item, reports[i], kinds.Done);

            // What was said of the file holds on to its metadata, which of a hundred thousand files are gigabytes.
            reports[i] = reports[i] with { Line = null, Details = null };
        }).ConfigureAwait(false);
        if (files.IsBatch)
        {
            BatchTotals totals = new();
            Array.ForEach(reports, totals.Add);
            run.Note(totals.Line(kinds.Done));
        }

        return reports.FirstOrDefault(report => report.ExitCode != ExitCode.Ok)?.ExitCode ?? ExitCode.Ok;
    }

    private async Task<FileReport> ReportAsync(CommandRun run, BatchItem item, bool isBatch, FileKinds kinds, Func<Task<FileReport>> work)
    {
        try
        {
            if (item.Problem is { } problem)
            {
                throw new RefusalException(item.Input, problem);
            }

            if (isBatch && !Force && FilePaths.IsTaken(item.Output))
            {
                // A picture that is older than its .vae file is likely the one that the file was made of, which -f would replace.
                bool isOlder = File.Exists(item.Input) && File.GetLastWriteTimeUtc(item.Output) < File.GetLastWriteTimeUtc(item.Input);
                string hint = !isOlder ? "" : kinds.Decodes ? ", perhaps as the original; --output-dir writes elsewhere" : ", but older than its input; -f makes it anew";
                return new FileReport(FileStatus.Skipped) { Message = "is there already" + hint };
            }

            if (DryRun)
            {
                return Plan(item, isBatch);
            }

            if (isBatch && Path.GetDirectoryName(item.Output) is { Length: > 0 } folder)
            {
                MakeFolder(folder);
            }

            return await work().ConfigureAwait(false);
        }
        catch (Exception exception) when (!run.CancellationToken.IsCancellationRequested)
        {
            // A batch goes on, whatever went wrong with one of its files.
            Exception cause = ErrorReport.Unwrap(exception);
            return new FileReport(FileStatus.Failed, run.Fail(exception)) { Message = ErrorReport.Message(cause), Error = (cause as VaeException)?.Error.ToString() };
        }
    }

    private FileReport Plan(BatchItem item, bool isBatch)
    {
        if (item.Input != FilePaths.Dash && !File.Exists(item.Input))
        {
            throw RefusalException.NoSuchFile(item.Input);
        }

        // Folders are made for the files of a batch alone, where nothing else stands in their place.
        OutputFile.Check(item.Output, Force, mayLackFolder: isBatch, item.Input);
        for (string? folder = Path.GetDirectoryName(Path.GetFullPath(item.Output)); isBatch && folder is not null && !Directory.Exists(folder); folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(folder))
            {
                throw new RefusalException(folder, "cannot be made a folder: it is a file");
            }
        }

        return new FileReport(FileStatus.Planned) { Line = $"{item.Input} -> {item.Output}" };
    }

    private static void MakeFolder(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new RefusalException(folder, "cannot be made a folder: " + exception.Message);
        }
    }

    private void Print(CommandRun run, BatchItem item, FileReport report, string done)
    {
        if (Json)
        {
            run.Result(report.ToJson(item, done), isData: true);
        }
        else if (report.Line is { } line)
        {
            run.Result(line);
        }

        if (report.Status == FileStatus.Skipped)
        {
            run.Note($"{item.Input}: skipped, {item.Output} {report.Message}");
        }
    }
}
