namespace VaeCodec.Models.Tests;

public class DeferredTests
{
    [Fact]
    public void AValue_IsMadeOnce_HoweverManyAsk()
    {
        int made = 0;
        Deferred<string> deferred = new(() =>
        {
            Interlocked.Increment(ref made);
            Thread.Sleep(20);
            return new string('v', 3);
        });
        Assert.Null(deferred.Made);
        string[] values = new string[8];
        Parallel.For(0, values.Length, i => values[i] = deferred.Value);
        Assert.Equal(1, made);
        Assert.All(values, value => Assert.Same(deferred.Made, value));
    }

    [Fact]
    public void AFailure_IsNotKept()
    {
        int tries = 0;
        Deferred<string> deferred = new(() => ++tries == 1 ? throw new OutOfMemoryException() : "there");
        Assert.Throws<OutOfMemoryException>(() => deferred.Value);
        Assert.Null(deferred.Made);
        Assert.Equal("there", deferred.Value);
    }
}
