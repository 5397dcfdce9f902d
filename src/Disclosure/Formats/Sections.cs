namespace Disclosure.Formats;

/// <summary>A part of the report in the order of the form. The preamble stands before the first heading and has none.</summary>
/// <param name="Key">Name in the API.</param>
/// <param name="Heading">The official heading with its number; null for the preamble.</param>
public sealed record Section(string Key, string? Heading)
{
    /// <summary>Other wordings of the heading, without number, that honest reports carry and that mean the same part.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];
}

/// <summary>The six parts ordered by article 50 of the regulation, and the preamble before them.</summary>
public static class Sections
{
    public const string Preamble = "preamble";

    public static IReadOnlyList<Section> All { get; } =
    [
        new(Preamble, null),
        new("overview", "一、总体情况"),
        new("proactive", "二、主动公开政府信息情况"),
        new("applications", "三、收到和处理政府信息公开申请情况"),
        new("disputes", "四、政府信息公开行政复议、行政诉讼情况")
        {
            Aliases = ["因政府信息公开工作被申请行政复议、提起行政诉讼情况"],
        },
        new("problems", "五、存在的主要问题及改进情况")
        {
            Aliases = ["政府信息公开工作存在的主要问题及改进情况", "存在的主要问题和改进情况", "存在问题及改进情况"],
        },
        new("otherMatters", "六、其他需要报告的事项"),
    ];

    public static Section? Find(string key) => All.FirstOrDefault(section => section.Key == key);
}
