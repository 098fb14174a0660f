using VaeCodec.Bundling;
using VaeCodec.Imaging;

namespace VaeCodec.Tool;

/// <summary>The pictures of a folder that a model is calibrated with. Those with alpha or more than 8 bits a sample are passed over, as training leaves them out.</summary>
internal static class CalibrationPictures
{
    /// <summary>Opens them one after the other; messages are about the one that is at work, or the folder.</summary>
    /// <param name="run">The run.</param>
    /// <param name="folder">The folder.</param>
    /// <param name="every">Takes every N-th of its pictures.</param>
    public static IAsyncEnumerable<IRowSource> Open(CommandRun run, string folder, int every)
    {
        run.Subject = folder;
        return PictureFolder.OpenAsync(PictureFolder.Files(folder, every), file => run.Subject = file, Takes, run.CancellationToken);

        bool Takes(PictureDescription picture)
        {
            bool takes = ModelBundler.Calibrates(picture);
            run.Subject = takes ? run.Subject : folder;
            return takes;
        }
    }
}
