namespace VaeCodec.Imaging.Sample;

/// <summary>A red boathouse on the far shore: straight edges, flat faces, lit windows.</summary>
internal sealed class SampleHouse(int width, int height, int shore)
{
    private static readonly SampleColour Roof = new(74, 62, 66);
    private static readonly SampleColour Wall = new(158, 52, 40);
    private static readonly SampleColour Side = new(112, 36, 34);
    private static readonly SampleColour White = new(240, 232, 216);
    private static readonly SampleColour Pane = new(255, 214, 120);
    private static readonly SampleColour Base = new(92, 88, 88);

    internal void Paint(int y, SampleRow row)
    {
        if (y > shore || y < shore - (height / 6))
        {
            return;
        }

        // The roof, as a trapezium; its slope goes row by row.
        int roof = SampleShapes.Coverage(y, At(128), At(78));
        long down = Math.Clamp(((long)y << 8) + 128 - At(128), 0, Unit(50));
        Box(y, row, 44, 56, 140, 110, Base);
        row.Span(X(30) - down, X(122) + (down / 3), roof, Roof.Plus((int)(down * 30 / Unit(50))));
        Box(y, row, -14, 42, 78, 4, Side);
        Box(y, row, 42, 134, 78, 4, Wall);
        for (int plank = 50; plank < 134; plank += 8)
        {
            Box(y, row, plank, plank + 1, 78, 4, Side);
        }

        Box(y, row, -16, 136, 6, -3, Base);
        Box(y, row, 41, 43, 78, 4, White);
        Box(y, row, -18, 138, 80, 77, White);
        Window(y, row, 54);
        Window(y, row, 108);
        Box(y, row, 79, 101, 52, 4, White);
        Box(y, row, 82, 98, 49, 4, new SampleColour(58, 84, 92));
        Box(y, row, 93, 95, 28, 24, Pane);
        Box(y, row, 4, 22, 58, 34, White);
        Box(y, row, 6, 20, 56, 36, Pane.To(Side, 110));
    }

    private void Window(int y, SampleRow row, int left)
    {
        Box(y, row, left, left + 18, 58, 30, White);
        Box(y, row, left + 2, left + 8, 56, 45, Pane);
        Box(y, row, left + 10, left + 16, 56, 45, Pane);
        Box(y, row, left + 2, left + 8, 43, 32, Pane.Plus(-14));
        Box(y, row, left + 10, left + 16, 43, 32, Pane.Plus(-14));
    }

    private void Box(int y, SampleRow row, int left, int right, int top, int bottom, SampleColour colour) =>
        row.Span(X(left), X(right), SampleShapes.Coverage(y, At(top), At(bottom)), colour);

    /// <summary>A length in thousandths of the picture's height, in 256ths of a pixel.</summary>
    private long Unit(int thousandths) => thousandths * 256L * height / 1000;

    private long X(int thousandths) => (width * 256L * 13 / 100) + Unit(thousandths);

    /// <summary>A height above the shore.</summary>
    private long At(int thousandths) => ((long)shore << 8) - Unit(thousandths);
}
