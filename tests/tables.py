"""Tables of labels in a few strokes, for tests: one line a row, cells between bars, ``//`` for a line break in a cell.

``{c2}`` and ``{r2}`` at the end of a cell are its spans, and ``^a`` is a raised mark.
"""

import re
from html import escape

from lxml import etree

SPL = 'xmlns="urn:hl7-org:v3"'


def table(rows: str, *, caption: str = "", head: int = 0, namespace: str = "") -> etree._Element:
    """Return a ``table`` element, the first ``head`` rows in its own head."""
    lines = [line for line in rows.strip("\n").split("\n") if line.strip()]
    made = [f"<tr>{''.join(map(_cell, line.strip().split('|')))}</tr>" for line in lines]
    inside = f"<caption>{escape(caption)}</caption>" if caption else ""
    inside += f"<thead>{''.join(made[:head])}</thead>" if head else ""
    return etree.fromstring(f"<table {namespace}>{inside}<tbody>{''.join(made[head:])}</tbody></table>")


def _cell(text: str) -> str:
    text, _, spans = text.strip().partition("{")
    names = {"c": "colspan", "r": "rowspan"}
    attributes = "".join(f' {names[kind]}="{number}"' for kind, number in re.findall(r"([cr])(\d+)", spans))
    inside = re.sub(r"\^(\w|\*)", r"<sup>\1</sup>", escape(text.strip())).replace("//", "<br/>")
    return f"<td{attributes}>{inside}</td>"
