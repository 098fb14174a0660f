// A web service that turns an uploaded .vae file into a PNG picture while it arrives:
//     dotnet run --project examples/StreamingServer -- --urls http://localhost:5080
//     curl --data-binary @photo.vae http://localhost:5080/png -o photo.png
using VaeCodec;
using VaeCodec.Imaging;

WebApplication app = WebApplication.Create(args);

// A service decides for itself how large a picture may be. What a request can take is then known: docs/memory.md. Metadata are counted apart, and a small file can hold large ones.
VaeLimits limits = VaeLimits.Default with { MaxPixels = 50_000_000, MaxMemoryBytes = 512 << 20, MaxMetadataBytes = 1 << 20 };

app.MapPost("/png", async (HttpContext context) =>
{
    try
    {
        // Neither a slow client nor a large picture holds a thread for ever. Photographs decode at some three megapixels a second on a thread, lossless ones at a tenth of that: few of 50 million pixels get through.
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        patience.CancelAfter(TimeSpan.FromMinutes(1));

        // The request's body is a PipeReader and the response's a PipeWriter: a client that reads slowly holds the decoder back, and that holds the upload back.
        VaeDecoderOptions options = new() { Limits = limits, Threads = 1 };
        await using VaeDecoder decoder = await VaeDecoder.OpenAsync(context.Request.BodyReader, options, patience.Token);
        context.Response.ContentType = "image/png";

        // What a picture that does not come to its end leaves in the writer is freed at once.
        IRowSink png = PictureWriter.Create(context.Response.Body, PictureFormat.Png);
        await using (png as IAsyncDisposable)
        {
            await decoder.CopyToAsync(png, patience.Token);
        }
    }
    catch (VaeException exception) when (!context.Response.HasStarted)
    {
        context.Response.StatusCode = exception is VaeLimitException ? StatusCodes.Status413PayloadTooLarge : StatusCodes.Status400BadRequest;
        context.Response.ContentType = "text/plain; charset=utf-8";
        await context.Response.WriteAsync($"{exception.Error}: {exception.Message}\n");
    }
    catch (OperationCanceledException) when (!context.RequestAborted.IsCancellationRequested && !context.Response.HasStarted)
    {
        context.Response.StatusCode = StatusCodes.Status408RequestTimeout;
    }
    catch (Exception exception) when (exception is VaeException or OperationCanceledException)
    {
        // Rows are on their way already: cutting the connection is the only way left to tell the client that the picture is not whole.
        context.Abort();
    }
});

app.Run();
