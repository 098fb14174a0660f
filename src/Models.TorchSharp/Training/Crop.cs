namespace VaeCodec.Models.TorchSharp.Training;

/// <summary>Which part of which picture, and whether left and right are exchanged.</summary>
/// <param name="Picture">Number of the picture in its set.</param>
/// <param name="Left">First column.</param>
/// <param name="Top">First row.</param>
/// <param name="Flip">Whether it is flipped.</param>
internal readonly record struct Crop(int Picture, int Left, int Top, bool Flip);
