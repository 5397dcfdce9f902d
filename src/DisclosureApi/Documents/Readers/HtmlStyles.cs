using System.Buffers;
using AngleSharp.Dom;
using DisclosureApi.Http;

namespace DisclosureApi.Documents.Readers;

/// <summary>
/// Tells what a page hides or strikes out, by its style sheets and its style attributes. Of a style sheet only the rules are looked at
/// that say whether something is shown, and only on a screen: what a rule for printers hides is there for everybody else.
/// </summary>
internal sealed class HtmlStyles
{
    /// <summary>So many comparisons of a rule with an element or what holds it are far more than any real page takes.</summary>
    private const int MostComparisons = 5_000_000;

    private const int LongestSelector = 500;

    private const int MostRules = 20_000;

    /// <summary>The properties by which a page hides or strikes out, and the words in their values that do.</summary>
    private static readonly (string[] Names, string[] Hiding)[] _properties =
    [
        (["display"], ["none"]),
        (["visibility"], ["hidden", "collapse"]),
        (["text-decoration", "text-decoration-line"], ["line-through"]),
        (["mso-hide"], ["all"]),
    ];

    /// <summary>What stands in selectors that ask for more than names.</summary>
    private static readonly SearchValues<char> _conditions = SearchValues.Create("[]()+~:|\\\"'");

    private readonly List<Rule> _rules = [];
    private int _comparisons;

    /// <param name="Selector">The elements that it names, those that hold the others first.</param>
    /// <param name="Property">Which of the properties it sets.</param>
    private sealed record Rule(IReadOnlyList<Named> Selector, int Property, bool Hides)
    {
        public int Exactness { get; } = Selector.Sum(named => named.Exactness);
    }

    /// <summary>An element by its name, its id and its classes.</summary>
    private sealed record Named(string Element, string Id, string[] Classes)
    {
        public int Exactness => (Id.Length > 0 ? 10_000 : 0) + (100 * Classes.Length) + (Element is "" or "*" ? 0 : 1);

        public bool Is(IElement element) => (Element is "" or "*" || element.LocalName.Equals(Element, StringComparison.OrdinalIgnoreCase))
            && (Id.Length == 0 || element.GetAttribute("id") == Id) && (Classes.Length == 0 || Array.TrueForAll(Classes, element.ClassList.Contains));
    }

    public static HtmlStyles Of(IParentNode page)
    {
        var styles = new HtmlStyles();
        foreach (var sheet in page.QuerySelectorAll("style"))
        {
            styles.Add(sheet.TextContent);
        }
        return styles;
    }

