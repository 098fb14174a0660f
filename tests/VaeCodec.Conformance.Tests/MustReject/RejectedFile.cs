namespace VaeCodec.Conformance.Tests.MustReject;

/// <summary>A file that every decoder must refuse, for one reason.</summary>
/// <param name="Name">Its name in spec/vectors/reject, without extension.</param>
/// <param name="Error">The kind of failure (spec/vae-format.md, sections 2.11 and 12.1).</param>
/// <param name="Why">What is wrong with it.</param>
/// <param name="Make">Makes its bytes from vectors.</param>
internal sealed record RejectedFile(string Name, VaeError Error, string Why, Func<byte[]> Make);
