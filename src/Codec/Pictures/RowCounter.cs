namespace VaeCodec;

/// <summary>Counts the rows that went through a reader or writer, and refuses calls that do not fit the picture.</summary>
internal struct RowCounter(int height, int rowBytes)
{
    /// <summary>Rows done so far, which is the number of the next row.</summary>
    internal int Done { get; private set; }

    internal readonly int Left => height - Done;

    /// <summary>Checks a call's arguments. Counting is separate, row by row, through <see cref="Add"/>.</summary>
    internal readonly void Check(int memoryBytes, int rowCount)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rowCount);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rowCount, Left);
        if (memoryBytes < checked((long)rowCount * rowBytes))
        {
            throw new ArgumentException($"{rowCount} rows of {rowBytes} bytes do not fit in {memoryBytes} bytes.");
        }
    }

    internal void Add(int rows) => Done += rows;

    internal readonly void RequireAll(string action)
    {
        if (Left != 0)
        {
            throw new InvalidOperationException($"{action} came with {Left} of {height} rows still missing.");
        }
    }
}
