using System.Text.Json;
using Disclosure.Contents;
using Disclosure.Rules;

namespace DisclosureApi.Http;

/// <summary>A problem+json answer (RFC 9457): what is wrong, where, and how to mend it; never what is inside.</summary>
public sealed class Problem(ProblemType type, Message detail) : IResult
{
    public const string MediaType = "application/problem+json";

    private readonly List<Action<Utf8JsonWriter, bool>> _members = [];
    private readonly List<(string Name, string Value)> _headers = [];

    public Problem(ProblemType type)
        : this(type, type.Help)
    {
    }

    public ProblemType Type => type;

    public Problem With(string name, string? value) => WithMember((writer, _) => writer.WriteString(name, value));

    public Problem With(string name, long value) => WithMember((writer, _) => writer.WriteNumber(name, value));

    public Problem With(string name, IEnumerable<string> values) => WithMember((writer, _) =>
    {
        writer.WriteStartArray(name);
        foreach (var value in values)
        {
            writer.WriteStringValue(value);
        }
        writer.WriteEndArray();
    });

    /// <summary>All faults of a body at once, each with its pointer.</summary>
    public Problem With(IEnumerable<Fault> faults) => WithErrors(faults.Select(fault => (fault.Pointer, Code: (string?)null, fault.Message)));

    /// <summary>Findings in full, and as errors so that clients which know nothing of rules can still point at the cell.</summary>
    public Problem With(IReadOnlyList<Finding> findings) =>
        WithMember((writer, _) =>
        {
            writer.WritePropertyName("findings");
            AssessmentJson.Write(writer, findings);
        }).WithErrors(findings.Select(finding => (finding.Pointers.Count > 0 ? finding.Pointers[0] : "", (string?)finding.Code, finding.Messages)));

    public Problem WithHeader(string name, string value)
    {
        _headers.Add((name, value));
        return this;
    }

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var english = Language.IsEnglish(httpContext.Request);
        var bytes = Json.Bytes(writer => Write(writer, english));
        var response = httpContext.Response;
        response.StatusCode = type.Status;
        response.ContentType = MediaType;
        response.ContentLength = bytes.Length;
        response.Headers.ContentLanguage = english ? "en" : "zh-CN";
        response.Headers.Append("Vary", "Accept-Language");
        response.Headers.CacheControl = "no-store";
        CrossOrigin.Open(httpContext);
        foreach (var (name, value) in _headers)
        {
            response.Headers[name] = value;
        }
        if (!HttpMethods.IsHead(httpContext.Request.Method))
        {
            await response.Body.WriteAsync(bytes, httpContext.RequestAborted);
        }
    }

    /// <summary>Writes it as an object, where it is a part of an answer.</summary>
    public void Write(Utf8JsonWriter writer, bool english)
    {
        writer.WriteStartObject();
        writer.WriteString("type", $"/problems/{type.Code}");
        writer.WriteString("title", Language.Choose(type.Title, english));
        writer.WriteNumber("status", type.Status);
        writer.WriteString("detail", Language.Choose(detail, english));
        foreach (var member in _members)
        {
            member(writer, english);
        }
        writer.WriteEndObject();
    }

    private Problem WithErrors(IEnumerable<(string Pointer, string? Code, Message Message)> errors) => WithMember((writer, english) =>
    {
        writer.WriteStartArray("errors");
        foreach (var (pointer, code, message) in errors)
        {
            writer.WriteStartObject();
            writer.WriteString("pointer", pointer);
            if (code is not null)
            {
                writer.WriteString("code", code);
            }
            writer.WriteString("detail", Language.Choose(message, english));
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    });

    private Problem WithMember(Action<Utf8JsonWriter, bool> member)
    {
        _members.Add(member);
        return this;
    }
}

/// <summary>Ends the handling of a request that never was one: a body that cannot be read, a header that means nothing.</summary>
public sealed class ProblemException(Problem problem) : Exception(problem.Type.Code)
{
    public Problem Problem => problem;
}
