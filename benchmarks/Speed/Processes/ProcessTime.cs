namespace VaeCodec.Speed.Processes;

/// <summary>Whole processes on one picture: seconds from start to exit, the best of the repetitions.</summary>
/// <param name="Name">What was run.</param>
/// <param name="Version">Its version.</param>
/// <param name="Threads">How many threads it was allowed.</param>
/// <param name="EncodeSeconds">Seconds to encode.</param>
/// <param name="DecodeSeconds">Seconds to decode.</param>
/// <param name="FileBytes">Length of the file between the two.</param>
internal sealed record ProcessTime(string Name, string Version, int Threads, double EncodeSeconds, double DecodeSeconds, long FileBytes);
