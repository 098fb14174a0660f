using System.Buffers;
using System.IO.Pipelines;

namespace VaeCodec.Format.Tests;

/// <summary>
/// A reader over an array that shows data a few bytes at a time, in segments of one byte, sometimes asynchronously.
/// It holds callers to the contract of <see cref="PipeReader"/>: who has examined all of it waits for more, who has
/// not gets the same again, and segments handed back are overwritten.
/// </summary>
internal sealed class DribblingPipeReader(byte[] data, int step) : PipeReader
{
    private int _consumed;
    private int _shown;
    private bool _wait = true;
    private bool _reading;
    private byte[][] _segments = [];

    public override async ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        Assert.False(_reading, "ReadAsync before AdvanceTo");
        cancellationToken.ThrowIfCancellationRequested();
        if (_consumed % 3 == 0)
        {
            await Task.Yield();
        }

        if (_wait)
        {
            _shown = Math.Min(data.Length, _shown + step);
        }

        _reading = true;
        _segments = [.. data[_consumed.._shown].Select(b => new[] { b })];
        return new ReadResult(ByteSegment.Chain(_segments), false, _shown == data.Length);
    }

    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        Assert.True(_reading, "AdvanceTo without ReadAsync");
        _reading = false;
        int first = _consumed;
        _consumed = first + ByteSegment.OffsetOf(consumed);
        _wait = first + ByteSegment.OffsetOf(examined) >= _shown;
        foreach (byte[] segment in _segments)
        {
            segment[0] = 0xDD;
        }
    }

    public override bool TryRead(out ReadResult result) => throw new NotSupportedException();

    public override void CancelPendingRead() => throw new NotSupportedException();

    public override void Complete(Exception? exception = null) => throw new NotSupportedException();
}
