"""One JSON document: the facts or records, and in the same breath what is not recorded and what is not known.

Facts and records are printed as the store holds them, byte for byte; only what frames them is written here.
"""

from collections.abc import Iterator

from drugref.answer import Answer
from drugref.text import dumps, shown_json


def render(answer: Answer, header: bool | None = None) -> Iterator[str]:
    """Yield the document in pieces; the last ends the line."""
    yield f'{{"schema":2,"command":{quoted(answer.command)},'
    if answer.command == "show":
        yield '"drugs":['
        yield from _separated(iter(answer.records))
    else:
        yield '"facts":['
        yield from _separated(json for _, json, empty in answer.rows if not empty)
    yield "],"
    if answer.sought:
        yield '"sought":{' + ",".join(f"{quoted(text)}:{array(words)}" for text, words in answer.sought.items()) + "},"
    yield '"nothing_recorded":' + array(answer.nothing)
    yield ',"also_in":{' + ",".join(f"{quoted(inn)}:{array(also)}" for inn, also in answer.also.items()) + "}"
    unknown = (f'{{"name":{quoted(name)},"near":{array(near)}}}' for name, near in answer.unknown)
    yield ',"unknown":[' + ",".join(unknown) + "]"
    if answer.medicines:
        yield ',"medicines":[' + ",".join(shown_json(dumps(medicine)) for medicine in answer.medicines) + "]"
    yield "}\n"


def _separated(items: Iterator[str]) -> Iterator[str]:
    comma = "\n"
    for item in items:
        yield comma + item
        comma = ",\n"
    if comma != "\n":
        yield "\n"


def array(items: "list[str] | tuple[str, ...]") -> str:
    """Return a JSON array of strings."""
    return "[" + ",".join(map(quoted, items)) + "]"


def quoted(text: str) -> str:
    """Return a JSON string. Written out, as importing json would cost more than the rest of a look-up."""
    safe = text.encode("utf-8", "replace").decode("utf-8")
    if '"' in safe or "\\" in safe or not safe.isprintable():
        import json

        return shown_json(json.dumps(safe, ensure_ascii=False))
    return f'"{safe}"'
