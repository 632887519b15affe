using System.Collections.Immutable;
using TopBalance.Chemistry;

namespace TopBalance.Workbench.Files;

/// <summary>The key <c>sources</c>: where the numbers of a cell, curve or cell-module file come from.</summary>
internal static class SourceKeys
{
    private static readonly Shape<string> KeyName = Shapes.Text("a key of this file", 100);

    private static readonly Key<ImmutableArray<string>> Covered =
        new(
            "key",
            new ScalarOrShape<ImmutableArray<string>>(KeyName.Into(k => ImmutableArray.Create(k)), Shapes.List(KeyName, 1, 100)),
            "The key, or a list of keys, that it is about.")
        {
            Required = true,
            Example = "capacity_ah",
        };

    private static readonly Key<Sureness> Sure =
        new(
            "sure",
            new ChoiceShape<Sureness>(
                ("measured", Sureness.Measured),
                ("data-sheet", Sureness.DataSheet),
                ("forum", Sureness.Forum),
                ("placeholder", Sureness.Placeholder)),
            "How sure it is.")
        {
            Required = true,
            Example = "data-sheet",
        };

    private static readonly Key<string> Text =
        new("text", Shapes.Text("the source in words", 2000), "The source in words.")
        {
            Required = true,
            Example = "\"Maker's data sheet, 2012\"",
        };

    private static readonly Shape<ImmutableArray<Provenance>> Source = new MapShape([Covered, Sure, Text]).Into(
        values => values.Get(Covered).Select(k => new Provenance(k, values.Get(Sure), values.Get(Text))).ToImmutableArray());

    public static readonly Key<ImmutableArray<Provenance>> Sources = new(
        "sources",
        Shapes.List(Source, 1, 200).Into(lists => lists.SelectMany(l => l).ToImmutableArray()),
        "Where the numbers come from.");
}
