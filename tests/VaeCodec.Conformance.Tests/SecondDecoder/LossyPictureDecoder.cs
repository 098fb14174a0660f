using VaeCodec.Conformance.Tests.SecondDecoder.Coding;
using VaeCodec.Conformance.Tests.SecondDecoder.Containers;
using VaeCodec.Conformance.Tests.SecondDecoder.ModelFiles;
using VaeCodec.Conformance.Tests.SecondDecoder.Networks;

namespace VaeCodec.Conformance.Tests.SecondDecoder;

/// <summary>Chapters 3, 4 and 8: the tiles one by one, then the synthesis of the whole padded picture.</summary>
/// <param name="container">The file.</param>
/// <param name="model">The model that its header names.</param>
internal sealed class LossyPictureDecoder(Container container, ModelFile model)
{
    private readonly Header _header = container.Header;

    public DecodedFile Decode()
    {
        TileSymbolDecoder symbolDecoder = new(model, _header.Quality);
        LatentReconstruction reconstruction = new(model, _header.Quality);
        LatentArea picture = LatentArea.OfPicture(_header);
        Grid<float> latents = new(picture.Rows, picture.Columns, model.Description.LatentChannels);
        using MemoryStream symbolBytes = new();
        foreach (TileSection tile in container.Tiles)
        {
            LatentArea area = LatentArea.OfTile(_header, tile.Column, tile.Row);
            TileSymbols symbols = symbolDecoder.Decode(tile, area);
            symbolBytes.Write(symbols.ToBytes());
            Place(latents, area, reconstruction.Reconstruct(symbols));
        }

        Grid<float> padded = new Synthesis(model, _header.Quality).Apply(latents);
        return new DecodedFile(container, ToSamples(padded), symbolBytes.ToArray());
    }

    /// <summary>Copies a tile's latents to where they lie in the picture.</summary>
    private static void Place(Grid<float> latents, LatentArea area, Grid<float> tile)
    {
        for (int row = 0; row < area.Rows; row++)
        {
            for (int column = 0; column < area.Columns; column++)
            {
                for (int channel = 0; channel < latents.Channels; channel++)
                {
                    latents[area.Top + row, area.Left + column, channel] = tile[row, column, channel];
                }
            }
        }
    }

    /// <summary>Section 8.3: drops what lies outside of the picture and converts the rest.</summary>
    private Grid<int> ToSamples(Grid<float> padded)
    {
        Grid<int> samples = new(_header.Height, _header.Width, _header.Channels);
        for (int row = 0; row < samples.Rows; row++)
        {
            for (int column = 0; column < samples.Columns; column++)
            {
                int[] pixel = Synthesis.ToSamples(padded[row, column, 0], padded[row, column, 1], padded[row, column, 2], samples.Channels, _header.MaximumSample);
                for (int channel = 0; channel < pixel.Length; channel++)
                {
                    samples[row, column, channel] = pixel[channel];
                }
            }
        }

        return samples;
    }
}
