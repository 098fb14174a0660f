namespace VaeCodec.Tool;

/// <summary>The files that a command line names, and where each goes.</summary>
/// <param name="Items">The files.</param>
/// <param name="IsBatch">Whether they are a batch: what has been done is skipped, and what fails does not stop the others.</param>
internal sealed record FileSelection(IReadOnlyList<BatchItem> Items, bool IsBatch)
{
    /// <summary>Finds them.</summary>
    /// <param name="names">The names on the command line, at least one.</param>
    /// <param name="output">The value of -o, if given.</param>
    /// <param name="folder">The folder for outputs, if given.</param>
    /// <param name="recursive">Whether folders are gone through.</param>
    /// <param name="kinds">What is made of what.</param>
    /// <exception cref="UsageException">They do not go together.</exception>
    public static FileSelection Find(IReadOnlyList<string> names, string? output, string? folder, bool recursive, FileKinds kinds)
    {
        if (names.Contains(""))
        {
            throw new UsageException("the input has an empty name");
        }

        FilePaths.RequireFolderName(folder);

        // cp's way of naming a folder last; with it files would land beside their inputs.
        string last = names[^1];
        if (names.Count > 1 && folder is null && Directory.Exists(last) && !(recursive && Walk(last, "", kinds.IsInput).Any()))
        {
            throw new UsageException(recursive ? $"'{last}' is a folder without {kinds.What}; --output-dir {last} writes there" : $"'{last}' is a folder; --output-dir {last} writes there, and -r takes all {kinds.What} in it");
        }

        // IN OUT names an output, unless that is what an input looks like; the same file twice can only be a slip, which is refused as such.
        bool isPair = names.Count == 2 && (!(kinds.IsInput(names[1]) || Directory.Exists(names[1])) || Compare(names[0], names[1]).IsSame);
        if (folder is null && !recursive && !Directory.Exists(names[0]) && (names.Count == 1 || isPair))
        {
            string single = FilePaths.ChooseOutput(names[0], names.ElementAtOrDefault(1), output, kinds.OutputExtension);

            // Of "folder/*" with two files the second is no output that somebody named, and perhaps the original of the first.
            bool isUnnamed = isPair && FilePaths.IsTaken(last) && !kinds.IsOutput(last) && new FileInfo(last).Length > 0 && !Compare(names[0], last).IsSame;
            string? problem = isUnnamed ? $"{last} is there already, and its name is not that of an output; -o {last} says that it is one, and -f replaces it" : null;
            return new FileSelection([new BatchItem(names[0], single, Path.GetFileName(names[0])) { Problem = problem }], IsBatch: false);
        }

        if (output is not null)
        {
            throw new UsageException("-o names one output, and there are several inputs; --output-dir names a folder for theirs");
        }

        if (names.Contains(FilePaths.Dash))
        {
            throw new UsageException("standard input and output go with a single file, not with several");
        }

        return new FileSelection(Distinct(names.SelectMany(name => Expand(name, folder, recursive, kinds))), IsBatch: true);
    }

    /// <summary>A name's files: itself, or those in a folder.</summary>
    private static IEnumerable<BatchItem> Expand(string name, string? folder, bool recursive, FileKinds kinds)
    {
        if (!Directory.Exists(name))
        {
            string output = folder is null ? name : Path.Combine(folder, Path.GetFileName(name));
            return [new BatchItem(name, Path.ChangeExtension(output, kinds.OutputExtension), Path.GetFileName(name))];
        }

        // Shards go by the names with slashes, which are the same on every machine.
        return recursive
            ? Walk(name, "", kinds.IsInput).Select(found => (found.Path, found.Problem, Local: found.Path.Replace('/', Path.DirectorySeparatorChar))).Select(found => found.Problem is { } problem
                ? new BatchItem(Path.Combine(name, found.Local), Path.Combine(name, found.Local), found.Path) { Problem = problem }
                : new BatchItem(Path.Combine(name, found.Local), Path.ChangeExtension(Path.Combine(folder ?? name, found.Local), kinds.OutputExtension), found.Path))
            : [new BatchItem(name, name, name) { Problem = $"is a folder; -r takes all {kinds.What} in it" }];
    }

    /// <summary>
    /// Paths of the files below a folder, from it, with slashes, in the order of their characters. What begins with a dot is left out, and links to folders are not followed: they may lead in a circle.
    /// Folders that cannot be read are among them, with the problem.
    /// </summary>
    private static IEnumerable<(string Path, string? Problem)> Walk(string root, string below, Func<string, bool> isInput)
    {
        FileSystemInfo[] entries = [];
        string? failure = null;
        try
        {
            entries = [.. new DirectoryInfo(Path.Combine(root, below)).EnumerateFileSystemInfos().Where(entry => !entry.Name.StartsWith('.')).OrderBy(entry => entry.Name, StringComparer.Ordinal)];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            failure = $"is a folder that cannot be read: {ErrorReport.Message(exception)}";
        }

        if (failure is not null)
        {
            yield return (below, failure);
        }

        foreach (FileSystemInfo entry in entries)
        {
            string path = below.Length == 0 ? entry.Name : $"{below}/{entry.Name}";
            if (entry is not DirectoryInfo)
            {
                // A pipe has nothing until somebody writes, who may never come.
                if (isInput(entry.Name) && !NamedPipe.Is(entry.FullName))
                {
                    yield return (path, null);
                }
            }
            else if (entry.LinkTarget is null)
            {
                foreach ((string Path, string? Problem) found in Walk(root, path, isInput))
                {
                    yield return found;
                }
            }
        }
    }

    /// <summary>Of inputs that would go to the same output the first keeps it; none goes to its own place.</summary>
    private static List<BatchItem> Distinct(IEnumerable<BatchItem> items)
    {
        Dictionary<string, string> taken = new(FilePaths.Comparer);
        return [.. items.Select(item =>
            item.Problem is not null ? item
            : Compare(item.Input, item.Output) is { Problem: { } problem } ? item with { Problem = problem }
            : taken.TryAdd(FilePaths.Resolve(item.Output), item.Input) ? item
            : item with { Problem = $"would go to {item.Output}, as {taken[FilePaths.Resolve(item.Output)]} does; give it another name or folder" })];
    }

    /// <summary>Whether input and output are one file; and what is wrong where they are, or where links lead nowhere, as those in a circle do.</summary>
    private static (bool IsSame, string? Problem) Compare(string input, string output)
    {
        try
        {
            bool isSame = FilePaths.SameFile(input, output);
            return (isSame, isSame ? "would be written over itself; its name is that of an output, not of an input" : null);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return (false, ErrorReport.Message(exception));
        }
    }
}
