namespace VaeCodec.Tool;

internal static class Program
{
    private static int Main() => 0;
}
