namespace VaeCodec;

/// <summary>A tile that a partial decode had to do without.</summary>
/// <param name="Column">Column of tiles, from 0.</param>
/// <param name="Row">Row of tiles, from 0.</param>
/// <param name="Problem">What is wrong with it, or with the file before it.</param>
public sealed record VaeLostTile(int Column, int Row, VaeException Problem);
