namespace TopBalance.Workbench.Records;

/// <summary>How a record looks: black on white, on A4 and on a phone, and as well in grey.</summary>
internal static class RecordStyle
{
    /// <summary>The style of one record.</summary>
    /// <param name="head">In the head of each printed page. Anything but plain letters becomes a dot.</param>
    /// <param name="foot">In its foot.</param>
    public static string Of(string head, string foot) => Fixed + $$"""

        @page{size:A4;margin:19mm 15mm 17mm}
        @page{@top-left{content:"{{Plain(head)}}";font:8pt system-ui,sans-serif;color:#444}
        @bottom-left{content:"{{Plain(foot)}}";font:6.5pt ui-monospace,monospace;color:#444}
        @bottom-right{content:counter(page) " / " counter(pages);font:8pt system-ui,sans-serif;color:#444} }
        .practice h2:before{content:"{{Plain(Sheet.Say("screen.practice"))}}  ";letter-spacing:.1em}

        """;

    private static string Plain(string text) =>
        string.Concat(text.Select(c => char.IsAsciiLetterOrDigit(c) || c is ' ' or '-' or '_' or '.' or ',' or ':' ? c : '.'));

    // no character that XML would escape: the same bytes are read by both parsers, and the policy names their hash
    private const string Fixed = """

        :root{color-scheme:light;--ink:#16191d;--soft:#565e66;--rule:#cfd4d9;--red:#a3211b;--good:#14532d;--wash:#f3f4f6}
        *{box-sizing:border-box}
        html{background:#fff}
        body{font:15px/1.42 system-ui,sans-serif;color:var(--ink);max-width:52rem;margin:1.5rem auto;padding:0 1.2rem;
        overflow-wrap:break-word;
        print-color-adjust:exact;-webkit-print-color-adjust:exact}
        header{display:flex;gap:1.5rem;align-items:flex-start;justify-content:space-between;border-bottom:3px solid var(--ink);
        padding-bottom:.8rem}
        .kind{font-size:.82rem;letter-spacing:.12em;text-transform:uppercase;color:var(--soft);margin:0}
        h1{font-size:1.7rem;line-height:1.15;margin:.1rem 0 .2rem;overflow-wrap:anywhere}
        h2{font-size:1.08rem;margin:1.7rem 0 .4rem;padding-bottom:.15rem;border-bottom:1px solid var(--ink);break-after:avoid}
        p{margin:.35rem 0}.soft{color:var(--soft);font-size:.87rem}
        .verdict{text-align:center;border:3px solid var(--ink);border-radius:.5rem;padding:.35rem .9rem;font-weight:700;font-size:1.25rem;
        white-space:nowrap}
        .verdict i{display:block;font-style:normal;font-size:1.7rem;line-height:1}
        .v-pass{color:var(--good);border-color:var(--good)}.v-fail{color:#fff;background:var(--red);border-color:var(--red)}
        .v-inconclusive{border-style:dashed}
        .tiles{display:grid;grid-template-columns:repeat(4,1fr);gap:.5rem;margin:.9rem 0}
        .tile{border:1px solid var(--rule);border-radius:.4rem;padding:.45rem .6rem}
        .tile span.n{display:block;font-size:.78rem;color:var(--soft)}.tile b.n{display:block;font-size:1.25rem;line-height:1.25}
        .tile small{color:var(--soft);font-size:.8rem}
        .mark{font:700 .62rem/1 ui-monospace,monospace;border:1px solid currentColor;border-radius:.15rem;padding:.04rem .16rem;
        margin-left:.28rem;vertical-align:.14em;color:var(--soft)}
        .m-observed{border-radius:1rem}.m-stated{border-style:dotted}.m-notknown{background:var(--ink);color:#fff;border-color:var(--ink)}
        .f{white-space:nowrap;font-variant-numeric:tabular-nums}
        table{border-collapse:collapse;width:100%;font-size:.9rem}
        td,th{padding:.16rem .55rem .16rem 0;text-align:left;vertical-align:top;border-bottom:1px solid var(--rule)}
        th{font-size:.78rem;color:var(--soft);font-weight:600}
        tr{break-inside:avoid}thead{display:table-header-group}
        td.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}td.gap{border:0;width:1.2rem}
        td.w{white-space:nowrap}
        .scroll{overflow-x:auto}.cells{font-size:.75rem}.cells .mark{margin-left:.18rem}
        .cells td,.cells th{padding-right:.3rem}td.gap{padding:0}.cells td.n{padding-right:.6rem}
        .say{font-weight:700;white-space:nowrap}.say-fail{color:var(--red)}
        .two{display:grid;grid-template-columns:1fr 1fr;gap:0 2rem}
        figure{margin:.6rem 0;break-inside:avoid}.drawing{width:100%;height:auto;display:block}
        .drawing text{font:10px system-ui,sans-serif;fill:var(--soft)}.drawing .mid{text-anchor:middle}.drawing .end{text-anchor:end}
        .drawing .head{font-size:12px;font-weight:600;fill:var(--ink)}
        .drawing .unknown{font:700 12px system-ui,sans-serif;fill:var(--ink);text-anchor:middle}
        .grid{stroke:var(--rule)}.axis{stroke:var(--ink)}.limit{stroke:var(--ink);stroke-dasharray:5 3}
        .range{stroke:var(--ink);stroke-width:1.6}.dot{fill:var(--ink)}.ring{fill:#fff;stroke:var(--ink);stroke-width:1.6}
        .bar{fill:var(--ink)}.bar-cells{fill:#6b7280}.bar-drain{fill:#fff;stroke:var(--ink);stroke-width:1.2}.bar-rest{fill:var(--rule)}
        .lit{fill:var(--red);stroke:var(--red)}
        .dark{fill:#fff;stroke:var(--soft)}.unseen{fill:var(--wash);stroke:var(--soft);stroke-dasharray:2 2}
        .tripped{fill:none;stroke:var(--ink);stroke-width:1.8}
        .drawing text.letter{text-anchor:middle;font-size:12px;font-weight:600;fill:var(--ink)}
        .drawing text.on-lit{fill:#fff;font-weight:700}
        .words p{margin:.3rem 0}.box{border:1px solid var(--ink);border-radius:.4rem;padding:.5rem .8rem;margin:.8rem 0}
        .hand{display:grid;grid-template-columns:repeat(3,1fr);gap:1.2rem;margin:2.6rem 0 .3rem;break-inside:avoid}
        .hand div{border-top:1px solid var(--ink);padding-top:.2rem;font-size:.8rem;color:var(--soft)}
        .hash{font:.78rem ui-monospace,monospace;overflow-wrap:anywhere}
        .practice{background:repeating-linear-gradient(135deg,#fff 0 22px,#e7e9ec 22px 44px)}
        .stripe{border:3px dashed var(--ink);background:#fff;padding:.5rem .8rem;font-weight:700;margin:.8rem 0;text-align:center}
        @media(max-width:40rem){header{display:block}.tiles,.two,.hand{grid-template-columns:1fr 1fr}.verdict{margin-top:.6rem}
        .say{white-space:normal;width:4.5rem}}
        @media print{html{font-size:9.4pt}.scroll{overflow:visible}.cells{font-size:.8rem}
        body{max-width:none;margin:0;padding:0;font-size:1rem}
        h2{margin-top:1.3rem}h2+p,h2+p+p{break-after:avoid}.words,.tiles,header{break-inside:avoid}}
        """;
}
