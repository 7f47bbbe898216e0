"""What standard output is, decided once: terminal or not, how wide, in which colours and characters."""

import os
import sys


class Style:
    """How a page is to look."""

    __slots__ = ("ascii_only", "color", "height", "links", "remarks", "styles", "width")

    def __init__(self, width: int = 80, *, height: int = 24, color: bool = False, ascii_only: bool = False) -> None:
        self.width = width
        """Columns that it may take."""
        self.height = height
        """Lines of the screen, to which a card is fitted."""
        self.color = color
        """Whether it has colours."""
        self.ascii_only = ascii_only
        """Whether it is to be spared anything but ASCII."""
        self.links = False
        """Whether text may be a link (OSC 8)."""
        self.styles: dict[str, str] | None = None
        """How each role looks, where it has colours; None for the theme that is readable everywhere."""
        self.remarks: list[str] = []
        """What is to be said of the user's wishes that made no sense."""


def style(color: str = "auto") -> Style:
    """Return how a page is to look on standard output; ``color`` is auto, always or never."""
    look = Style(width(), height=height() or 24, color=use_color(color), ascii_only=is_ascii_only())
    if look.color and (wishes := os.environ.get("DRUGREF_COLORS")):
        from drugref import theme  # only a page in colour needs it

        look.styles, look.remarks = theme.read(wishes)
    look.links = look.color and has_links()
    return look


_WIDEST = 1000
"""Columns beyond which nobody's terminal goes; a table is padded to its width, in memory."""


def is_terminal() -> bool:
    """Tell whether standard output is a terminal."""
    try:
        return sys.stdout is not None and sys.stdout.isatty()
    except ValueError:
        return False


def usual_format() -> str:
    """Return the format for a terminal: a table, or plain lines if the user or the terminal wants no more."""
    return "plain" if os.environ.get("DRUGREF_PLAIN") or os.environ.get("TERM") == "dumb" else "table"


def use_color(choice: str = "auto") -> bool:
    """Decide on colour: the option, then NO_COLOR, FORCE_COLOR or CLICOLOR_FORCE, TERM=dumb, and the terminal."""
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR") or os.environ.get("CLICOLOR_FORCE", "0") not in ("", "0"):
        return True
    return is_terminal() and os.environ.get("TERM") != "dumb"


def has_links() -> bool:
    """Tell whether standard output is a terminal that makes links of OSC 8; FORCE_HYPERLINK decides for it, 0 is no."""
    if not is_terminal():
        return False
    if forced := os.environ.get("FORCE_HYPERLINK"):
        return forced != "0"
    told = os.environ.get
    vte, konsole = told("VTE_VERSION", ""), told("KONSOLE_VERSION", "")
    return (
        told("TERM", "").split("-")[-1] in ("kitty", "ghostty", "wezterm", "contour")
        or told("TERM", "").split("-")[0] in ("alacritty", "foot")
        or told("TERM_PROGRAM", "") in ("iTerm.app", "WezTerm", "vscode", "ghostty", "Hyper", "Tabby", "rio")
        or bool(told("WT_SESSION") or told("DOMTERM"))
        or (vte.isdigit() and int(vte) >= 5000)
        or (konsole.isdigit() and int(konsole) >= 201200)
    )


def width() -> int:
    """Return the columns to fit a table into: COLUMNS, or the terminal's, or 80."""
    try:
        columns = int(os.environ.get("COLUMNS", ""))
    except ValueError:
        columns = 0
    if columns <= 0:
        try:
            columns = os.get_terminal_size(1).columns
        except (OSError, ValueError):
            columns = 80
    return min(max(columns, 20), _WIDEST) if columns else 80


def error_width() -> int:
    """Return the columns of the terminal that standard error is, 0 if it is none."""
    try:
        return max(os.get_terminal_size(2).columns, 20) if sys.stderr is not None and sys.stderr.isatty() else 0
    except (OSError, ValueError):
        return 0


def height() -> int:
    """Return the lines of the terminal, 0 if unknown."""
    try:
        return os.get_terminal_size(1).lines
    except (OSError, ValueError):
        return 0


def is_ascii_only() -> bool:
    """Tell whether the terminal is to be spared anything but ASCII: its encoding, or a locale said to be C or POSIX."""
    encoding = (getattr(sys.stdout, "encoding", None) or "utf-8").lower()
    if "utf" not in encoding:
        return True
    for variable in ("LC_ALL", "LC_CTYPE", "LANG"):
        if value := os.environ.get(variable):
            return value in ("C", "POSIX")
    return False
