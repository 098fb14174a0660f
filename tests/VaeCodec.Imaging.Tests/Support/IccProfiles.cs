namespace VaeCodec.Imaging.Tests.Support;

/// <summary>Makes ICC profiles whose header is sound; what follows it is noise, which nothing here looks at.</summary>
internal static class IccProfiles
{
    internal const int HeaderBytes = 128;

    /// <summary>A profile.</summary>
    /// <param name="random">The noise.</param>
    /// <param name="bytes">Its size, at least the header's.</param>
    /// <param name="space">Its data colour space, four letters.</param>
    internal static byte[] Make(Random random, int bytes = HeaderBytes, string space = "RGB ")
    {
        var profile = new byte[bytes];
        random.NextBytes(profile);
        System.Text.Encoding.ASCII.GetBytes(space, profile.AsSpan(16, 4));
        "acsp"u8.CopyTo(profile.AsSpan(36));
        return profile;
    }
}
