using System.Text.Json;
using Disclosure.Contents;
using Disclosure.Statistics;
using DisclosureApi.Http;

namespace DisclosureApi.Statistics;

/// <summary>GET /v1/statistics/indicators: what can be asked for, and how each figure is made.</summary>
internal static class GetIndicators
{
    public static readonly OperationContract Contract = new("list_indicators", "Statistics", "Read the table of indicators")
    {
        Description =
            "Every indicator with its formula over the cells of the form, the rule of its denominator and its source, and every measure that can be added up. Codes never change meaning. "
            + "In formulas c stands for the class of applicants, total where none is asked for, and | parts what divides a figure differently in different forms: the first that a report gives whole counts. A group of rows (applications.refused) is the numerator of its share (refusedRate): it is added up over the reports that give all its rows and the number handled.",
        Answers = [new(200, "IndicatorTable", "The table") { Headers = ["ETag"] }, new(304, null, "The reader already has these bytes") { Headers = ["ETag"] }],
    };

    private static readonly Answer Table = Answer.Public(Write);

    public static IResult Handle() => Table;

    private static void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteNumber("lowReliabilityUnder", Rate.FewestCases);
        writer.WriteString("rounding", "half up to two decimals");
        writer.WriteStartArray("indicators");
        foreach (var indicator in Indicators.All)
        {
            writer.WriteStartObject();
            writer.WriteString("code", indicator.Code);
            WriteMessage(writer, "name", indicator.Name);
            writer.WriteString("formula", indicator.Formula);
            writer.WriteString("unit", "%");
            WriteMessage(writer, "denominatorRule", indicator.DenominatorRule);
            WriteMessage(writer, "source", indicator.Source);
            writer.WriteBoolean("byApplicantClass", indicator.IsByClass);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteStartArray("measures");
        foreach (var measure in Measures.All)
        {
            writer.WriteStartObject();
            writer.WriteString("code", measure.Code);
            WriteMessage(writer, "name", measure.Name);
            writer.WriteString("form", measure.Form);
            writer.WriteString("unit", measure.Unit);
            writer.WriteBoolean("byApplicantClass", measure.IsByClass);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    public static void WriteMessage(Utf8JsonWriter writer, string name, Message message)
    {
        writer.WriteStartObject(name);
        writer.WriteString("zh", message.Zh);
        writer.WriteString("en", message.En);
        writer.WriteEndObject();
    }
}
