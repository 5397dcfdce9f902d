using System.Globalization;
using FsCheck;

namespace Disclosure.Tests.Documents;

/// <summary>How many made-up documents a law of this room is tried on: some in every run, as many as DISCLOSURE_LAYOUTS says in a long one.</summary>
internal static class Cases
{
    public static Config Config(int usual) => FsCheck.Config.QuickThrowOnFailure.WithMaxTest(Of(usual));

    public static int Of(int usual) =>
        int.TryParse(Environment.GetEnvironmentVariable("DISCLOSURE_LAYOUTS"), NumberStyles.None, CultureInfo.InvariantCulture, out var asked) ? asked : usual;
}
