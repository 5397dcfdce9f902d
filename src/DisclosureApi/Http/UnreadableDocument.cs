using Disclosure.Contents;

namespace DisclosureApi.Http;

/// <summary>A document that is broken, locked or too large for reading it to be worth anybody's while.</summary>
public static class UnreadableDocument
{
    public static ProblemException Because(string zh, string en) => new(new Problem(ProblemTypes.UnreadableDocument, new Message(zh, en)));
}
