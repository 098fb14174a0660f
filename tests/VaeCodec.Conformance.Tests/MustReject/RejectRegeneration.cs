using VaeCodec.Conformance.Tests.Support;

namespace VaeCodec.Conformance.Tests.MustReject;

public class RejectRegeneration
{
    [RegenerationFact("reject")]
    public void WriteTheFiles() => RejectedFiles.Write(RejectCatalogue.All);
}
