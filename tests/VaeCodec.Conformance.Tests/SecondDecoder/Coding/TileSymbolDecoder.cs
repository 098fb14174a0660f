using VaeCodec.Conformance.Tests.SecondDecoder.ModelFiles;

namespace VaeCodec.Conformance.Tests.SecondDecoder.Coding;

/// <summary>Chapter 4: from a tile's coded bytes to its symbols, in integers only.</summary>
/// <param name="model">The model.</param>
/// <param name="quality">Quality of the header.</param>
internal sealed class TileSymbolDecoder(ModelFile model, int quality)
{
    private const int MostHyperLatent = 127;
    private const int MostLatent = 32767;

    /// <summary>Section 4.4: decodes and verifies the symbols of a tile.</summary>
    /// <param name="bytes">The stream of its symbols.</param>
    /// <param name="checksum">Their checksum.</param>
    /// <param name="area">Its latents.</param>
    public TileSymbols Decode(byte[] bytes, uint checksum, LatentArea area)
    {
        RansReader stream = new(bytes);
        SymbolReader reader = new(stream);
        Grid<int> z = ReadHyperLatents(reader, area);
        Grid<int> scales = model.HyperScale.Apply(z);
        Grid<int> q = new(area.Rows, area.Columns, model.Description.LatentChannels);
        ReadLatents(reader, q, scales, parity: 0);
        ReadLatents(reader, q, scales, parity: 1);
        stream.RequireEnd();
        TileSymbols symbols = new(z, q);
        DecodingException.Require(Crc32C.Of(symbols.ToBytes()) == checksum, FailureKind.CorruptSymbols, "A wrong symbol checksum.");
        return symbols;
    }

    private Grid<int> ReadHyperLatents(SymbolReader reader, LatentArea area)
    {
        Grid<int> z = new(area.Rows / 4, area.Columns / 4, model.Description.HyperChannels);
        for (int row = 0; row < z.Rows; row++)
        {
            for (int column = 0; column < z.Columns; column++)
            {
                for (int channel = 0; channel < z.Channels; channel++)
                {
                    z[row, column, channel] = reader.Read(model.Prior(quality, channel), MostHyperLatent);
                }
            }
        }

        return z;
    }

    /// <summary>Sections 4.1 and 4.2: the latents at the even or the odd positions.</summary>
    private void ReadLatents(SymbolReader reader, Grid<int> q, Grid<int> scales, int parity)
    {
        for (int row = 0; row < q.Rows; row++)
        {
            for (int column = (row + parity) % 2; column < q.Columns; column += 2)
            {
                for (int channel = 0; channel < q.Channels; channel++)
                {
                    int index = scales[row, column, channel] + model.Tables.ScaleOffset(quality, channel);
                    FrequencyTable table = model.ScaleTable(Math.Clamp(index, 0, model.Description.Scales - 1));
                    q[row, column, channel] = reader.Read(table, MostLatent);
                }
            }
        }
    }
}
