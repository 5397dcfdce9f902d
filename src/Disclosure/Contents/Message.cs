namespace Disclosure.Contents;

/// <summary>A sentence for people, in both languages of the API.</summary>
public sealed record Message(string Zh, string En);

/// <summary>Something in a filing that cannot be taken as it stands: where it is (RFC 6901 pointer into the body) and how to mend it.</summary>
public sealed record Fault(string Pointer, Message Message);
