namespace DisclosureApi.Operations.Checks;

internal enum Verdict
{
    Ok,

    /// <summary>Nothing stops, but an operator should know.</summary>
    Warn,

    /// <summary>A host would not start, would not serve rightly, or would lose what it promises to keep.</summary>
    Fault,
}

/// <summary>One thing that was looked at: what was found, and how to mend it where it is not as it should be.</summary>
internal sealed record Checked(Verdict Verdict, string Name, string Told)
{
    public static Checked Ok(string name, string told) => new(Verdict.Ok, name, told);

    public static Checked Warn(string name, string told) => new(Verdict.Warn, name, told);

    public static Checked Fault(string name, string told) => new(Verdict.Fault, name, told);

    /// <summary>One line, whatever stands in what was told.</summary>
    public override string ToString() =>
        $"{Verdict.ToString().ToUpperInvariant(),-6} {Name,-14} {string.Join(' ', Told.Split((char[])['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))}";
}
