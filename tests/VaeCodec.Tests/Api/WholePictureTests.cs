using VaeCodec.Models.Description;
using VaeCodec.Models.Cpu;
using VaeCodec.Models.Cpu.Execution;
using VaeCodec.Tests.Support;
using VaeCodec.Tiles;

namespace VaeCodec.Tests.Api;

/// <summary>Coding in bands and tiles against the same latents synthesised as one whole: one batch, all rows at once.</summary>
public class WholePictureTests
{
    [Theory]
    [InlineData(700, 530)]
    [InlineData(4200, 330)]
    [InlineData(90, 1100)]
    public void Decoding_EqualsTheSynthesisOfTheWholePicture(int width, int height)
    {
        (PictureDescription picture, byte[] pixels) = TestPicture.Create(width, height);
        byte[] file = VaeEncoder.Encode(picture, pixels, SmallModel.Encoding(70));
        LatentRows latents = Quantise(picture, pixels, 70, 256);
        byte[] whole = Synthesise(latents, width, height, 70);
        Assert.Equal(whole, VaeDecoder.Decode(file, SmallModel.Decoding()).Pixels);
    }

    private static LatentRows Quantise(PictureDescription picture, byte[] pixels, int quality, int tileSize)
    {
        VaeModel model = SmallModel.Instance;
        using WorkerTeam team = new(1);
        using AnalysisTransform analysis = new(model.Cpu, team);
        analysis.Begin(picture.Width, picture.Height, 3);
        int latentHeight = ModelDescription.PadSide(picture.Height) / 16, side = TileArea.Side(tileSize);
        LatentRows latents = new(latentHeight, analysis.LatentWidth, SmallModel.Description.LatentChannels);
        for (int row = 0, done = 0; done < latentHeight;)
        {
            for (; analysis.RowsWanted > 0; row++)
            {
                analysis.PushRows(pixels.AsSpan(row * picture.RowBytes, picture.RowBytes));
            }

            analysis.Advance();
            for (; analysis.LatentRowsReady > 0; done++)
            {
                analysis.ReadLatentRow(latents[done]);
            }
        }

        using TileLatentCoder coder = new(model, new TileArea(0, 0, side, side));
        for (int tileRow = 0; tileRow * side < latentHeight; tileRow++)
        {
            for (int tileColumn = 0; tileColumn * side < analysis.LatentWidth; tileColumn++)
            {
                TileArea area = TileArea.Of(tileColumn, tileRow, tileSize, picture.Width, picture.Height);
                int length = area.Width * SmallModel.Description.LatentChannels, start = area.Column * SmallModel.Description.LatentChannels;
                for (int row = 0; row < area.Height; row++)
                {
                    latents[area.Row + row].Slice(start, length).CopyTo(coder.Buffers.Latents.AsSpan(row * length));
                }

                coder.Quantise(area, quality, true);
                for (int row = 0; row < area.Height; row++)
                {
                    coder.Buffers.Decoded.AsSpan(row * length, length).CopyTo(latents[area.Row + row][start..]);
                }
            }
        }

        return latents;
    }

    private static unsafe byte[] Synthesise(LatentRows latents, int width, int height, int quality)
    {
        CpuModel cpu = SmallModel.Instance.Cpu;
        using WorkerTeam team = new(1);
        using NetworkExecutor linear = new(cpu.SynthesisLinear, team), branch = new(cpu.Synthesis, team);
        int latentWidth = ModelDescription.PadSide(width) / 16, latentHeight = ModelDescription.PadSide(height) / 16;
        ReadOnlySpan<float> inverse = SmallModel.Instance.Networks.InverseGain(quality);
        foreach (NetworkExecutor network in (NetworkExecutor[])[linear, branch])
        {
            network.Reset(latentWidth, latentHeight, 1);
            for (int row = 0; row < latentHeight; row++)
            {
                for (int i = 0; i < latentWidth * inverse.Length; i++)
                {
                    network.Input.Row(row)[(i / inverse.Length * network.Input.PixelStride) + (i % inverse.Length)] = latents[row][i] * inverse[i % inverse.Length];
                }
            }

            network.Input.Commit(latentHeight);
            network.Run();
        }

        byte[] pixels = new byte[width * height * 3];
        int shuffle = cpu.Synthesis.OutputShuffle;
        for (int i = 0; i < pixels.Length; i++)
        {
            int c = i % 3, x = i / 3 % width, y = i / 3 / width;
            float value = Value(linear, x, y, c, 16) + Value(branch, x, y, c, shuffle);
            pixels[i] = (byte)Math.Clamp(MathF.Floor(((value + 0.5f) * 255f) + 0.5f), 0, 255);
        }

        return pixels;
    }

    private static unsafe float Value(NetworkExecutor network, int x, int y, int channel, int factor)
        => network.OutputRow(y / factor)[((nint)(x / factor) * network.Output.PixelStride) + ((((y % factor) * factor) + (x % factor)) * 3) + channel];
}
