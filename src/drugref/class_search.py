"""Drugs of a class, as ``list --class`` looks for them: by the words of their class, and as members of a group of medicines."""

from drugref import medicines
from drugref.text import phrase_key, printable

_SAID_FOR = {"antibiotic": "antibacterial", "painkiller": "analgesic", "water tablet": "diuretic"}
"""Everyday words for classes, as keys, in the singular."""
_SHOWN = 60


class ClassSearch:
    """What a class that a user names stands for."""

    __slots__ = ("group", "phrases", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        """The class as typed."""
        self.group = medicines.group(text)
        """The group of medicines that it names, if it is one."""
        words = [phrase_key(name) for name in (text, *(self.group.names if self.group else ()))]
        words += [_SAID_FOR[word] for word in words if word in _SAID_FOR]
        self.phrases = [f" {word} " for word in dict.fromkeys(words) if word]
        """Words to look for in classes, at word boundaries."""

    def finds(self, inn: str, path: "list[str]") -> bool:
        """Tell whether a drug is of the class, by its recorded class or as a member of the group."""
        classes = [f" {phrase_key(name)} " for name in path]
        # A non-opioid analgesic is no opioid.
        if any(phrase in name and f" non{phrase}" not in name for phrase in self.phrases for name in classes):
            return True
        return self.group is not None and any(owner in self.group.members for owner in medicines.owners(inn))

    def remark(self, found: int) -> str:
        """Return what is to be said: what was looked for, and if nothing was found, that."""
        shown = printable(self.text, _SHOWN)
        if self.group:
            sought = f"looked for {self.group.key} in classes, and for the {len(self.group.members)} members of that group"
        else:
            words = [phrase.strip() for phrase in self.phrases if phrase.strip() != phrase_key(self.text)]
            sought = f"looked for {shown}{''.join(f', {word}' for word in words)} in classes; it is no group of the index"
        return f"{shown}: {sought}" if found else f"{shown}: no drug recorded of this class; {sought}"
