namespace VaeCodec.Models.TorchSharp.Training;

/// <summary>How far to train now, and what to do on the way. None of it changes what is learnt.</summary>
public sealed record TrainingPart
{
    /// <summary>Most time to take.</summary>
    public TimeSpan Limit { get; init; } = TimeSpan.MaxValue;

    /// <summary>Most steps to take.</summary>
    public int MaxSteps { get; init; } = int.MaxValue;

    /// <summary>Time between checkpoints, each with the averaged weights beside it. One is always written at the end.</summary>
    public TimeSpan CheckpointEvery { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Time between validations.</summary>
    public TimeSpan ValidateEvery { get; init; } = TimeSpan.MaxValue;
}
