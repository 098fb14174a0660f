using System.IO.Pipelines;

namespace VaeCodec;

/// <summary>Streams for what reads pipes.</summary>
internal static class StreamInput
{
    /// <summary>Reads a stream, which is left open, through a pipe that is completed whatever happens.</summary>
    public static async Task<T> ReadAsync<T>(Stream input, Func<PipeReader, Task<T>> read)
    {
        PipeReader reader = PipeReader.Create(input, new StreamPipeReaderOptions(leaveOpen: true));
        try
        {
            return await read(reader).ConfigureAwait(false);
        }
        finally
        {
            await reader.CompleteAsync().ConfigureAwait(false);
        }
    }
}
