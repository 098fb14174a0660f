using TorchSharp;

namespace VaeCodec.Models.TorchSharp.Training;

/// <summary>Random crops, flipped left to right or not. Each step draws from its own generator, so that a resumed run sees what an uninterrupted one would.</summary>
internal sealed class CropSampler
{
    private readonly PictureSet _pictures;

    public CropSampler(PictureSet pictures) => _pictures = pictures;

    /// <summary>A batch of pixels / 255 - 0.5, N x 3 x side x side.</summary>
    public torch.Tensor Sample(Random random, int count, int side, torch.Device device)
    {
        float[] batch = new float[count * 3 * side * side];
        for (int n = 0; n < count; n++)
        {
            DecodedPicture picture = _pictures.Pictures[random.Next(_pictures.Pictures.Count)];
            int left = random.Next(picture.Picture.Width - side + 1), top = random.Next(picture.Picture.Height - side + 1);
            Fill(picture, left, top, side, side, random.Next(2) == 1, batch.AsSpan(n * 3 * side * side, 3 * side * side));
        }

        return torch.tensor(batch).reshape(count, 3, side, side).to(device);
    }

    /// <summary>Copies a crop: channel, row, column.</summary>
    public static void Fill(DecodedPicture picture, int left, int top, int width, int height, bool flip, Span<float> target)
    {
        for (int y = 0; y < height; y++)
        {
            int row = ((top + y) * picture.Picture.RowBytes) + (left * 3);
            for (int x = 0; x < width; x++)
            {
                int source = row + (3 * (flip ? width - 1 - x : x));
                for (int c = 0; c < 3; c++)
                {
                    target[(((c * height) + y) * width) + x] = (picture.Pixels[source + c] / 255f) - 0.5f;
                }
            }
        }
    }
}
