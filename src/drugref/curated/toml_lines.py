"""Where things stand in a TOML text: the line of every key and array element, and its comments.

The parser does not tell, so the text, already known to be TOML, is read a second time; only when there is a problem to
report or a file to rewrite.
"""

import re
from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterable

Path = tuple[str | int, ...]

_STRING = re.compile(
    # Possessive: nothing is ever given back, and remembering where one might takes 120 bytes for each of the text.
    r'"""(?:[^"\\]++|\\.|"(?!""))*+"{3,5}'  # a closing run may hold one or two quotes of the text itself
    r"|'''(?:[^']++|'(?!''))*+'{3,5}"
    r'|"(?:[^"\\\n]++|\\.)*+"'
    r"|'[^'\n]*+'",
    re.DOTALL,
)
_BARE = re.compile(r"[^\s,\]}#=.]+")
_VALUE = re.compile(r"[^,\]}#\n]+")
_SPACE = re.compile(r"[ \t]*")
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|x([0-9a-fA-F]{2})|(.))")
_SHORT = {"b": "\b", "t": "\t", "n": "\n", "f": "\f", "r": "\r", "e": "\x1b"}


class Lines:
    """The places of a TOML text, which must be valid: all, or those of some paths and of what is around them.

    ``paths`` maps each path to its first line, from 1; ``comments`` lists (line, text, whether it has the line to itself).
    """

    def __init__(self, text: str, wanted: Iterable[Path] | None = None) -> None:
        self._wanted = None if wanted is None else {path[:end] for path in wanted for end in range(len(path) + 1)}
        self._text = text.replace("\r\n", "\n")
        self._starts = array("Q", [0])  # a list takes five times the memory, and there are files of nothing but lines
        self._starts.extend(match.end() for match in re.finditer("\n", self._text))
        self._at = 0
        self._elements: dict[Path, int] = {}
        self.paths: dict[Path, int] = {}
        self.comments: list[tuple[int, str, bool]] = []
        self._read_document()

    def of(self, path: Path) -> int:
        """Return the line of a path, or of the nearest table or array around it; 1 for the file."""
        while path and path not in self.paths:
            path = path[:-1]
        return self.paths.get(path, 1)

    def _line(self) -> int:
        return bisect_right(self._starts, self._at)

    def _mark(self, path: Path) -> None:
        if self._wanted is None or path in self._wanted:
            self.paths.setdefault(path, self._line())

    def _peek(self, token: str) -> bool:
        return self._text.startswith(token, self._at)

    def _skip(self) -> None:
        """Pass over blanks, line ends and comments."""
        while self._at < len(self._text):
            if self._text[self._at] in " \t\n":
                self._at += 1
            elif self._peek("#"):
                end = self._text.find("\n", self._at)
                end = len(self._text) if end < 0 else end
                line = self._line()
                alone = not self._text[self._starts[line - 1] : self._at].strip()
                self.comments.append((line, self._text[self._at : end], alone))
                self._at = end
            else:
                return

    def _read_document(self) -> None:
        base: Path = ()
        self._skip()
        while self._at < len(self._text):
            if self._peek("[["):
                self._at += 2
                path = self._resolve((), self._read_key())
                self._mark(path)
                index = self._elements[path] = self._elements.get(path, -1) + 1
                base = (*path, index)
                self._mark(base)
                self._at += 2
            elif self._peek("["):
                self._at += 1
                base = self._resolve((), self._read_key())
                self._mark(base)
                self._at += 1
            else:
                self._read_pair(base)
            self._skip()

    def _resolve(self, base: Path, keys: list[str]) -> Path:
        """Follow dotted keys, stepping into the latest element of each array of tables on the way."""
        path = base
        for position, key in enumerate(keys):
            path = (*path, key)
            self._mark(path)
            if position < len(keys) - 1 and path in self._elements:
                path = (*path, self._elements[path])
        return path

    def _read_key(self) -> list[str]:
        keys = []
        while True:
            self._blank()
            keys.append(self._read_name())
            self._blank()
            if not self._peek("."):
                return keys
            self._at += 1

    def _blank(self) -> None:
        match = _SPACE.match(self._text, self._at)
        self._at = match.end() if match else self._at

    def _read_name(self) -> str:
        if self._text[self._at] in "\"'":
            raw = self._match(_STRING)
            return raw[1:-1] if raw[0] == "'" else _ESCAPE.sub(_unescape, raw[1:-1])
        return self._match(_BARE)

    def _match(self, pattern: re.Pattern[str]) -> str:
        match = pattern.match(self._text, self._at)
        if not match:
            raise ValueError(f"not TOML at line {self._line()}")
        self._at = match.end()
        return match[0]

    def _read_pair(self, base: Path) -> None:
        start = self._line()
        path = self._resolve(base, self._read_key())
        if path in self.paths:
            self.paths[path] = min(start, self.paths[path])
        self._blank()
        self._at += 1  # the equals sign
        self._blank()
        self._read_value(path)

    def _read_value(self, path: Path) -> None:
        if self._peek("["):
            self._at += 1
            self._read_items("]", lambda index: self._read_element((*path, index)))
        elif self._peek("{"):
            self._at += 1
            self._read_items("}", lambda index: self._read_pair(path))
        elif self._text[self._at] in "\"'":
            self._match(_STRING)
        else:
            self._match(_VALUE)

    def _read_element(self, path: Path) -> None:
        self._mark(path)
        self._read_value(path)

    def _read_items(self, close: str, read: Callable[[int], None]) -> None:
        index = 0
        self._skip()
        while not self._peek(close):
            read(index)
            index += 1
            self._skip()
            if self._peek(","):
                self._at += 1
                self._skip()
        self._at += 1


def _unescape(match: re.Match[str]) -> str:
    code = match[1] or match[2] or match[3]
    return chr(int(code, 16)) if code else _SHORT.get(match[4], match[4])
