namespace VaeCodec.Models.Cpu.Execution;

/// <summary>
/// The rows of one tensor that are alive at a time: row after row, pixel after pixel, channel after channel. Rows outside
/// the tensor, and the margin left and right of it, read as zero: the padding of every layer (guarantee G2).
/// </summary>
internal sealed unsafe class RowRing : IDisposable
{
    private const int PageFloats = 1024;
    private readonly AlignedBuffer _buffer = new();
    private readonly List<int> _released = [];
    private float* _zeroRow;
    private float* _rows;
    private long _rowFloats;
    private int _capacity;

    /// <summary>Creates a ring that has no size yet.</summary>
    /// <param name="pixelStride">Elements from one pixel to the next: the channels, rounded up to a multiple of 16 unless the ring holds picture rows.</param>
    /// <param name="margin">Zero pixels to keep at each end of a row.</param>
    public RowRing(int pixelStride, int margin)
    {
        PixelStride = pixelStride;
        Margin = margin;
    }

    public int PixelStride { get; }

    public int Margin { get; private set; }

    public int Width { get; private set; }

    public int Height { get; private set; }

    /// <summary>Rows written so far.</summary>
    public int Produced { get; private set; }

    /// <summary>Rows that can be written before a consumer must let go of some.</summary>
    public int Free
    {
        get
        {
            int oldest = Produced;
            foreach (int released in _released)
            {
                oldest = Math.Min(oldest, released);
            }

            return Math.Min(_capacity - (Produced - oldest), Height - Produced);
        }
    }

    /// <summary>Bytes the ring takes at a size.</summary>
    public static long Bytes(int width, int pixelStride, int margin, int capacity) => (capacity + 1) * RowFloats(width, pixelStride, margin) * sizeof(float);

    /// <summary>Widens the margin; before <see cref="Reset"/> only.</summary>
    public void NeedMargin(int pixels) => Margin = Math.Max(Margin, pixels);

    /// <summary>Registers a reader; it holds all rows until it releases them.</summary>
    public int AddConsumer()
    {
        _released.Add(0);
        return _released.Count - 1;
    }

    /// <summary>Empties the ring and gives it a size.</summary>
    public void Reset(int width, int height, int capacity)
    {
        Width = width;
        Height = height;
        _capacity = Math.Min(capacity, height);
        _rowFloats = RowFloats(width, PixelStride, Margin);
        _zeroRow = _buffer.Require((_capacity + 1) * _rowFloats) + ((long)Margin * PixelStride);
        _rows = _zeroRow + _rowFloats;
        Rewind();
    }

    /// <summary>Empties the ring, which keeps its size and its margins.</summary>
    public void Rewind()
    {
        Produced = 0;
        for (int i = 0; i < _released.Count; i++)
        {
            _released[i] = 0;
        }
    }

    /// <summary>Pixel 0 of a row; a zero row where there is none.</summary>
    public float* Row(int y) => (uint)y < (uint)Height ? _rows + (y % _capacity * _rowFloats) : _zeroRow;

    /// <summary>The channels of a pixel that is there, and what pads them.</summary>
    public Span<float> Pixel(int x, int y)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)x, (uint)Width, nameof(x));
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)y, (uint)Height, nameof(y));
        return new Span<float>(Row(y) + ((nint)x * PixelStride), PixelStride);
    }

    public void Commit(int rows) => Produced += rows;

    /// <summary>Lets go of all rows above <paramref name="firstNeeded"/>.</summary>
    public void Release(int consumer, int firstNeeded) => _released[consumer] = Math.Max(_released[consumer], Math.Min(firstNeeded, Height));

    public void Dispose() => _buffer.Dispose();

    private static long RowFloats(int width, int pixelStride, int margin)
    {
        long floats = checked(((long)width + (2 * margin)) * pixelStride);
        floats = (floats + 15) / 16 * 16;

        // Rows a multiple of a page apart would fall into the same few lines of the first-level cache.
        return floats % PageFloats == 0 ? floats + 16 : floats;
    }
}
