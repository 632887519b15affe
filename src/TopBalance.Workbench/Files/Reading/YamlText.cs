using System.Collections.Immutable;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace TopBalance.Workbench.Files;

/// <summary>
/// Reads one YAML document into nodes with line numbers. What no file of ours needs and hostile ones use is refused: aliases, anchors,
/// tags, deep nesting, endless lists, several documents.
/// </summary>
internal sealed class YamlText
{
    private const int MostDepth = 16, MostNodes = 1_000_000;
    private readonly Parser parser;
    private readonly string file;
    private int nodes;

    private YamlText(SourceText source)
    {
        file = source.File;
        parser = new Parser(new StringReader(source.Text));
    }

    /// <exception cref="InputException">It is not one document of plain YAML.</exception>
    public static YamlNode Read(SourceText source) => new YamlText(source).Document();

    private YamlNode Document()
    {
        Next();
        if (Next() is StreamEnd)
        {
            throw new InputException(file, 0, null, "holds nothing but comments; write its keys");
        }

        Next();
        YamlNode root = Node(0);
        Next();
        return Next() is StreamEnd ? root : throw Wrong("a second document begins here; keep one document in a file");
    }

    // the parser is foreign code on text nobody has checked: whatever it throws means that the text is no YAML
    private ParsingEvent Next()
    {
        try
        {
            if (parser.MoveNext())
            {
                return parser.Current!;
            }
        }
        catch (YamlException e)
        {
            throw new InputException(
                file, (int)e.Start.Line, null, $"is not valid YAML ({Reason(e)}); check indentation, brackets and quotes", e);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            throw new InputException(file, 0, null, "is not valid YAML; check indentation, brackets and quotes", e);
        }

        throw new InputException(file, 0, null, "ends too early; check brackets and quotes");
    }

    private YamlNode Node(int depth)
    {
        if (depth > MostDepth)
        {
            throw Wrong($"is nested deeper than {MostDepth} levels; check brackets and indentation");
        }

        if (++nodes > MostNodes)
        {
            throw Wrong("holds too many values; split it");
        }

        if (parser.Current is AnchorAlias || (parser.Current is NodeEvent node && !(node.Anchor.IsEmpty && node.Tag.IsEmpty)))
        {
            const string advice = "write the value itself, in quotes if it begins with one of them";
            throw Wrong("anchors (&), aliases (*) and tags (!) are not used in these files; " + advice);
        }

        return parser.Current switch
        {
            Scalar scalar => new YamlScalar(scalar.Value, scalar.Style != ScalarStyle.Plain, Line(scalar)),
            SequenceStart start => List(start, depth),
            MappingStart start => Map(start, depth),
            _ => throw Wrong("is not valid YAML; check indentation, brackets and quotes"),
        };
    }

    private YamlList List(SequenceStart start, int depth)
    {
        var items = ImmutableArray.CreateBuilder<YamlNode>();
        while (Next() is not SequenceEnd)
        {
            items.Add(Node(depth + 1));
        }

        return new YamlList(items.ToImmutable(), Line(start));
    }

    private YamlMap Map(MappingStart start, int depth)
    {
        var entries = ImmutableArray.CreateBuilder<YamlEntry>();
        var lines = new Dictionary<string, int>(StringComparer.Ordinal);
        while (Next() is not MappingEnd)
        {
            if (Node(depth + 1) is not YamlScalar { Text.Length: > 0 } key)
            {
                throw Wrong("a key must be a plain word; write 'key: value'");
            }

            if (!lines.TryAdd(key.Text, key.Line))
            {
                throw new InputException(file, key.Line, key.Text, $"is given twice, first in line {lines[key.Text]}; remove one of them");
            }

            Next();
            entries.Add(new YamlEntry(key.Text, key.Line, Node(depth + 1)));
        }

        return new YamlMap(entries.ToImmutable(), Line(start));
    }

    private InputException Wrong(string problem) => new(file, Line(parser.Current!), null, problem);

    private static int Line(ParsingEvent parsing) => (int)parsing.Start.Line;

    private static string Reason(YamlException e)
    {
        string reason = e.Message;
        int prefix = reason.StartsWith('(') ? reason.IndexOf("): ", StringComparison.Ordinal) : -1;
        return (prefix < 0 ? reason : reason[(prefix + 3)..]).TrimEnd('.');
    }
}
