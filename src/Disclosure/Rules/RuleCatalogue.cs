using System.Globalization;
using System.Text.Json;
using Disclosure.Contents;
using Disclosure.Formats;
using Disclosure.Rules.Examples;

namespace Disclosure.Rules;

/// <summary>The rule book as JSON: what is served, and what is committed beside the contract.</summary>
public static class RuleCatalogue
{
    /// <summary>Every rule of the set in force, the sets there have been, and the clean report that examples change.</summary>
    public static void WriteBook(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("ruleSet", RuleBook.Version);
        writer.WriteStartArray("ruleSets");
        foreach (var set in RuleSet.All)
        {
            writer.WriteStringValue(set.Version);
        }
        writer.WriteEndArray();
        writer.WriteStartArray("rules");
        foreach (var rule in RuleBook.Rules)
        {
            WriteRule(writer, rule);
        }
        writer.WriteEndArray();
        writer.WritePropertyName("cleanReport");
        FilingWriter.Write(writer, ExampleReport.For(ExampleReport.Year, Format2021.Value).Filing);
        writer.WriteEndObject();
    }

    public static void WriteRule(Utf8JsonWriter writer, Rule rule)
    {
        writer.WriteStartObject();
        writer.WriteString("code", rule.Code);
        writer.WriteString("severity", Name(rule.Severity));
        WriteList(writer, "otherSeverities", rule.OtherSeverities.Select(Name));
        writer.WriteStartObject("family");
        writer.WriteString("prefix", rule.Family.Prefix);
        ReadingsWriter.WriteMessage(writer, "title", rule.Family.Title);
        writer.WriteEndObject();
        ReadingsWriter.WriteMessage(writer, "title", rule.Title);
        ReadingsWriter.WriteMessage(writer, "condition", rule.Condition);
        writer.WriteString("basis", rule.Basis);
        writer.WriteNumber("fromYear", rule.FromYear);
        writer.WriteStartArray("needs");
        foreach (var need in rule.Needs)
        {
            WriteMessage(writer, need.Why);
        }
        writer.WriteEndArray();
        WriteList(writer, "implies", rule.Implies);
        writer.WriteStartObject("examples");
        writer.WritePropertyName("holds");
        WriteExample(writer, rule.Holds);
        writer.WriteStartArray("breaks");
        foreach (var example in rule.AlsoBreaks.Prepend(rule.Breaks))
        {
            WriteExample(writer, example);
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    public static void WriteSet(Utf8JsonWriter writer, RuleSet set)
    {
        writer.WriteStartObject();
        writer.WriteString("version", set.Version);
        writer.WriteString("from", set.From.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        writer.WriteNumber("fromYear", set.FromYear);
        writer.WriteStartArray("rules");
        foreach (var (code, severity) in set.Severities)
        {
            writer.WriteStartObject();
            writer.WriteString("code", code);
            writer.WriteString("severity", Name(severity));
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteExample(Utf8JsonWriter writer, Example example)
    {
        writer.WriteStartObject();
        writer.WriteNumber("year", example.Year);
        writer.WriteString("form", example.Form ?? KnownFormats.ForYear(example.Year)!.Key);
        writer.WriteStartArray("changes");
        foreach (var change in example.Changes)
        {
            writer.WriteStartObject();
            writer.WriteString("path", change.Path);
            if (change.IsNumber)
            {
                writer.WriteNumber("value", decimal.Parse(change.Value!, NumberStyles.Number, CultureInfo.InvariantCulture));
            }
            else
            {
                writer.WriteString("value", change.Value);
            }
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteList(Utf8JsonWriter writer, string name, IEnumerable<string> words)
    {
        writer.WriteStartArray(name);
        foreach (var word in words)
        {
            writer.WriteStringValue(word);
        }
        writer.WriteEndArray();
    }

    private static void WriteMessage(Utf8JsonWriter writer, Message message)
    {
        writer.WriteStartObject();
        writer.WriteString("zh", message.Zh);
        writer.WriteString("en", message.En);
        writer.WriteEndObject();
    }

    private static string Name(Severity severity) => JsonNamingPolicy.CamelCase.ConvertName(severity.ToString());
}
