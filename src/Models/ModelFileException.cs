using System.Globalization;

namespace VaeCodec.Models;

/// <summary>
/// A model file is damaged or not acceptable. The codec turns it into its own VaeModelException, which is what users of
/// the codec see; this type keeps the networks free of the container.
/// </summary>
public sealed class ModelFileException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is wrong with the file, and where.</param>
    /// <param name="innerException">The cause, if another exception was.</param>
    public ModelFileException(string message, Exception? innerException = null)
        : base(Printable(message), innerException)
    {
    }

    /// <summary>Messages quote what a file says, which may be anything: nothing in them may steer a terminal or fill a log.</summary>
    private static string Printable(string message)
    {
        const int most = 1000;
        IEnumerable<char> letters = message.Take(most).Select(letter => char.GetUnicodeCategory(letter)
            is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator ? '?' : letter);
        return string.Concat(letters) + (message.Length > most ? "..." : "");
    }
}
