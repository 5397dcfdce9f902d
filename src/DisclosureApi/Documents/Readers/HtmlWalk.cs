using AngleSharp.Dom;

namespace DisclosureApi.Documents.Readers;

/// <summary>Goes through a tree in document order with a stack of its own.</summary>
internal static class HtmlWalk
{
    /// <param name="enter">Told of each node; answers whether to go inside.</param>
    /// <param name="leave">Told of each node that was gone inside, when that is done.</param>
    public static void Through(INode root, Func<INode, bool> enter, Action<INode> leave)
    {
        var open = new Stack<(INode Node, int Next)>();
        if (enter(root))
        {
            open.Push((root, 0));
        }
        while (open.TryPop(out var at))
        {
            if (at.Next >= at.Node.ChildNodes.Length)
            {
                leave(at.Node);
                continue;
            }
            open.Push((at.Node, at.Next + 1));
            var child = at.Node.ChildNodes[at.Next];
            if (enter(child))
            {
                open.Push((child, 0));
            }
        }
    }
}

/// <summary>Tells tables of data from tables that only lay out a page: those hold other tables, or have one cell a row.</summary>
internal sealed class HtmlTables
{
    private readonly HashSet<INode> _data = [];

    public static HtmlTables Of(INode root)
    {
        var tables = new HtmlTables();
        var open = new Stack<Seen>();
        HtmlWalk.Through(root, node => Enter(node, open), node => tables.Leave(node, open));
        return tables;
    }

    public bool IsData(INode node) => _data.Contains(node);

    private sealed class Seen
    {
        public bool HoldsTable { get; set; }
        public int Cells { get; set; }
        public int Widest { get; set; }
    }

    private static bool Enter(INode node, Stack<Seen> open)
    {
        if (node is not IElement element)
        {
            return false;
        }
        if (element.LocalName is "table")
        {
            if (open.TryPeek(out var outer))
            {
                outer.HoldsTable = true;
            }
            open.Push(new Seen());
        }
        else if (open.TryPeek(out var table))
        {
            table.Cells = element.LocalName is "tr" ? 0 : table.Cells + (element.LocalName is "td" or "th" ? 1 : 0);
            table.Widest = Math.Max(table.Widest, table.Cells);
        }
        return true;
    }

    private void Leave(INode node, Stack<Seen> open)
    {
        if (node is IElement { LocalName: "table" } && open.Pop() is { HoldsTable: false, Widest: > 1 })
        {
            _data.Add(node);
        }
    }
}
