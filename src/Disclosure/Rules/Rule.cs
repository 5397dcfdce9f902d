using Disclosure.Contents;

namespace Disclosure.Rules;

/// <summary>
/// A check that reviewers make. The code names the family and never changes meaning once released; what the rule says
/// of a filing depends on nothing but what it is given.
/// </summary>
/// <param name="Severity">The severity of its findings; a rule whose findings differ says so in its condition.</param>
/// <param name="Condition">When the rule fires, in words.</param>
public sealed record Rule(string Code, Severity Severity, Message Title, Message Condition, string Basis, Func<RuleInput, IEnumerable<Finding>> Check)
{
    /// <summary>A finding of this rule; the message names the place and the figures.</summary>
    public static Finding Finding(string code, Severity severity, string basis, IReadOnlyList<string> pointers, string zh, string en) =>
        new(code, severity, new Message(zh, en), basis, pointers);
}
