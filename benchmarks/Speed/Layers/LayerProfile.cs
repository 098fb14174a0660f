using System.Diagnostics;
using VaeCodec.Models.Cpu;
using VaeCodec.Models.Cpu.Execution;
using VaeCodec.Models.Cpu.Kernels.Winograd;
using VaeCodec.Models.Description;

namespace VaeCodec.Speed.Layers;

/// <summary>Where the time goes: every stage of the two transforms, timed by itself while the network runs as it always does, on one thread.</summary>
internal static unsafe class LayerProfile
{
    private const int Side = 2048, Rounds = 3;

    /// <summary>Profiles a model.</summary>
    public static IReadOnlyList<LayerRow> Run(VaeModel model)
    {
        CpuModel cpu = model.Cpu;
        ModelDescription d = model.Networks.Description;
        int latents = Side / ModelDescription.LatentStride;
        return
        [
            .. Profile(d.AnalysisLinear.Name, cpu.AnalysisLinear, Side, 3),
            .. Profile(d.Analysis.Name, cpu.Analysis, Side / cpu.Analysis.InputUnshuffle, 3 * cpu.Analysis.InputUnshuffle * cpu.Analysis.InputUnshuffle),
            .. Profile(d.SynthesisLinear.Name, cpu.SynthesisLinear, latents, d.LatentChannels),
            .. Profile(d.Synthesis.Name, cpu.Synthesis, latents, d.LatentChannels),
        ];
    }

    private static LayerRow[] Profile(string name, CompiledNetwork network, int side, int channels)
    {
        using WorkerTeam team = new(1);
        using NetworkExecutor executor = new(network, team);
        long[] best = new long[network.Stages.Count];
        Array.Fill(best, long.MaxValue);
        for (int round = 0; round < Rounds; round++)
        {
            long[] ticks = Time(executor, team, side, channels);
            for (int i = 0; i < best.Length; i++)
            {
                best[i] = Math.Min(best[i], ticks[i]);
            }
        }

        return [.. network.Stages.Select((stage, i) => Row(name, network, stage, best[i], side))];
    }

    private static long[] Time(NetworkExecutor executor, WorkerTeam team, int side, int channels)
    {
        Random random = new(1);
        executor.Reset(side, side, RowBatches.Count(Side, Side));
        long[] ticks = new long[executor.Stages.Count];
        for (int pushed = 0, height = executor.Output.Height; executor.Output.Produced < height;)
        {
            for (int room = Math.Min(executor.Input.Free, side - pushed); room > 0; room--, pushed++)
            {
                float* row = executor.Input.Row(pushed);
                for (int x = 0; x < side; x++)
                {
                    for (int c = 0; c < channels; c++)
                    {
                        row[((nint)x * executor.Input.PixelStride) + c] = random.NextSingle() - 0.5f;
                    }
                }

                executor.Input.Commit(1);
            }

            for (bool progress = true; progress;)
            {
                progress = false;
                for (int i = 0; i < ticks.Length; i++)
                {
                    long start = Stopwatch.GetTimestamp();
                    progress |= executor.Stages[i].Run(team);
                    ticks[i] += Stopwatch.GetTimestamp() - start;
                }
            }

            executor.Take(executor.Output.Produced);
        }

        return ticks;
    }

    private static LayerRow Row(string name, CompiledNetwork network, StagePlan stage, long ticks, int side)
    {
        const double pixels = (double)Side * Side;
        TensorPlan input = network.Tensors[stage.Input], output = network.Tensors[stage.Output];
        double Positions(TensorPlan tensor) => (double)side * tensor.Up / tensor.Down * (side * tensor.Up / tensor.Down) / pixels;
        double bytes = sizeof(float) * ((Positions(input) * input.PixelStride) + (Positions(output) * output.PixelStride * (stage.Residual < 0 ? 1 : 2)));
        double outputs = Positions(output) * output.PixelStride;
        double direct = stage.Kernel == 1 && stage.Convolution == null ? 0 : outputs * stage.Kernel * stage.Kernel * input.PixelStride;
        double done = stage.Winograd == null ? direct : direct * WinogradConvolution.Points / (9 * WinogradConvolution.OutputTile * WinogradConvolution.OutputTile);
        string what = stage.Winograd != null ? "3x3, Winograd" : stage.Convolution is { } convolution ? $"{convolution.Kernel}x{convolution.Kernel}{(stage.Stride > 1 ? $", stride {stage.Stride}" : "")}" : "activation";
        string text = $"{what}, {input.PixelStride} to {output.PixelStride * stage.Shuffle * stage.Shuffle} at 1/{ModelDescription.LatentStride * Scale(name, input)}";
        return new LayerRow(name, text, direct, done, bytes, ticks * 1e9 / Stopwatch.Frequency / pixels);

        double Scale(string network, TensorPlan tensor) => (double)Side / side * tensor.Down / tensor.Up / ModelDescription.LatentStride;
    }
}
