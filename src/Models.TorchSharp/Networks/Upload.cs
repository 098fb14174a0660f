using TorchSharp;
using static TorchSharp.torch;

namespace VaeCodec.Models.TorchSharp.Networks;

/// <summary>Brings numbers of a step to the device without waiting for it.</summary>
internal static class Upload
{
    /// <summary>
    /// The same values on a device. From pageable memory a copy waits until the GPU has done all it was given before; from
    /// pinned memory it takes its place in the queue.
    /// </summary>
    public static Tensor To(Tensor host, Device device)
        => device.type == DeviceType.CPU ? host : host.pin_memory().to(device, non_blocking: true);
}
