namespace VaeCodec;

/// <summary>How far an encode or a decode has come.</summary>
/// <param name="RowsDone">Rows of the picture that are finished.</param>
/// <param name="Rows">Rows of the whole picture; where a part is decoded, of the tiles that it needs.</param>
/// <param name="FileBytes">Bytes of the file written (encoding) or read (decoding) so far.</param>
public readonly record struct VaeProgress(int RowsDone, int Rows, long FileBytes);
