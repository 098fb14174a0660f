namespace VaeCodec.Lossless;

/// <summary>
/// Prices errors by where they lie. Pixel by pixel a neighbour's colour is cheap at low qualities, and whole areas of one colour would take it on, in wedges that PSNR hardly
/// counts and everyone sees; in shades and along edges it does no harm. So an error in an area gets dearer with each replaced pixel that leads up to it. What follows a replaced pixel repeats
/// less, too, which is why it pays at high qualities.
/// </summary>
/// <param name="width">Pixels in a row of the tile.</param>
internal sealed class ReplacedRuns(int width)
{
    /// <summary>By how many times its price an error gets dearer with each.</summary>
    private const float Factor = 0.25f;

    /// <summary>For the pixels of the row at work and, from the one at hand on, of the row above: how many replaced ones led up to each, itself included, and its colour in the picture. Above the tile all is 0.</summary>
    private readonly (int Length, ulong Colour)[] _row = new (int, ulong)[width];
    private int _x = width - 1;
    private int _length;
    private ulong _colour;
    private bool _inArea;

    /// <summary>Goes on to the next pixel of the tile.</summary>
    /// <param name="colour">Its colour in the picture.</param>
    /// <returns>How many times its usual price an error counts there.</returns>
    public float Next(ulong colour)
    {
        _x = _x + 1 == width ? 0 : _x + 1;
        (int Length, ulong Colour) left = _x == 0 ? default : _row[_x - 1], above = _row[_x];
        _colour = colour;
        _length = Math.Max(left.Length, above.Length);
        _inArea = _x > 0 && colour == left.Colour && colour == above.Colour;
        return _inArea ? 1 + (Factor * _length) : 1;
    }

    /// <summary>Notes whether that pixel was replaced.</summary>
    public void Note(bool replaced) => _row[_x] = (!replaced ? 0 : _inArea ? _length + 1 : _length, _colour);
}