    /// <summary>Whether the element itself is hidden or struck out. Of several rules the most exact holds, of such the last, and its own attribute before all.</summary>
    public bool Hides(IElement element)
    {
        if (element.HasAttribute("hidden"))
        {
            return true;
        }
        var own = element.GetAttribute("style") is { } style ? Declared(style) : [];
        for (var property = 0; property < _properties.Length; property++)
        {
            if (own.TryGetValue(property, out var hides) ? hides : Ruled(element, property))
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>Most elements are hidden by no rule, and only for the others it matters which rule is the most exact.</summary>
    private bool Ruled(IElement element, int property) => Matching(element, property, hidingAlone: true).Any()
        && Matching(element, property, hidingAlone: false).OrderBy(rule => rule.Exactness).Last().Hides;

    private IEnumerable<Rule> Matching(IElement element, int property, bool hidingAlone)
    {
        foreach (var rule in _rules.Where(rule => rule.Property == property && (rule.Hides || !hidingAlone)))
        {
            if (IsNamed(element, rule.Selector))
            {
                yield return rule;
            }
        }
    }

    /// <summary>Whether the last name is the element's, and the others are those of elements that hold it, in their order.</summary>
    private bool IsNamed(IElement element, IReadOnlyList<Named> selector)
    {
        var left = selector.Count;
        for (var at = element; at is not null && left > 0 && (at == element || left < selector.Count); at = at.ParentElement)
        {
            if (++_comparisons > MostComparisons)
            {
                throw UnreadableDocument.Because("网页的样式规则过多", "The page has too many rules of style.");
            }
            left -= selector[left - 1].Is(at) ? 1 : 0;
        }
        return left == 0;
    }

    private void Add(string sheet)
    {
        foreach (var (selectors, body) in Blocks(WithoutComments(sheet)))
        {
            var declared = Declared(body);
            foreach (var selector in declared.Count == 0 || selectors.Length > LongestSelector ? [] : selectors.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            {
                if (_rules.Count < MostRules && Parsed(selector) is { Count: > 0 } parsed)
                {
                    _rules.AddRange(declared.Select(property => new Rule(parsed, property.Key, property.Value)));
                }
            }
        }
    }

    /// <summary>Null for a selector that asks for more than names, such as where the mouse is.</summary>
    private static List<Named>? Parsed(string selector) => selector.AsSpan().ContainsAny(_conditions) ? null : selector.Split([' ', '\t', '\r', '\n', '>'], StringSplitOptions.RemoveEmptyEntries)
        .Select(compound => compound.Replace("#", ".#", StringComparison.Ordinal).Split('.'))
        .Select(parts => new Named(parts[0], parts.LastOrDefault(part => part.StartsWith('#'))?[1..] ?? "", [.. parts.Skip(1).Where(part => part.Length > 0 && part[0] != '#')]))
        .ToList();

    /// <summary>What a list of declarations says of each property that hides, and whether it does.</summary>
    private static Dictionary<int, bool> Declared(string declarations)
    {
        var declared = new Dictionary<int, bool>();
        foreach (var declaration in declarations.Split(';').Where(declaration => declaration.Contains(':', StringComparison.Ordinal)))
        {
            var (name, value) = (declaration[..declaration.IndexOf(':', StringComparison.Ordinal)].Trim(), declaration[(declaration.IndexOf(':', StringComparison.Ordinal) + 1)..]);
            var property = Array.FindIndex(_properties, known => known.Names.Contains(name, StringComparer.OrdinalIgnoreCase));
            if (property >= 0)
            {
                declared[property] = Array.Exists(_properties[property].Hiding, word => value.Contains(word, StringComparison.OrdinalIgnoreCase));
            }
        }
        return declared;
    }

    /// <summary>The rules of a style sheet. Inside of @media they count when it is for screens or for all, and inside of other at-rules never.</summary>
    private static IEnumerable<(string Selectors, string Body)> Blocks(string sheet)
    {
        var (at, open) = (0, new Stack<bool>());
        while (sheet.AsSpan(at).IndexOfAny('{', '}') is >= 0 and var length)
        {
            var (before, sign) = (sheet[at..(at + length)].Trim(), sheet[at + length]);
            at += length + 1;
            before = before[(before.LastIndexOf(';') + 1)..].Trim();
            if (sign == '}')
            {
                _ = open.TryPop(out _);
            }
            else if (before.StartsWith('@'))
            {
                open.Push(IsForScreens(before));
            }
            else if (sheet.IndexOf('}', at) is >= 0 and var end)
            {
                if (open.All(isShown => isShown))
                {
                    yield return (before, sheet[at..end]);
                }
                at = end + 1;
            }
        }
    }

    /// <summary>A page may be narrow or wide, so that what depends on its width says nothing.</summary>
    private static bool IsForScreens(string rule) => rule["@".Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries) is ["media", "screen" or "all"];

    private static string WithoutComments(string sheet)
    {
        var text = new System.Text.StringBuilder();
        var at = 0;
        while (sheet.IndexOf("/*", at, StringComparison.Ordinal) is >= 0 and var open)
        {
            text.Append(sheet, at, open - at);
            at = sheet.IndexOf("*/", open + 2, StringComparison.Ordinal) is >= 0 and var close ? close + 2 : sheet.Length;
        }
        return text.Append(sheet, at, sheet.Length - at).Replace("<!--", "").Replace("-->", "").ToString();
    }
}
