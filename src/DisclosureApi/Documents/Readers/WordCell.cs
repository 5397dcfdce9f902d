namespace DisclosureApi.Documents.Readers;

/// <summary>What is known of the cell that is being read: how many columns it spans, and how many are left free before its row.</summary>
internal sealed class WordCell
{
    public int Columns { get; private set; } = 1;

    public int Before { get; set; }

    public void Begin() => Columns = 1;

    public void See(string name, int? value)
    {
        if (name == "gridSpan")
        {
            Columns = Math.Max(value ?? 1, 1);
        }
        else if (name == "gridBefore")
        {
            Before = Math.Clamp(value ?? 0, 0, 200);
        }
    }

    public void EndRow() => Before = 0;
}
