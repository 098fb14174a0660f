using VaeCodec.Models.Description;

namespace VaeCodec.Generation;

/// <summary>
/// Fades one picture into another through the latents of the compression model. It is a cross-fade: these latents say what is where, so halfway between two pictures
/// lie both of them, one over the other, though edges fade otherwise than a mean of pixels would.
/// </summary>
public sealed class CrossFade
{
    private readonly VaeModel _model;
    private readonly PictureDescription _picture;
    private readonly float[] _from;
    private readonly float[] _to;
    private readonly float[] _scales;

    /// <summary>Analyses both pictures, whose latents it keeps; <see cref="MemoryBytes"/> says what that takes.</summary>
    /// <param name="model">The model.</param>
    /// <param name="from">One picture, of 8-bit red, green and blue.</param>
    /// <param name="to">The other, as large.</param>
    /// <exception cref="ArgumentException">Another layout, or different sizes.</exception>
    public CrossFade(VaeModel model, DecodedPicture from, DecodedPicture to)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(to);
        _picture = from.Picture;
        if (from.Picture.Layout != PixelLayout.Rgb24 || (to.Picture.Layout, to.Picture.Width, to.Picture.Height) != (_picture.Layout, _picture.Width, _picture.Height))
        {
            throw new ArgumentException("Both pictures must be of 8-bit red, green and blue, and of one size.", nameof(to));
        }

        _model = model;
        _from = WholeSynthesis.Analyse(model, from);
        _to = WholeSynthesis.Analyse(model, to);

        // The synthesis knows latents as they come out of the quantiser: multiplied with its gain and with the inverse gain, whose product training leaves free. At the best quality
        // it loses least: with plain latents the error of two pictures of waves was more than a thousand times as large.
        ReadOnlySpan<float> gain = model.Networks.Gain(ModelDescription.Qualities), inverse = model.Networks.InverseGain(ModelDescription.Qualities);
        _scales = new float[gain.Length];
        for (int c = 0; c < _scales.Length; c++)
        {
            _scales[c] = gain[c] * inverse[c];
        }
    }

    /// <summary>Bytes of memory that a fade takes at most beside its two pictures and the one that it draws: latents, and the line buffers of the networks, which grow with the width.</summary>
    /// <param name="model">The model.</param>
    /// <param name="width">Width of the pictures.</param>
    /// <param name="height">Their height.</param>
    /// <exception cref="ArgumentOutOfRangeException">A side is below 1, or so large that it cannot be padded.</exception>
    public static long MemoryBytes(VaeModel model, int width, int height)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Math.Max(width, height), int.MaxValue - ModelDescription.SizeMultiple, nameof(width));
        return WholeSynthesis.Bytes(model, width, height);
    }

    /// <summary>Draws a point of the way.</summary>
    /// <param name="place">0 is the one picture, 1 the other, as the networks draw them at the best quality, without quantisation.</param>
    public DecodedPicture At(double place)
    {
        float[] latents = new float[_from.Length];
        for (int i = 0; i < latents.Length; i++)
        {
            latents[i] = (float)(((1 - place) * _from[i]) + (place * _to[i]));
        }

        return WholeSynthesis.Synthesise(_model, latents, _scales, _picture.Width, _picture.Height);
    }
}
