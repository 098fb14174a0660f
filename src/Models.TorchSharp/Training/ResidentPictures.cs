using TorchSharp;
using VaeCodec.Models.TorchSharp.Networks;
using static TorchSharp.torch;

namespace VaeCodec.Models.TorchSharp.Training;

/// <summary>
/// All pictures of a set in the memory of a GPU, as bytes, and crops gathered there: a step then sends it 24 bytes for each
/// crop instead of its pixels as floats.
/// </summary>
internal sealed class ResidentPictures : IDisposable
{
    private readonly PictureSet _pictures;
    private readonly Device _device;
    private readonly long[] _offsets;
    private readonly Tensor _pixels;

    public ResidentPictures(PictureSet pictures, Device device)
    {
        _pictures = pictures;
        _device = device;
        _offsets = new long[pictures.Pictures.Count];
        long total = 0;
        for (int i = 0; i < _offsets.Length; i++)
        {
            _offsets[i] = total;
            total += pictures.Pictures[i].Pixels.Length;
        }

        _pixels = empty(total, dtype: ScalarType.Byte, device: device).DetachFromDisposeScope();
        for (int i = 0; i < _offsets.Length; i++)
        {
            byte[] pixels = pictures.Pictures[i].Pixels;
            using Tensor source = tensor(pixels, dtype: ScalarType.Byte);
            using Tensor target = _pixels.narrow(0, _offsets[i], pixels.Length);
            target.copy_(source);
        }
    }

    /// <summary>Pixels / 255 - 0.5 of crops of one side, N x 3 x side x side.</summary>
    public Tensor Gather(IReadOnlyList<Crop> crops, int side)
    {
        using DisposeScope scope = NewDisposeScope();

        // For each crop: where its first pixel stands, how far apart rows are, and in which direction columns go.
        long[] places = new long[3 * crops.Count];
        for (int n = 0; n < crops.Count; n++)
        {
            Crop crop = crops[n];
            int rowBytes = _pictures.Pictures[crop.Picture].Picture.RowBytes;
            places[n] = _offsets[crop.Picture] + ((long)crop.Top * rowBytes) + (3 * (crop.Left + (crop.Flip ? side - 1 : 0)));
            places[crops.Count + n] = rowBytes;
            places[(2 * crops.Count) + n] = crop.Flip ? -3 : 3;
        }

        Tensor table = Upload.To(tensor(places), _device).reshape(3, crops.Count, 1, 1, 1);
        Tensor along = arange(side, device: _device);
        Tensor rows = table[0] + (along.reshape(1, 1, side, 1) * table[1]);
        Tensor columns = (along * table[2]) + arange(3, device: _device).reshape(1, 3, 1, 1);
        Tensor bytes = _pixels.take(rows + columns);
        return bytes.to(ScalarType.Float32).div_(255).sub_(0.5).MoveToOuterDisposeScope();
    }

    public void Dispose() => _pixels.Dispose();
}
