namespace VaeCodec.Models;

/// <summary>A value made on first use, by one thread while the others wait. A failure (too little memory, say) is not kept, unlike with Lazy: the next use tries again.</summary>
/// <typeparam name="T">The value.</typeparam>
/// <param name="make">Makes it.</param>
internal sealed class Deferred<T>(Func<T> make)
    where T : class
{
    private readonly Lock _gate = new();
    private T? _made;

    /// <summary>The value, if it was made.</summary>
    public T? Made => Volatile.Read(ref _made);

    /// <summary>The value.</summary>
    public T Value
    {
        get
        {
            if (Made is { } made)
            {
                return made;
            }

            lock (_gate)
            {
                if (_made is null)
                {
                    Volatile.Write(ref _made, make());
                }

                return _made!;
            }
        }
    }
}
