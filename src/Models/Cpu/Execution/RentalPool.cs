namespace VaeCodec.Models.Cpu.Execution;

/// <summary>Things that threads take turns at: as many as are used at a time, made when first needed, kept until disposed.</summary>
/// <param name="make">Makes one.</param>
internal class RentalPool<T>(Func<T> make) : IDisposable
    where T : class, IDisposable
{
    private readonly Lock _lock = new();
    private readonly Stack<T> _idle = new();

    /// <summary>Does something with one, which nobody else has meanwhile.</summary>
    public void Use(Action<T> work)
    {
        T item = Rent();
        try
        {
            work(item);
        }
        finally
        {
            Return(item);
        }
    }

    /// <summary>Takes one, for callers who cannot hand what they do to <see cref="Use"/>.</summary>
    public T Rent()
    {
        lock (_lock)
        {
            if (_idle.TryPop(out T? item))
            {
                return item;
            }
        }

        return make();
    }

    /// <summary>Gives one back.</summary>
    public void Return(T item)
    {
        lock (_lock)
        {
            _idle.Push(item);
        }
    }

    /// <summary>Disposes of all that were given back.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            while (_idle.TryPop(out T? item))
            {
                item.Dispose();
            }
        }
    }
}
