namespace VaeCodec.RateDistortion.Codecs;

/// <summary>This project's codec with a model and an effort.</summary>
internal sealed class VaeModelCodec(string name, VaeModel model, int effort) : VaeLibraryCodec
{
    public override string Name => name;

    public override string Family => VaeCodecs.Family;

    public override string Description => $"VaeCodec, model {model.Name}, effort {effort}, one thread";

    public override string Version => $"VaeCodec {LibraryVersion.Codec}, model {model.Identity}";

    public override string Settings => $"quality Q, effort {effort}";

    public override IReadOnlyList<int> DefaultQualities { get; } = [1, 12, 23, 34, 45, 56, 67, 78, 89, 100];

    protected override VaeEncoderOptions EncoderOptions(int quality) => new() { Quality = quality, Effort = effort, Model = model, Threads = Threads };

    protected override VaeDecoderOptions DecoderOptions() => new() { Models = [model], Threads = Threads };
}
