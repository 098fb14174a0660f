namespace VaeCodec.Proofs.Soak;

/// <summary>What happens to a pipe on the way.</summary>
internal enum Trouble
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Bytes pass a few at a time.</summary>
    Dribble,

    /// <summary>The other side waits now and then.</summary>
    Slow,

    /// <summary>The work is cancelled at some time.</summary>
    Cancel,

    /// <summary>The other side goes away: the reader of an encode completes, the writer of a decode fails.</summary>
    Leave,

    /// <summary>The input of a decode ends too early. Of an encode, as <see cref="None"/>.</summary>
    Cut,

    /// <summary>A decode is disposed after a band or two. Of an encode, as <see cref="None"/>.</summary>
    Dispose,
}
