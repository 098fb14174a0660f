using System.Runtime.InteropServices;
using TorchSharp;
using VaeCodec.Imaging;

namespace VaeCodec.Models.TorchSharp.Training;

/// <summary>Random crops, flipped left to right or not. Each step draws from its own generator, so that a resumed run sees what an uninterrupted one would.</summary>
internal sealed class CropSampler : IDisposable
{
    private readonly PictureSet _pictures;
    private readonly Dictionary<int, IReadOnlyList<int>> _largeEnough = [];
    private ResidentPictures? _resident;

    public CropSampler(PictureSet pictures) => _pictures = pictures;

    /// <summary>A batch of pixels / 255 - 0.5, N x 3 x side x side, of the pictures that hold such a crop.</summary>
    public torch.Tensor Sample(Random random, int count, int side, torch.Device device)
    {
        if (!_largeEnough.TryGetValue(side, out IReadOnlyList<int>? pictures))
        {
            pictures = _pictures.Holding(side);
            _largeEnough.Add(side, pictures);
        }

        Crop[] crops = new Crop[count];
        for (int n = 0; n < count; n++)
        {
            int picture = pictures[random.Next(pictures.Count)];
            PictureDescription size = _pictures.Pictures[picture].Picture;
            int left = random.Next(size.Width - side + 1), top = random.Next(size.Height - side + 1);
            crops[n] = new Crop(picture, left, top, random.Next(2) == 1);
        }

        return device.type == DeviceType.CPU
            ? Gather(crops, side)
            : (_resident ??= new ResidentPictures(_pictures, device)).Gather(crops, side);
    }

    /// <summary>The same on the CPU.</summary>
    public torch.Tensor Gather(IReadOnlyList<Crop> crops, int side)
    {
        // Written where libtorch has its memory: an array, and the copy that torch.tensor makes of it, are large objects for the garbage collector in each step.
        torch.Tensor batch = torch.empty(crops.Count, 3, side, side);
        Span<float> pixels = MemoryMarshal.Cast<byte, float>(batch.bytes);
        int size = 3 * side * side;
        for (int n = 0; n < crops.Count; n++)
        {
            Crop crop = crops[n];
            Fill(_pictures.Pictures[crop.Picture], crop.Left, crop.Top, side, side, crop.Flip, pixels.Slice(n * size, size));
        }

        return batch;
    }

    /// <inheritdoc/>
    public void Dispose() => _resident?.Dispose();

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
