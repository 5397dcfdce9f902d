using System.Text;

namespace DisclosureApi.Documents.Readers;

/// <summary>Text as a page shows it: runs of blanks are one, and a line broken in the middle of Chinese is not broken there.</summary>
internal sealed class PrintedText
{
    private readonly StringBuilder _text = new();
    private bool _blank;
    private bool _broken;

    /// <param name="asTyped">Whether blanks and line breaks are part of the text.</param>
    public void Append(string text, bool asTyped)
    {
        foreach (var c in text)
        {
            if (asTyped && c == '\n')
            {
                EndLine();
            }
            else if (c is ' ' or '\n' or '\r' or '\t' or '\f' && !(asTyped && c is ' ' or '\t'))
            {
                _blank = true;
                _broken |= c is '\n' or '\r';
            }
            else
            {
                Settle(c);
                // Other control characters are no writing, and PostgreSQL's JSON refuses some of them.
                _text.Append(char.IsControl(c) && c != '\t' ? ' ' : c);
            }
        }
    }

    public void EndLine()
    {
        (_blank, _broken) = (false, false);
        if (_text.Length > 0 && _text[^1] != '\n')
        {
            _text.Append('\n');
        }
    }

    /// <summary>What was written since the last time, without blanks around it.</summary>
    public string Take()
    {
        (_blank, _broken) = (false, false);
        var text = _text.ToString().Trim();
        _text.Clear();
        return text;
    }

    private void Settle(char next)
    {
        if (_blank && _text.Length > 0 && _text[^1] != '\n' && !(_broken && IsChinese(_text[^1]) && IsChinese(next)))
        {
            _text.Append(' ');
        }
        (_blank, _broken) = (false, false);
    }

    private static bool IsChinese(char c) => c is >= '\u2E80' and <= '\uFFEF';
}
