namespace VaeCodec.Conformance.Tests.SecondDecoder;

/// <summary>Sections 2.11 and 12.1: why a file or a model is refused. The names are the specification's.</summary>
internal enum FailureKind
{
    BadSignature,
    Truncated,
    ChecksumMismatch,
    UnsupportedVersion,
    UnsupportedFeature,
    InvalidOrder,
    InvalidField,
    LimitExceeded,
    TrailingData,
    CorruptSymbols,
    ModelMissing,
    ModelInvalid,
}
