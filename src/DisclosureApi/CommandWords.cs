using System.CommandLine;

namespace DisclosureApi;

/// <summary>What the command line takes for what, where the parser would let a slip of the pen pass.</summary>
internal static class CommandWords
{
    /// <summary>A reason that stays for all to read has words in it.</summary>
    public static void RequireWords(this Option<string> reason) => reason.Validators.Add(result =>
    {
        if (string.IsNullOrWhiteSpace(result.GetValueOrDefault<string>()))
        {
            result.AddError($"{reason.Name} must say why.");
        }
    });

    /// <summary>A command that was misspelt must not start a host, which would make or upgrade a database. Settings are words with a dash before them, or with an equals sign in them, and what follows a dash alone is its value.</summary>
    /// <exception cref="InvalidOperationException">A word is neither a setting nor the value of one.</exception>
    public static void RequireSettings(IReadOnlyList<string> words)
    {
        for (var at = 0; at < words.Count; at++)
        {
            if (words[at].Contains('=', StringComparison.Ordinal))
            {
                continue;
            }
            if (!words[at].StartsWith('-') && !words[at].StartsWith('/'))
            {
                throw new InvalidOperationException($"\"{words[at]}\" is neither a command nor a setting. --help lists the commands; a setting is --Section:Key=value.");
            }
            at++;
        }
    }
}
