"""A picture of what drugref prints, as SVG: ``python -m tools.picture > docs/side-effects.svg``.

Every character stands where the terminal puts it; weight, slant and colour are those of the output.
"""

import os
import re
import subprocess
import sys
from html import escape

COMMAND = ("side-effects", "baclofen", "--common")
WIDTH, LINES = 88, 34
"""Columns of the terminal, and the lines that are shown."""
_STEP, _HEIGHT = 8.0, 18
_COLORS = {31: "#b00020", 33: "#7a4b00", 34: "#0b4f8a", 36: "#00666b", 97: "#ffffff"}


def picture() -> str:
    """Return the picture of a run of the command."""
    own = {name: value for name, value in os.environ.items() if not name.startswith(("DRUGREF_", "NO_COLOR", "LC_"))}
    environment = {**own, "COLUMNS": str(WIDTH)}
    command = [sys.executable, "-m", "drugref", *COMMAND, "-f", "table", "--color", "always"]
    run = subprocess.run(command, capture_output=True, text=True, env=environment, check=True)
    lines = run.stdout.splitlines()
    shown = [f"$ drugref {' '.join(COMMAND)}", *lines[:LINES]]
    if len(lines) > LINES:
        shown.append(f"  … {len(lines) - LINES} more lines")
    wide, high = round(WIDTH * _STEP) + 32, len(shown) * _HEIGHT + 32
    body = "\n".join(_line(line, 16 + 14 + number * _HEIGHT) for number, line in enumerate(shown))
    title = f"drugref {' '.join(COMMAND)}, on a terminal"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" width="{wide}" role="img" aria-label="{title}">'
        f'<rect width="{wide}" height="{high}" rx="8" fill="#fff" stroke="#c9c9c9"/>'
        '<g font-family="ui-monospace,Menlo,Consolas,\'DejaVu Sans Mono\',monospace" font-size="13" fill="#1b1b1b" '
        f'xml:space="preserve">\n{body}\n</g></svg>\n'
    )


def _line(line: str, y: int) -> str:
    """Return a line of the terminal: each run of one look is placed by its column."""
    pieces, column, codes = [], 0, [0]
    for text, code in re.findall(r"([^\x1b]+)|\x1b\[([\d;]*)m", line):
        if not text:
            codes = [int(part or 0) for part in code.split(";")]
            continue
        pieces += [_run(run[0], column + run.start(), y, codes) for run in re.finditer(r"\S+(?: \S+)*", text)]
        column += len(text)
    return "".join(pieces)


def _run(text: str, column: int, y: int, codes: list[int]) -> str:
    x, length = 16 + column * _STEP, len(text) * _STEP
    look = ' font-weight="bold"' if 1 in codes else ""
    look += ' font-style="italic"' if 3 in codes else ""
    look += ' fill="#6b6b6b"' if 2 in codes else ""
    look += "".join(f' fill="{_COLORS[code]}"' for code in codes if code in _COLORS)
    ground = f'<rect x="{x:g}" y="{y - 13}" width="{length:g}" height="17" fill="#b00020"/>' if 41 in codes else ""
    return f'{ground}<text x="{x:g}" y="{y}" textLength="{length:g}"{look}>{escape(text)}</text>'


if __name__ == "__main__":
    print(picture(), end="")
