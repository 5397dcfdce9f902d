using Disclosure.Documents;

namespace DisclosureApi.Http;

/// <summary>A document as it came in.</summary>
/// <param name="Charset">The encoding that the media type declares; null when it declares none.</param>
public sealed record DocumentBytes(byte[] Bytes, string? Charset);

/// <summary>How one kind of document becomes text.</summary>
/// <param name="Read">Null where this instance lacks the program that it takes.</param>
/// <param name="Lacks">What is missing then.</param>
public sealed record DocumentReader(string MediaType, Func<DocumentBytes, CancellationToken, Task<SourceText>>? Read, string? Lacks = null);

/// <summary>The readers of this instance. The rooms that take documents find them here, and the room that knows the layouts fills it.</summary>
public sealed class DocumentReaders(IReadOnlyList<DocumentReader> readers)
{
    /// <summary>The media types that can be read here.</summary>
    public IReadOnlyList<string> Installed { get; } = [.. readers.Where(reader => reader.Read is not null).Select(reader => reader.MediaType)];

    public DocumentReader? Of(string? mediaType) => readers.FirstOrDefault(reader => reader.MediaType == mediaType);
}
