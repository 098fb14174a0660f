using System.Buffers.Binary;

namespace VaeCodec.Imaging.Icc;

/// <summary>
/// A colour space of three primaries, a white and one curve as an ICC profile (ICC.1:2022, 8.3.3 and 8.4.3; version 4): what the chunks gAMA and cHRM of a PNG say in a form that travels with the picture.
/// </summary>
internal static class MatrixProfile
{
    private const int HeaderBytes = 128;
    private const int TagBytes = 12;

    /// <summary>The white of the profile connection space, D50 (ICC.1:2022, 7.2.16).</summary>
    private static readonly double[] s_d50 = [0.9642, 1, 0.8249];

    /// <summary>XYZ to the responses of the eye's cones, after Bradford (ICC.1:2022, annex E).</summary>
    private static readonly double[,] s_bradford = { { 0.8951, 0.2664, -0.1614 }, { -0.7502, 1.7135, 0.0367 }, { 0.0389, -0.0685, 1.0296 } };

    /// <summary>x and y of the white, red, green and blue of sRGB (IEC 61966-2-1).</summary>
    public static ReadOnlySpan<double> Srgb => [0.3127, 0.3290, 0.64, 0.33, 0.30, 0.60, 0.15, 0.06];

    /// <summary>Makes a profile.</summary>
    /// <param name="chromaticities">x and y of white, red, green and blue; empty for those of sRGB.</param>
    /// <param name="exponent">The power that makes light of samples; null for the curve of sRGB.</param>
    /// <param name="isGrey">Whether it is for grey samples, of which only the curve counts.</param>
    /// <returns>The profile; null where the chromaticities are not those of a colour space.</returns>
    public static byte[]? Make(ReadOnlySpan<double> chromaticities, double? exponent, bool isGrey)
    {
        List<(string Name, byte[] Data)> tags = [("desc", Text("As gAMA and cHRM describe it")), ("cprt", Text("CC0")), ("wtpt", Xyz(s_d50))];
        if (isGrey)
        {
            tags.Add(("kTRC", Curve(exponent)));
            return Assemble("GRAY", tags);
        }

        if (Colorants(chromaticities.IsEmpty ? Srgb : chromaticities) is not var (adaptation, colorants))
        {
            return null;
        }

        tags.Add(("chad", Numbers("sf32", [.. adaptation.Cast<double>()])));
        foreach ((string name, int column) in new[] { ("rXYZ", 0), ("gXYZ", 1), ("bXYZ", 2) })
        {
            tags.Add((name, Xyz([colorants[0, column], colorants[1, column], colorants[2, column]])));
        }

        byte[] curve = Curve(exponent);
        tags.AddRange([("rTRC", curve), ("gTRC", curve), ("bTRC", curve)]);
        return Assemble("RGB ", tags);
    }

    /// <summary>How the white is adapted to D50, and what each primary gives there.</summary>
    private static (double[,] Adaptation, double[,] Colorants)? Colorants(ReadOnlySpan<double> chromaticities)
    {
        double[,] primaries = new double[3, 3];
        for (int i = 0; i < 3; i++)
        {
            (double x, double y) = (chromaticities[2 + (2 * i)], chromaticities[3 + (2 * i)]);
            (primaries[0, i], primaries[1, i], primaries[2, i]) = (x, y, 1 - x - y);
        }

        (double whiteX, double whiteY) = (chromaticities[0], chromaticities[1]);
        if (whiteX <= 0 || whiteY <= 0 || whiteX + whiteY > 1 || Inverse(primaries) is not { } inverse)
        {
            return null;
        }

        double[] white = [whiteX / whiteY, 1, (1 - whiteX - whiteY) / whiteY];
        double[] amounts = Multiply(inverse, white), cones = Multiply(s_bradford, white), wanted = Multiply(s_bradford, s_d50);
        if (amounts.Any(amount => amount <= 0))
        {
            return null;
        }

        double[,] scaled = new double[3, 3], light = new double[3, 3];
        for (int row = 0; row < 3; row++)
        {
            for (int column = 0; column < 3; column++)
            {
                scaled[row, column] = s_bradford[row, column] * wanted[row] / cones[row];
                light[row, column] = primaries[row, column] * amounts[column];
            }
        }

        double[,] adaptation = Multiply(Inverse(s_bradford)!, scaled);
        return (adaptation, Multiply(adaptation, light));
    }

