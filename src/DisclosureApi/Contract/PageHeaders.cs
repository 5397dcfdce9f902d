namespace DisclosureApi.Contract;

/// <summary>What pages tell browsers about themselves, so that nothing that strangers put in an address or a report can run there.</summary>
internal static class PageHeaders
{
    private static readonly (string Name, string Value)[] _common = [("X-Content-Type-Options", "nosniff"), ("Referrer-Policy", "no-referrer")];

    /// <summary>For pages without scripts and styles.</summary>
    public static IReadOnlyList<(string Name, string Value)> Static { get; } =
        [.. _common, ("Content-Security-Policy", "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")];

    /// <summary>For the documentation: its own scripts and this very host; images and fonts that its style sheet holds inside itself.</summary>
    public static IReadOnlyList<(string Name, string Value)> Documentation { get; } =
    [
        .. _common,
        ("Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; "
            + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"),
    ];
}
