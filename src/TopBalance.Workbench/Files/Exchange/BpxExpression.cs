using System.Globalization;

namespace TopBalance.Workbench.Files;

/// <summary>
/// A formula of x as BPX files hold it: numbers, + − * / ** ^, brackets and a few functions, with the precedence of Python, in which
/// <c>-x**2</c> is <c>-(x**2)</c>. Read into a list of steps, so that nothing a file says can nest too deep to compute.
/// </summary>
internal sealed class BpxExpression
{
    private const int MostLength = 20_000, MostDepth = 100;

    private static readonly Dictionary<string, Func<double, double>> Functions = new(StringComparer.Ordinal)
    {
        ["exp"] = Math.Exp,
        ["log"] = Math.Log,
        ["sqrt"] = Math.Sqrt,
        ["abs"] = Math.Abs,
        ["sin"] = Math.Sin,
        ["cos"] = Math.Cos,
        ["tan"] = Math.Tan,
        ["sinh"] = Math.Sinh,
        ["cosh"] = Math.Cosh,
        ["tanh"] = Math.Tanh,
        ["arctan"] = Math.Atan,
        ["atan"] = Math.Atan,
    };

    private readonly string text;
    private readonly List<Step> steps = [];
    private int at, depth, height, highest;

    private BpxExpression(string text) => this.text = text;

    private enum Kind
    {
        Number,
        X,
        Negate,
        Call,
        Add,
        Subtract,
        Multiply,
        Divide,
        Power,
    }

    /// <summary>Reads a formula.</summary>
    /// <exception cref="FormatException">It is none; the message says what stands where.</exception>
    public static Func<double, double> Parse(string text)
    {
        if (text.Length > MostLength)
        {
            throw new FormatException($"is longer than {MostLength} characters");
        }

        var expression = new BpxExpression(text);
        expression.Sum();
        return expression.at == text.Length ? expression.Compute : throw expression.Unexpected();
    }

    private double Compute(double x)
    {
        double[] stack = new double[highest];
        int top = -1;
        foreach (Step step in steps)
        {
            if (step.Kind is Kind.Number or Kind.X)
            {
                stack[++top] = step.Kind == Kind.X ? x : step.Number;
                continue;
            }

            if (step.Kind is Kind.Negate or Kind.Call)
            {
                stack[top] = step.Kind == Kind.Negate ? -stack[top] : step.Function!(stack[top]);
                continue;
            }

            double right = stack[top--];
            stack[top] = step.Kind switch
            {
                Kind.Add => stack[top] + right,
                Kind.Subtract => stack[top] - right,
                Kind.Multiply => stack[top] * right,
                Kind.Divide => stack[top] / right,
                _ => Math.Pow(stack[top], right),
            };
        }

        return stack[0];
    }

    private void Sum()
    {
        Deeper();
        Product();
        while (Take("+", "-") is { } sign)
        {
            Product();
            Push(new Step(sign is "+" ? Kind.Add : Kind.Subtract), -1);
        }

        depth--;
    }

    private void Product()
    {
        Signed();
        while (Take("*", "/") is { } sign)
        {
            Signed();
            Push(new Step(sign is "*" ? Kind.Multiply : Kind.Divide), -1);
        }
    }

    private void Signed()
    {
        if (Take("+", "-") is { } sign)
        {
            Deeper();
            Signed();
            depth--;
            if (sign is "-")
            {
                Push(new Step(Kind.Negate), 0);
            }
        }
        else
        {
            Atom();
            if (Take("**", "^") is not null)
            {
                Deeper();
                Signed();
                depth--;
                Push(new Step(Kind.Power), -1);
            }
        }
    }

    private void Atom()
    {
        if (Take("(") is not null)
        {
            Sum();
            Expect(")");
        }
        else if (at < text.Length && (char.IsAsciiDigit(text[at]) || text[at] == '.'))
        {
            Push(new Step(Kind.Number) { Number = Number() }, 1);
        }
        else
        {
            Named();
        }
    }

    private void Named()
    {
        int start = at;
        while (at < text.Length && (char.IsAsciiLetterOrDigit(text[at]) || text[at] is '_' or '.'))
        {
            at++;
        }

        // 'np.tanh' and 'math.exp' occur
        string name = text[start..at].Split('.')[^1];
        if (name is "x" or "pi")
        {
            Push(name is "x" ? new Step(Kind.X) : new Step(Kind.Number) { Number = Math.PI }, 1);
        }
        else if (Functions.TryGetValue(name, out Func<double, double>? function))
        {
            Expect("(");
            Sum();
            Expect(")");
            Push(new Step(Kind.Call) { Function = function }, 0);
        }
        else
        {
            at = start;
            throw Unexpected();
        }
    }

    private double Number()
    {
        int start = at;
        Digits();
        if (at < text.Length && text[at] is 'e' or 'E')
        {
            at++;
            at += at < text.Length && text[at] is '+' or '-' ? 1 : 0;
            Digits();
        }

        string number = text[start..at];
        return double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
            ? value
            : throw new FormatException($"holds {OneLine.Quote(number)}, which is no number");
    }

    private void Digits()
    {
        while (at < text.Length && (char.IsAsciiDigit(text[at]) || text[at] == '.'))
        {
            at++;
        }
    }

    private void Expect(string sign)
    {
        if (Take(sign) is null)
        {
            throw Unexpected();
        }
    }

    private string? Take(params ReadOnlySpan<string> signs)
    {
        Skip();
        string? taken = null;
        foreach (string sign in signs)
        {
            // a single star is no half of a double one
            bool half = sign is "*" && text.AsSpan(at).StartsWith("**", StringComparison.Ordinal);
            taken ??= !half && text.AsSpan(at).StartsWith(sign, StringComparison.Ordinal) ? sign : null;
        }

        at += taken?.Length ?? 0;
        Skip();
        return taken;
    }

    private void Skip()
    {
        while (at < text.Length && char.IsWhiteSpace(text[at]))
        {
            at++;
        }
    }

    private void Push(Step step, int grows)
    {
        steps.Add(step);
        height += grows;
        highest = Math.Max(highest, height);
    }

    private void Deeper()
    {
        if (++depth > MostDepth)
        {
            throw new FormatException($"is nested deeper than {MostDepth} brackets");
        }
    }

    private FormatException Unexpected() => new(
        at >= text.Length ? "ends too early" : $"cannot be read from {OneLine.Quote(text[at..])} on");

    private readonly record struct Step(Kind Kind)
    {
        public double Number { get; init; }

        public Func<double, double>? Function { get; init; }
    }
}
