"""Coloured terminal output on standard input, as SVG on standard output. Usage: terminal-to-svg.py COMMAND"""
import html
import re
import sys

LETTER, LINE, LEFT, TOP = 8.4, 18.0, 14.0, 27.5
INK, DIM, GROUND = "#d5dbe3", "#8893a1", "#10151c"
COLOURS = {30: GROUND, 31: "#e5534b", 32: "#57ab5a", 33: "#c69026", 91: "#f47067", 92: "#6bc46d", 93: "#daaa3f", 97: "#ffffff"}
GROUNDS = {41: "#c93c37", 42: "#57ab5a", 43: "#c69026", 101: "#c93c37", 102: "#57ab5a"}

text = sys.stdin.buffer.read().decode("utf-8").replace("\r", "")
text = re.sub(r"\x1b\[\?[0-9;]*[hl]|\x1b[=>]", "", text).rstrip("\n")
lines = text.split("\n")
height = int(TOP + LINE * len(lines) + 12)
title = html.escape("Terminal output of " + sys.argv[1])
print(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 700 {height}" width="700" height="{height}" role="img" aria-label="{title}">')
print(f"<title>{title}</title>")
print(f'<rect width="700" height="{height}" rx="8" fill="{GROUND}"/>')
print("<g font-family=\"ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace\" font-size=\"14\" xml:space=\"preserve\">")
bold, ink, ground = False, INK, None
for number, line in enumerate(lines):
    column, y = 0, TOP + LINE * number
    for part in re.split(r"(\x1b\[[0-9;]*m)", line):
        if part.startswith("\x1b["):
            for code in [int(c or 0) for c in part[2:-1].split(";")]:
                if code == 0:
                    bold, ink, ground = False, INK, None
                elif code == 1:
                    bold = True
                elif code == 2:
                    ink = DIM
                elif code in COLOURS:
                    ink = COLOURS[code]
                elif code in GROUNDS:
                    ground = GROUNDS[code]
            continue
        # runs of spaces only move on, so that a picture stays small
        for run in re.finditer(r"\S+(?: \S+)*", part):
            x, width = LEFT + LETTER * (column + run.start()), LETTER * len(run.group())
            if ground:
                print(f'<rect x="{x:.1f}" y="{y - 13.5:.1f}" width="{width:.1f}" height="{LINE:.0f}" fill="{ground}"/>')
            weight = ' font-weight="700"' if bold else ""
            print(f'<text x="{x:.1f}" y="{y:.1f}" textLength="{width:.1f}" fill="{ink}"{weight}>{html.escape(run.group())}</text>')
        column += len(part)
print("</g>\n</svg>")
