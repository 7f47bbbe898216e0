"""Rules of the reader that are made of words: each has a name, what it looks for, and an example beside it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from drugref.lexicon.patterns import either, literals_in


@dataclass(frozen=True)
class Rule:
    """Words, any of which makes the rule hold."""

    name: str
    """What the rule finds. A doubt that it gives rise to is counted under it."""
    words: tuple[str, ...]
    """Entries as in the lexicon, pieces of a pattern."""
    example: str
    """A text for which it holds, and for which it would not if its words were left out."""

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The words as one pattern, in any case."""
        return re.compile(either(self.words) if self.words else "(?!)", re.IGNORECASE)

    @cached_property
    def literals(self) -> tuple[str, ...]:
        """Letters in lower case, some of which any text holds that the pattern can match: cheap to look for before it."""
        return tuple(dict.fromkeys(letters for word in self.words for letters in literals_in(word)))

    @cached_property
    def as_words(self) -> re.Pattern[str]:
        """The same as whole words."""
        return together((self,))


def together(rules: Sequence["Rule"]) -> re.Pattern[str]:
    """Return one pattern for the words of several rules, as whole words in any case."""
    return re.compile(rf"\b{either(*(rule.words for rule in rules))}\b", re.IGNORECASE)


def said(rules: Sequence[Rule], text: str) -> str | None:
    """Return the name of the first rule whose words a text holds as whole words, or None."""
    return next((rule.name for rule in rules if rule.as_words.search(text)), None)


def found(rules: Sequence[Rule], text: str) -> str | None:
    """Return the name of the first rule whose words a text holds, or None."""
    return next((rule.name for rule in _possible(rules, text) if rule.pattern.search(text)), None)


def leading(rules: Sequence[Rule], text: str) -> str | None:
    """Return the name of the first rule whose words a text begins with, or None."""
    return next((rule.name for rule in _possible(rules, text) if rule.pattern.match(text)), None)


def whole(rules: Sequence[Rule], text: str) -> str | None:
    """Return the name of the first rule whose words a text consists of, or None."""
    return next((rule.name for rule in _possible(rules, text) if rule.pattern.fullmatch(text)), None)


def _possible(rules: Sequence[Rule], text: str) -> Iterator[Rule]:
    """Yield the rules that a text may hold by its letters: most sentences are passed over without a pattern."""
    folded = text.lower()
    for rule in rules:
        for literal in rule.literals:
            if literal in folded:
                yield rule
                break
