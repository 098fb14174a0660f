namespace VaeCodec.Conformance.Tests.SecondDecoder.Repeats;

/// <summary>Section 13.9: the memory of one of the seven surroundings.</summary>
internal sealed class ColourMemory
{
    private const int MostConfidence = 15;
    private const int StubbornAbove = 3;

    /// <summary>The places that are full.</summary>
    private readonly Dictionary<uint, Memory> _places = [];

    /// <summary>What is remembered at a key, or null.</summary>
    public Memory? Recall(uint key) => _places.TryGetValue(Place(key), out Memory? memory) && memory.Tag == Tag(key) ? memory : null;

    /// <summary>What follows after a pixel of a colour.</summary>
    public void Learn(uint key, ulong colour)
    {
        Memory? memory = Recall(key);
        if (memory is not null && memory.Colour == colour)
        {
            _places[Place(key)] = memory with { Confidence = Math.Min(memory.Confidence + 1, MostConfidence) };
        }
        else if (memory is not null && memory.Confidence > StubbornAbove)
        {
            _places[Place(key)] = memory with { Confidence = memory.Confidence >> 2 };
        }
        else
        {
            _places[Place(key)] = new Memory(colour, Tag(key), 0);
        }
    }

    private static uint Place(uint key) => key >> 16;

    private static uint Tag(uint key) => key & 0xFFFF;
}
