using VaeCodec.Conformance.Tests.SecondDecoder.Coding;
using VaeCodec.Conformance.Tests.SecondDecoder.Containers;
using VaeCodec.Conformance.Tests.SecondDecoder.Lossless;
using VaeCodec.Conformance.Tests.SecondDecoder.ModelFiles;
using VaeCodec.Conformance.Tests.SecondDecoder.Networks;

namespace VaeCodec.Conformance.Tests.SecondDecoder;

/// <summary>
/// Chapters 3, 4 and 8: the tiles one by one, then the synthesis of the whole padded picture. In a mixed file (section
/// 13.1) the latents of tiles of samples stay zero, and the samples take the place of what the synthesis gives there.
/// Alpha is always samples (section 2.6.1).
/// </summary>
/// <param name="container">The file.</param>
/// <param name="model">The model that its header names.</param>
internal sealed class LossyPictureDecoder(Container container, ModelFile model)
{
    private readonly Header _header = container.Header;

    public DecodedFile Decode()
    {
        TileSymbolDecoder symbolDecoder = new(model, _header.Quality);
        LatentReconstruction reconstruction = new(model, _header.Quality);
        LatentArea places = LatentArea.OfPicture(_header);
        Grid<float> latents = new(places.Rows, places.Columns, model.Description.LatentChannels);
        List<(TileSection Tile, int Channel, Grid<int> Samples)> decodedSamples = [];
        using MemoryStream symbolBytes = new();
        foreach (TileSection tile in container.Tiles)
        {
            (TilePart? alpha, TilePart colour) = TilePart.Split(_header, tile);
            if (alpha is not null)
            {
                Grid<int> samples = SampleTileDecoder.Decode(_header, SampleFormat.OfAlpha(_header), tile, alpha, TileCoding.OfAlpha(alpha));
                symbolBytes.Write(SampleBytes.Of(samples, _header.BitDepth));
                decodedSamples.Add((tile, _header.Colours, samples));
            }

            TileCoding coding = TileCoding.Of(_header, colour);
            if (coding.OfSamples)
            {
                Grid<int> samples = SampleTileDecoder.Decode(_header, SampleFormat.OfColours(_header), tile, colour, coding);
                symbolBytes.Write(SampleBytes.Of(samples, _header.BitDepth));
                decodedSamples.Add((tile, 0, samples));
                continue;
            }

            LatentArea area = LatentArea.OfTile(_header, tile.Column, tile.Row);
            TileSymbols symbols = symbolDecoder.Decode(coding.Bytes, colour.Checksum, area);
            symbolBytes.Write(symbols.ToBytes());
            latents.Place(area.Top, area.Left, reconstruction.Reconstruct(symbols));
        }

        Grid<float> padded = new Synthesis(model, _header.Quality).Apply(latents);
        Grid<int> picture = ToSamples(padded);
        foreach ((TileSection tile, int channel, Grid<int> samples) in decodedSamples)
        {
            picture.Place(tile.Row * _header.TileSide, tile.Column * _header.TileSide, samples, channel);
        }

        return new DecodedFile(container, picture, symbolBytes.ToArray());
    }

    /// <summary>Section 8.3: drops what lies outside of the picture and converts the rest; alpha is left 0.</summary>
    private Grid<int> ToSamples(Grid<float> padded)
    {
        Grid<int> samples = new(_header.Height, _header.Width, _header.Channels);
        for (int row = 0; row < samples.Rows; row++)
        {
            for (int column = 0; column < samples.Columns; column++)
            {
                int[] pixel = Synthesis.ToSamples(padded[row, column, 0], padded[row, column, 1], padded[row, column, 2], _header.Colours, _header.MaximumSample);
                for (int channel = 0; channel < pixel.Length; channel++)
                {
                    samples[row, column, channel] = pixel[channel];
                }
            }
        }

        return samples;
    }
}
