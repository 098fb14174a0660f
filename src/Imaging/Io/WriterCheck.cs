namespace VaeCodec.Imaging.Io;

/// <summary>Checks that every picture writer makes in the same way.</summary>
internal static class WriterCheck
{
    internal static void Begin(PictureDescription? current, PictureDescription picture)
    {
        ArgumentNullException.ThrowIfNull(picture);
        ArgumentOutOfRangeException.ThrowIfLessThan(picture.Width, 1, nameof(picture));
        ArgumentOutOfRangeException.ThrowIfLessThan(picture.Height, 1, nameof(picture));
        picture.CheckDepth();
        if (current is not null)
        {
            throw new InvalidOperationException("The writer has begun a picture already; make a new one for the next.");
        }
    }

    internal static InvalidOperationException NotBegun() => new("BeginAsync comes first, and EndAsync comes once, at the end.");
}
