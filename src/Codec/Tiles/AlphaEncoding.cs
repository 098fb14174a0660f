using VaeCodec.Lossless;
using VaeCodec.Models.Cpu.Execution;

namespace VaeCodec.Tiles;

/// <summary>Takes alpha off the rows of a picture whose colour networks code, and codes it tile by tile.</summary>
/// <param name="picture">The picture, with alpha.</param>
/// <param name="tileSize">Side of a tile in pixels.</param>
/// <param name="bound">How far alpha may be from the picture's, in levels.</param>
/// <param name="workers">How many tiles may be coded at a time.</param>
/// <param name="stop">Ends work that is no longer wanted.</param>
internal sealed class AlphaEncoding(PictureDescription picture, int tileSize, int bound, int workers, WorkStop stop) : IParallelWork, IDisposable
{
    private readonly LosslessWorkerPool _workers = new(SampleCoding.Alpha(picture, tileSize, bound) with { Stop = stop }, workers);
    private readonly HiddenColours _hidden = new(picture);
    private byte[] _colour = [];
    private byte[] _alpha = [];
    private CodedTile[] _tiles = [];
    private int _row;

    /// <summary>Alpha of the rows that were taken, from the row of tiles on that is to be coded next.</summary>
    public PixelRows Alpha { get; } = new(picture.AlphaAlone().RowBytes);

    /// <summary>Takes the next rows, keeps their alpha, and makes wholly transparent pixels easy to code.</summary>
    /// <param name="rows">Whole rows without gaps.</param>
    /// <returns>Their colour, until the next call.</returns>
    public ReadOnlyMemory<byte> TakeOff(ReadOnlyMemory<byte> rows)
    {
        int count = rows.Length / picture.RowBytes, alphaBytes = count * picture.AlphaAlone().RowBytes, colourBytes = rows.Length - alphaBytes;
        if (_alpha.Length < alphaBytes)
        {
            (_colour, _alpha) = (new byte[colourBytes], new byte[alphaBytes]);
        }

        Memory<byte> colour = _colour.AsMemory(0, colourBytes);
        Span<byte> alpha = _alpha.AsSpan(0, alphaBytes);
        AlphaRows.Split(picture, rows.Span, colour.Span, alpha);
        _hidden.Replace(colour.Span, alpha);
        Alpha.Append(alpha);
        return colour;
    }

    /// <summary>Codes the alpha of a row of tiles and puts it before their colour.</summary>
    /// <param name="row">Which.</param>
    /// <param name="tiles">In: the colour; out: alpha and colour.</param>
    /// <param name="team">The threads to use.</param>
    public void Code(int row, CodedTile[] tiles, WorkerTeam team)
    {
        (_row, _tiles) = (row, tiles);
        team.Run(tiles.Length, this);
        Alpha.Release((row + 1) * tileSize);
    }

    /// <inheritdoc/>
    void IParallelWork.Execute(int item) => _workers.Use(worker => _tiles[item] = TilePart.Join(worker.EncodeShortest(Alpha, item, _row), _tiles[item]));

    /// <inheritdoc/>
    public void Dispose()
    {
        _workers.Dispose();
        Alpha.Dispose();
    }
}
