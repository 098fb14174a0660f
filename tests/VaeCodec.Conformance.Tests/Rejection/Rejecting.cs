using VaeCodec.Conformance.Tests.Frozen;
using VaeCodec.Conformance.Tests.Streams;
using VaeCodec.Conformance.Tests.Vectors;

namespace VaeCodec.Conformance.Tests.Rejection;

/// <summary>What the must-reject tests have in common.</summary>
internal static class Rejecting
{
    /// <summary>Options that know the frozen model.</summary>
    public static VaeDecoderOptions Options { get; } = new() { Models = [FrozenModel.Default], Threads = 1 };

    /// <summary>A vector's bytes.</summary>
    public static byte[] Bytes(string vector) => File.ReadAllBytes(VectorRecord.StreamPath(vector));

    /// <summary>A vector taken apart.</summary>
    public static StreamStructure Structure(string vector) => StreamStructure.Parse(Bytes(vector));

    /// <summary>Demands that decoding fails with just this.</summary>
    public static T Expect<T>(VaeError error, byte[] file, VaeDecoderOptions? options = null)
        where T : VaeException
    {
        T exception = Assert.Throws<T>(() => VaeDecoder.Decode(file, options ?? Options));
        Assert.True(error == exception.Error, $"{exception.Error} in place of {error}: {exception.Message}");
        Assert.False(string.IsNullOrWhiteSpace(exception.Message));
        ExpectUnsound(exception, file, options ?? Options);
        return exception;
    }

    /// <summary>Demands that a check of the file finds what a decode stumbled over, limits on pixels' memory apart.</summary>
    public static void ExpectUnsound(VaeException decoding, byte[] file, VaeDecoderOptions options)
    {
        VaeVerification verification = VaeVerifier.VerifyAsync(new MemoryStream(file), options).GetAwaiter().GetResult();
        if (decoding.Error != VaeError.LimitExceeded)
        {
            Assert.Contains(verification.Problems, problem => problem.Error == decoding.Error && problem.Message == decoding.Message);
        }
    }

    /// <summary>The same, and the refusal allocates little on the managed heap.</summary>
    public static void ExpectCheaply<T>(VaeError error, byte[] file, long mostBytes, VaeDecoderOptions? options = null)
        where T : VaeException
    {
        // The first refusal loads code and, for some, models.
        Expect<T>(error, file, options);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<T>(() => VaeDecoder.Decode(file, options ?? Options));
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(allocated < mostBytes, $"The refusal allocated {allocated} bytes.");
    }
}
