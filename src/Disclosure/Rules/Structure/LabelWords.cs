namespace Disclosure.Rules.Structure;

/// <summary>Labels as they are compared: without blanks, widths, brackets' shapes and the mark after an ordinal.</summary>
internal static class LabelWords
{
    private const int Telling = 4;

    /// <summary>Whether this is the label, or a piece of it that the layout cut off.</summary>
    public static bool Same(string official, string printed)
    {
        var (whole, piece) = (Bare(official), Bare(printed));
        return whole == piece || (piece.Length >= 2 && whole.Contains(piece, StringComparison.Ordinal));
    }

    /// <summary>Whether the label's first words stand in this text. Labels of few words could stand anywhere and do not count.</summary>
    public static bool StandIn(string text, string official)
    {
        var words = Bare(official);
        return words.Length >= Telling && Bare(text).Contains(words[..Telling], StringComparison.Ordinal);
    }

    private static string Bare(string label)
    {
        var words = new List<char>(label.Length);
        foreach (var c in label)
        {
            if (Words.IsHan(c) || char.IsAsciiLetterOrDigit(c))
            {
                words.Add(c);
            }
        }
        return new string([.. words]);
    }
}
