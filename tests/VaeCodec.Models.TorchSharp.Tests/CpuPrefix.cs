using VaeCodec.Models.Cpu;
using VaeCodec.Models.Cpu.Execution;
using VaeCodec.Models.Cpu.Kernels;
using VaeCodec.Models.Description;
using VaeCodec.Models.Safetensors;

namespace VaeCodec.Models.TorchSharp.Tests;

/// <summary>The first layers of a network on the CPU executor, as a function of whole tensors in the order C x H x W.</summary>
internal static unsafe class CpuPrefix
{
    /// <summary>Runs the first <paramref name="layers"/> layers.</summary>
    public static float[] Run(NetworkDescription network, int layers, SafetensorsFile weights, float[] input, int channels, int width, int height)
    {
        NetworkDescription prefix = network with { Layers = [.. network.Layers.Take(layers)] };
        int inputStride = PackedConvolution.PadChannels(channels);
        using CompiledNetwork compiled = CompiledNetwork.Compile(prefix, (name, hasBias) => Weights(prefix, weights, name, hasBias), CpuPaths.Selected, channels, inputStride);
        using WorkerTeam team = new(1);
        using NetworkExecutor executor = new(compiled, team);
        int unshuffle = compiled.InputUnshuffle;
        executor.Reset(width / unshuffle, height / unshuffle, 1);
        for (int c = 0; c < channels; c++)
        {
            for (int y = 0; y < height; y++)
            {
                for (int x = 0; x < width; x++)
                {
                    int channel = (c * unshuffle * unshuffle) + (y % unshuffle * unshuffle) + (x % unshuffle);
                    executor.Input.Row(y / unshuffle)[((long)(x / unshuffle) * executor.Input.PixelStride) + channel] = input[(((c * height) + y) * width) + x];
                }
            }
        }

        executor.Input.Commit(height / unshuffle);
        executor.Run();

        NetworkShape shape = prefix.Shape(channels);
        int factor = compiled.OutputShuffle;
        (int outWidth, int outHeight) = (width * shape.Up / shape.Down, height * shape.Up / shape.Down);
        float[] output = new float[shape.Channels * outWidth * outHeight];
        for (int c = 0; c < shape.Channels; c++)
        {
            for (int y = 0; y < outHeight; y++)
            {
                for (int x = 0; x < outWidth; x++)
                {
                    int sub = (y % factor * factor) + (x % factor);
                    output[(((c * outHeight) + y) * outWidth) + x] = executor.OutputRow(y / factor)[((long)(x / factor) * executor.Output.PixelStride) + (sub * shape.Channels) + c];
                }
            }
        }

        return output;
    }

    private static ConvolutionWeights Weights(NetworkDescription network, SafetensorsFile file, string name, bool hasBias)
    {
        Tensor tensor = file.Tensors[$"{name}.weight"];
        float[] weights = tensor.ToFloats();
        return network.Layers[0] is TransposedConvolution t
            ? ConvolutionWeights.FromTransposed(t.Inputs, t.Outputs, t.Kernel, weights, file.Tensors[$"{name}.bias"].ToFloats())
            : new ConvolutionWeights(tensor.Shape[1], tensor.Shape[0], tensor.Shape[2], weights, hasBias ? file.Tensors[$"{name}.bias"].ToFloats() : new float[tensor.Shape[0]]);
    }
}
