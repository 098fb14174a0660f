using System.Buffers.Binary;
using System.Text;

namespace VaeCodec.ImageSharp.Tests;

/// <summary>Makes ICC profiles of a header alone, which is as much as is looked at.</summary>
internal static class ColourProfile
{
    /// <summary>A profile for samples of a colour space, given by its four characters.</summary>
    public static byte[] Create(string space)
    {
        const int Bytes = 132;
        byte[] profile = new byte[Bytes];
        BinaryPrimitives.WriteInt32BigEndian(profile, Bytes);
        Encoding.ASCII.GetBytes(space).CopyTo(profile, 16);
        "XYZ "u8.CopyTo(profile.AsSpan(20));
        "acsp"u8.CopyTo(profile.AsSpan(36));
        return profile;
    }
}
