namespace VaeCodec.Lossless;

/// <summary>The four samples that touch one and are known before it.</summary>
/// <param name="Left">W.</param>
/// <param name="Above">N.</param>
/// <param name="AboveLeft">NW.</param>
/// <param name="AboveRight">NE.</param>
internal readonly record struct Neighbours(int Left, int Above, int AboveLeft, int AboveRight)
{
    /// <summary>The median of W, N and W + N - NW.</summary>
    public int Median
    {
        get
        {
            int most = Math.Max(Left, Above), least = Math.Min(Left, Above);
            return AboveLeft >= most ? least : AboveLeft <= least ? most : Left + Above - AboveLeft;
        }
    }
}
