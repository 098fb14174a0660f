using VaeCodec.Conformance.Tests.Rejection;
using VaeCodec.Conformance.Tests.SecondDecoder;

namespace VaeCodec.Conformance.Tests.MustReject;

/// <summary>Every file of spec/vectors/reject is refused for the reason that stands beside it: by the codec, by its verification, and by the second decoder.</summary>
public class RejectTests
{
    public static TheoryData<string, string> Files
    {
        get
        {
            TheoryData<string, string> data = [];
            foreach ((string name, string error, _) in RejectedFiles.ReadList())
            {
                data.Add(name, error);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public async Task IsRefusedByAll(string name, string error)
    {
        byte[] file = File.ReadAllBytes(RejectedFiles.PathOf(name));
        VaeException exception = Assert.ThrowsAny<VaeException>(() => VaeDecoder.Decode(file, Rejecting.Options));
        Assert.Equal(error, exception.Error.ToString());
        Assert.False(string.IsNullOrWhiteSpace(exception.Message));
        VaeVerification verification = await VaeVerifier.VerifyAsync(new MemoryStream(file), Rejecting.Options);
        Assert.Contains(verification.Problems, problem => problem.Error == exception.Error);
        Assert.Equal(error, BothDecoders.VerdictOfSecondDecoder(file));
    }

    [Fact]
    public void TheFolderIsWhatTheCatalogueMakes()
    {
        Assert.True(RejectCatalogue.All.Count >= 40);
        Assert.Equal(RejectCatalogue.All.Select(file => (file.Name, file.Error.ToString(), file.Why)), RejectedFiles.ReadList());
        Assert.All(RejectCatalogue.All, file => Assert.Equal(file.Make(), File.ReadAllBytes(RejectedFiles.PathOf(file.Name))));
        Assert.Equal(RejectCatalogue.All.Count + 1, Directory.GetFiles(RejectedFiles.Folder).Length);
    }
}
