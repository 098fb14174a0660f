using System.Runtime.InteropServices;
using TorchSharp;
using VaeCodec.Imaging;

namespace VaeCodec.Models.TorchSharp.Training;

/// <summary>Random crops of pictures that take turns, flipped left to right or not. Each step draws from its own generator, so that a resumed run sees what an uninterrupted one would.</summary>
internal sealed class CropSampler : IDisposable
{
    private readonly PictureSet _pictures;
    private readonly int _seed;
    private readonly Dictionary<int, PictureOrder> _orders = [];
    private ResidentPictures? _resident;

    /// <param name="pictures">The pictures.</param>
    /// <param name="seed">Seed of the order in which they take turns.</param>
    public CropSampler(PictureSet pictures, int seed)
    {
        _pictures = pictures;
        _seed = seed;
    }

    /// <summary>A batch of pixels / 255 - 0.5, N x 3 x side x side, of the pictures that hold such a crop.</summary>
    /// <param name="random">Draws places and flips.</param>
    /// <param name="first">How many crops of this side came before: says whose turn it is.</param>
    /// <param name="count">Crops of the batch.</param>
    /// <param name="side">Their side in pixels.</param>
    /// <param name="device">Where the batch is wanted.</param>
    public torch.Tensor Sample(Random random, long first, int count, int side, torch.Device device)
    {
        if (!_orders.TryGetValue(side, out PictureOrder? order))
        {
            order = new PictureOrder(_pictures.Holding(side), _seed);
            _orders.Add(side, order);
        }

        Crop[] crops = new Crop[count];
        for (int n = 0; n < count; n++)
        {
            int picture = order[first + n];
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
