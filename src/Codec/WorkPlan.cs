namespace VaeCodec;

/// <summary>How many threads memory is there for.</summary>
/// <param name="Threads">Threads that compute: as many as were asked for, or as fit the limit.</param>
/// <param name="SampleWorkers">Tiles of samples that may be coded at a time: each takes contexts of some 50 MB. At most as many as threads.</param>
/// <param name="HasRoomForSamples">Whether tiles may be samples beside networks. It does not depend on the threads that were asked for, and neither does any file or pixel.</param>
/// <param name="Left">Bytes that are left of the limit.</param>
internal readonly record struct WorkPlan(int Threads, int SampleWorkers, bool HasRoomForSamples, long Left);
