namespace VaeCodec.Tiles;

/// <summary>
/// Makes up the latents of lost tiles from what borders them: each value is a mean of the latents nearest above, on the left and on the
/// right, weighed by the inverse of their distance, and fades towards zero. The border is averaged over some latents along it and into the
/// intact tile first: what does not change there, colour and brightness, stays, and texture, whose latents change sign, goes, so that no
/// pattern is drawn out across a tile.
/// </summary>
/// <param name="latents">The latents of the row of tiles at work.</param>
/// <param name="channels">Channels of a latent.</param>
internal sealed class LostTileFilling(LatentRows latents, int channels)
{
    /// <summary>What is left of what is made up from one latent (of 16 pixels) to the next: 1/e over sixteen of them.</summary>
    private const double Fade = 0.9394130628134758;

    /// <summary>What is left at a distance, products of <see cref="Fade"/>: exponentials of C libraries differ in their last digits, and pixels must not. Further away nothing is.</summary>
    private static readonly float[] s_fading = Fading(1024);

    /// <summary>Latents averaged to each side along a border, and into the intact tile.</summary>
    private const int Along = 2, Into = 3;

    private readonly float[] _left = new float[channels], _right = new float[channels];
    private float[] _above = [], _bottom = [];

    /// <summary>Fills the lost tiles of a row of tiles, and keeps its last row of latents for the next.</summary>
    /// <param name="areas">Where the tiles lie.</param>
    /// <param name="lost">Which are lost.</param>
    public void Fill(ReadOnlySpan<TileArea> areas, ReadOnlySpan<bool> lost)
    {
        for (int first = 0; first < areas.Length; first++)
        {
            int next = first;
            while (next < areas.Length && lost[next])
            {
                next++;
            }

            if (next > first)
            {
                TileArea last = areas[next - 1];
                Fill(new TileArea(areas[first].Column, 0, last.Column + last.Width - areas[first].Column, last.Height), next < areas.Length);
                first = next;
            }
        }

        KeepBottom(areas[^1].Column + areas[^1].Width, areas[0].Height - 1);
    }

    private static float[] Fading(int distances)
    {
        float[] fading = new float[distances];
        double left = 1;
        for (int distance = 0; distance < distances; distance++, left *= Fade)
        {
            fading[distance] = (float)left;
        }

        return fading;
    }

    private void Fill(TileArea gap, bool hasRight)
    {
        int end = gap.Column + gap.Width;
        for (int row = 0; row < gap.Height; row++)
        {
            Mean(_left, gap.Column - Into, gap.Column, row, gap.Height);
            Mean(_right, hasRight ? end : 0, hasRight ? end + Into : 0, row, gap.Height);
            for (int column = gap.Column; column < end; column++)
            {
                float left = gap.Column > 0 ? 1f / (column - gap.Column + 1) : 0, right = hasRight ? 1f / (end - column) : 0, above = _above.Length > 0 ? 1f / (row + 1) : 0;
                int nearest = Math.Min(gap.Column > 0 ? column - gap.Column : int.MaxValue, Math.Min(hasRight ? end - column - 1 : int.MaxValue, _above.Length > 0 ? row : int.MaxValue));
                float scale = nearest < s_fading.Length ? s_fading[nearest] / (left + right + above) : 0;
                Span<float> target = latents[row].Slice(column * channels, channels);
                ReadOnlySpan<float> fromAbove = above > 0 ? _above.AsSpan(column * channels, channels) : _left;
                for (int c = 0; c < channels; c++)
                {
                    target[c] = scale * ((left * _left[c]) + (right * _right[c]) + (above * fromAbove[c]));
                }
            }
        }
    }

    /// <summary>The mean of some columns, over a few rows around one.</summary>
    private void Mean(float[] mean, int firstColumn, int endColumn, int row, int height)
    {
        Array.Clear(mean);
        int firstRow = Math.Max(0, row - Along), endRow = Math.Min(height, row + Along + 1);
        firstColumn = Math.Max(0, firstColumn);
        for (int y = firstRow; y < endRow; y++)
        {
            for (int x = firstColumn; x < endColumn; x++)
            {
                Add(mean, latents[y].Slice(x * channels, channels), 1f / ((endRow - firstRow) * (endColumn - firstColumn)));
            }
        }
    }

    /// <summary>Keeps the last row, averaged along itself.</summary>
    private void KeepBottom(int width, int row)
    {
        Array.Resize(ref _bottom, width * channels);
        Array.Clear(_bottom);
        for (int column = 0; column < width; column++)
        {
            int first = Math.Max(0, column - Along), end = Math.Min(width, column + Along + 1);
            for (int x = first; x < end; x++)
            {
                Add(_bottom.AsSpan(column * channels, channels), latents[row].Slice(x * channels, channels), 1f / (end - first));
            }
        }

        (_above, _bottom) = (_bottom, _above);
    }

    private static void Add(Span<float> sum, ReadOnlySpan<float> values, float weight)
    {
        for (int c = 0; c < sum.Length; c++)
        {
            sum[c] += weight * values[c];
        }
    }
}
