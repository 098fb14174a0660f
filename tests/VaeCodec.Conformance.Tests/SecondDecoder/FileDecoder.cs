using VaeCodec.Conformance.Tests.SecondDecoder.Containers;
using VaeCodec.Conformance.Tests.SecondDecoder.Lossless;
using VaeCodec.Conformance.Tests.SecondDecoder.ModelFiles;

namespace VaeCodec.Conformance.Tests.SecondDecoder;

/// <summary>
/// A second decoder of .vae files, written from spec/vae-format.md alone: it shares no code with the codec and is slow
/// and plain on purpose. Where the two differ, one of them or the specification is wrong.
/// </summary>
internal static class FileDecoder
{
    /// <summary>Decodes a whole file.</summary>
    /// <param name="file">Its bytes.</param>
    /// <param name="models">The models at hand.</param>
    public static DecodedFile Decode(byte[] file, params ModelFile[] models)
    {
        Container container = ContainerReader.Read(file, new Limits());
        if (container.Header.SampleFile)
        {
            return SamplePictureDecoder.Decode(container);
        }

        string identity = container.Header.ModelIdentity;
        ModelFile model = models.FirstOrDefault(candidate => candidate.Identity == identity)
            ?? throw new DecodingException(FailureKind.ModelMissing, $"The model {identity} is not at hand.");
        return new LossyPictureDecoder(container, model).Decode();
    }
}
