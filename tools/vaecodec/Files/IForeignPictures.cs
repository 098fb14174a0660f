using VaeCodec.Imaging;

namespace VaeCodec.Tool;

/// <summary>Picture formats beside those of VaeCodec.Imaging, for builds of the tool that have a library for them. Chosen by the extension of a file's name, or by it as the name of a format.</summary>
internal interface IForeignPictures
{
    /// <summary>Names of the formats that are written, for people: a list with commas.</summary>
    string Names { get; }

    /// <summary>Whether files of such a name are read.</summary>
    bool IsRead(string path);

    /// <summary>Whether files of such a name are written.</summary>
    bool IsWritten(string path);

    /// <summary>Whether files of such a name hold an ICC profile as they are written.</summary>
    bool HoldsProfile(string path);

    /// <summary>Whether files of such a name hold EXIF as they are written.</summary>
    bool HoldsExif(string path);

    /// <summary>Whether files of such a name hold code points as they are written.</summary>
    bool HoldsCodePoints(string path);

    /// <summary>Opens a picture. It is held in memory.</summary>
    /// <param name="file">The file; left open.</param>
    /// <param name="name">Its name, for messages.</param>
    /// <param name="ignoreProfile">Whether its colour profile is not looked at.</param>
    /// <param name="limits">What to refuse before it is decoded.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <returns>Its rows; disposing them frees it.</returns>
    Task<IRowSource> OpenAsync(Stream file, string name, bool ignoreProfile, VaeLimits limits, CancellationToken cancellationToken);

    /// <summary>Makes a sink that writes a picture once it has all rows.</summary>
    /// <param name="file">Where it goes; left open.</param>
    /// <param name="path">The file's name, whose extension says the format.</param>
    /// <param name="options">How; what of it the format has.</param>
    IRowSink CreateWriter(Stream file, string path, PictureWriterOptions options);
}
