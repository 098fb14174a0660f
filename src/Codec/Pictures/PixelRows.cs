using System.Buffers;

namespace VaeCodec;

/// <summary>The last rows of a picture that pass by, kept for who must look at them once more.</summary>
internal sealed class PixelRows : IDisposable
{
    private readonly int _rowBytes;
    private readonly Queue<byte[]> _rows = new();
    private byte[]?[] _places = [];
    private int _first;
    private int _end;

    /// <summary>Keeps nothing yet.</summary>
    /// <param name="rowBytes">Bytes of a row.</param>
    public PixelRows(int rowBytes) => _rowBytes = rowBytes;

    /// <summary>A row that is kept.</summary>
    /// <param name="row">Its number from the top of the picture.</param>
    public ReadOnlySpan<byte> this[int row] => _places[row % _places.Length].AsSpan(0, _rowBytes);

    /// <summary>Keeps the next rows.</summary>
    /// <param name="rows">Whole rows without gaps.</param>
    public void Append(ReadOnlySpan<byte> rows)
    {
        for (; !rows.IsEmpty; rows = rows[_rowBytes..])
        {
            if (_end - _first == _places.Length)
            {
                Grow();
            }

            byte[] row = _rows.TryDequeue(out byte[]? free) ? free : ArrayPool<byte>.Shared.Rent(_rowBytes);
            rows[.._rowBytes].CopyTo(row);
            _places[_end++ % _places.Length] = row;
        }
    }

    /// <summary>Lets go of all rows above one.</summary>
    /// <param name="firstNeeded">The row.</param>
    public void Release(int firstNeeded)
    {
        for (; _first < Math.Min(firstNeeded, _end); _first++)
        {
            _rows.Enqueue(_places[_first % _places.Length]!);
            _places[_first % _places.Length] = null;
        }
    }

    /// <summary>Gives the memory back.</summary>
    public void Dispose()
    {
        Release(_end);
        while (_rows.TryDequeue(out byte[]? row))
        {
            ArrayPool<byte>.Shared.Return(row);
        }
    }

    private void Grow()
    {
        byte[]?[] places = new byte[]?[Math.Max(64, 2 * _places.Length)];
        for (int row = _first; row < _end; row++)
        {
            places[row % places.Length] = _places[row % _places.Length];
        }

        _places = places;
    }
}