    private static byte[] Assemble(string space, List<(string Name, byte[] Data)> tags)
    {
        // Tags that hold the same bytes share them.
        List<byte[]> parts = [.. tags.Select(tag => tag.Data).Distinct()];
        int start = HeaderBytes + 4 + (TagBytes * tags.Count);
        int[] offsets = new int[parts.Count];
        for (int i = 0, at = start; i < offsets.Length; at += parts[i++].Length)
        {
            offsets[i] = at;
        }

        byte[] profile = new byte[start + parts.Sum(part => part.Length)];
        Put(profile, 0, profile.Length);
        Put(profile, 8, 0x0440_0000);
        Put(profile, 12, "mntr");
        Put(profile, 16, space);
        Put(profile, 20, "XYZ ");

        // The date is that of the specification: the same description is the same profile.
        (profile[24], profile[25], profile[27], profile[29]) = (2022 >> 8, 2022 & 0xFF, 5, 1);
        Put(profile, 36, "acsp");
        Xyz(s_d50).AsSpan(8).CopyTo(profile.AsSpan(68));
        Put(profile, HeaderBytes, tags.Count);
        for (int i = 0; i < tags.Count; i++)
        {
            int part = parts.IndexOf(tags[i].Data), entry = HeaderBytes + 4 + (TagBytes * i);
            Put(profile, entry, tags[i].Name);
            Put(profile, entry + 4, offsets[part]);
            Put(profile, entry + 8, parts[part].Length);
        }

        parts.Zip(offsets).ToList().ForEach(pair => pair.First.CopyTo(profile, pair.Second));
        return profile;
    }

    /// <summary>A parametric curve: a power, or that of sRGB (ICC.1:2022, 10.18).</summary>
    private static byte[] Curve(double? exponent)
    {
        byte[] curve = exponent is { } power ? Numbers("para", [0, power]) : Numbers("para", [0, 2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045]);
        curve[9] = (byte)(exponent is null ? 3 : 0);
        return curve;
    }

    private static byte[] Xyz(double[] values) => Numbers("XYZ ", values);

    /// <summary>A type, four zeros, and numbers with sixteen bits behind the point.</summary>
    private static byte[] Numbers(string type, double[] values)
    {
        byte[] data = new byte[8 + (4 * values.Length)];
        Put(data, 0, type);
        for (int i = 0; i < values.Length; i++)
        {
            Put(data, 8 + (4 * i), (int)Math.Round(values[i] * 65536));
        }

        return data;
    }

    /// <summary>A text in English (ICC.1:2022, 10.15), filled up to whole words.</summary>
    private static byte[] Text(string text)
    {
        byte[] data = new byte[(28 + (2 * text.Length) + 3) / 4 * 4];
        Put(data, 0, "mluc");
        Put(data, 8, 1);
        Put(data, 12, 12);
        Put(data, 16, "enUS");
        Put(data, 20, 2 * text.Length);
        Put(data, 24, 28);
        for (int i = 0; i < text.Length; i++)
        {
            data[29 + (2 * i)] = (byte)text[i];
        }

        return data;
    }

    private static void Put(byte[] target, int at, int value) => BinaryPrimitives.WriteInt32BigEndian(target.AsSpan(at), value);

    private static void Put(byte[] target, int at, string ascii)
    {
        for (int i = 0; i < ascii.Length; i++)
        {
            target[at + i] = (byte)ascii[i];
        }
    }

    private static double[] Multiply(double[,] matrix, double[] vector)
        => [.. Enumerable.Range(0, 3).Select(row => (matrix[row, 0] * vector[0]) + (matrix[row, 1] * vector[1]) + (matrix[row, 2] * vector[2]))];

    private static double[,] Multiply(double[,] left, double[,] right)
    {
        double[,] product = new double[3, 3];
        for (int column = 0; column < 3; column++)
        {
            double[] values = Multiply(left, [right[0, column], right[1, column], right[2, column]]);
            (product[0, column], product[1, column], product[2, column]) = (values[0], values[1], values[2]);
        }

        return product;
    }

    /// <summary>The inverse by cofactors; null where there is none worth having.</summary>
    private static double[,]? Inverse(double[,] m)
    {
        double[,] inverse = new double[3, 3];
        for (int row = 0; row < 3; row++)
        {
            for (int column = 0; column < 3; column++)
            {
                int r1 = (column + 1) % 3, r2 = (column + 2) % 3, c1 = (row + 1) % 3, c2 = (row + 2) % 3;
                inverse[row, column] = (m[r1, c1] * m[r2, c2]) - (m[r1, c2] * m[r2, c1]);
            }
        }

        double determinant = (m[0, 0] * inverse[0, 0]) + (m[0, 1] * inverse[1, 0]) + (m[0, 2] * inverse[2, 0]);
        if (Math.Abs(determinant) < 1e-4)
        {
            return null;
        }

        for (int i = 0; i < 9; i++)
        {
            inverse[i / 3, i % 3] /= determinant;
        }

        return inverse;
    }
}
