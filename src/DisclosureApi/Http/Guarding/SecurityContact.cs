using System.Globalization;
using System.Text;

namespace DisclosureApi.Http.Guarding;

/// <summary>Where to tell the operator of a weakness, at /.well-known/security.txt (RFC 9116).</summary>
/// <param name="Contacts">Addresses (mailto:, https:, tel:), the preferred first.</param>
/// <param name="Policy">Address of the page that says how reports are handled; null where there is none.</param>
/// <param name="Expires">When what stands there should no longer be believed; half a year from the start when it is not set.</param>
public sealed record SecurityContact(IReadOnlyList<string> Contacts, string? Policy, DateTimeOffset? Expires)
{
    private static readonly TimeSpan _usual = TimeSpan.FromDays(180);

    /// <exception cref="InvalidOperationException">A setting is no address, or no time.</exception>
    public static SecurityContact? Read(IConfiguration configuration)
    {
        var section = configuration.GetSection("Security");
        var contacts = section.GetSection("Contact").GetChildren().Select(entry => entry.Value).Prepend(section["Contact"]).OfType<string>().ToList();
        return contacts.Count == 0 ? null : new([.. contacts.Select(contact => Address("Contact", contact))], section["Policy"] is { } policy ? Address("Policy", policy) : null, section["Expires"] switch
        {
            null => null,
            var text when DateTimeOffset.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var day) => day,
            var text => throw new InvalidOperationException($"Security:Expires is \"{text}\"; it must be a day, such as 2027-06-30."),
        });
    }

    public byte[] Text(DateTimeOffset now)
    {
        var text = new StringBuilder();
        foreach (var contact in Contacts)
        {
            text.Append("Contact: ").Append(contact).Append('\n');
        }
        text.Append("Expires: ").Append((Expires ?? now + _usual).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)).Append('\n');
        text.Append("Preferred-Languages: zh, en\n");
        if (Policy is not null)
        {
            text.Append("Policy: ").Append(Policy).Append('\n');
        }
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>Not described in the contract, which is of this API's own resources; without a contact there is no such page.</summary>
    public static void Map(IEndpointRouteBuilder app, SecurityContact? contact)
    {
        if (contact is not null)
        {
            app.MapMethods("/.well-known/security.txt", ["GET", "HEAD"], (TimeProvider clock) => (IResult)Answer.Public(new PublicBody(contact.Text(clock.GetUtcNow())), "text/plain; charset=utf-8"))
                .ExcludeFromDescription().AllowAnonymous();
        }
    }

    private static string Address(string name, string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "https" or "mailto" or "tel" && !text.Any(char.IsControl) ? text
        : throw new InvalidOperationException($"Security:{name} is \"{text}\"; it must be an address that begins with mailto:, https: or tel:.");
}
