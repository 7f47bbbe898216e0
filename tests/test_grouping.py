"""Labels of one ingredient set become one group, whose best label speaks for it."""

import pytest

from drugref.labels.grouping import Group, Groups


def offered(groups: Groups, key: str, name: str, score: tuple[int, str, str], brand: str) -> None:
    groups.offer(key, name, score, lambda: f"{brand} {score}".encode(), (brand,))


def test_the_most_complete_and_then_the_newest_label_speaks() -> None:
    with Groups() as groups:
        offered(groups, "U1", "examplin", (2, "20200101", "a"), "Old")
        offered(groups, "U1", "examplin", (3, "20190101", "b"), "Complete")
        offered(groups, "U1", "examplin", (3, "20210101", "c"), "Newest")
        offered(groups, "U1", "examplin", (1, "20250101", "d"), "Short")
        brands = ("Complete", "Newest", "Old", "Short")
        others = (b"Complete (3, '20190101', 'b')", b"Old (2, '20200101', 'a')")
        assert list(groups) == [Group("examplin", b"Newest (3, '20210101', 'c')", 4, brands, (), others)]


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_the_newest_version_of_a_label_is_the_label(order: tuple[int, int]) -> None:
    versions = [(9, "20180101", "a"), (1, "20250601", "a")]
    with Groups() as groups:
        for number in order:
            offered(groups, "U1", "examplin", versions[number], "A")
        offered(groups, "U2", "otherol", (1, "20200101", "b"), "B")
        assert [group.payload for group in groups] == [b"A (1, '20250601', 'a')", b"B (1, '20200101', 'b')"]
        assert (groups.offered, groups.labels()) == (3, 2)


def test_a_newer_version_that_is_less_complete_yields_to_another_label() -> None:
    with Groups() as groups:
        offered(groups, "U1", "examplin", (9, "20180101", "a"), "A")
        offered(groups, "U1", "examplin", (5, "20170101", "b"), "B")
        offered(groups, "U1", "examplin", (1, "20250601", "a"), "A")
        assert [(group.payload, group.labels) for group in groups] == [(b"B (5, '20170101', 'b')", 2)]


def test_a_newer_version_with_other_ingredients_takes_the_older_one_away() -> None:
    with Groups() as groups:
        offered(groups, "U1", "examplin", (9, "20180101", "a"), "A")
        offered(groups, "U2", "otherol", (1, "20250601", "a"), "A")
        assert [group.inn for group in groups] == ["otherol"]


def test_a_label_read_twice_counts_once() -> None:
    with Groups() as groups:
        offered(groups, "U1", "examplin", (1, "20200101", "a"), "A")
        offered(groups, "U1", "examplin", (1, "20210101", "a"), "A")
        assert [(group.labels, group.payload) for group in groups] == [(1, b"A (1, '20210101', 'a')")]
        assert (groups.offered, groups.labels()) == (2, 1)


def test_an_alias_leads_to_the_one_group_that_bears_it() -> None:
    with Groups() as groups:
        offered(groups, "name:examplin", "examplin-x", (9, "20200101", "a"), "Nameless")
        offered(groups, "U1", "examplin", (1, "20200101", "b"), "Known")
        groups.learn("name:examplin", "U1")
        assert [(group.inn, group.labels, group.payload[:8]) for group in groups] == [("examplin", 2, b"Nameless")]


def test_an_alias_of_two_groups_leads_nowhere() -> None:
    with Groups() as groups:
        for key in ("U1", "U2"):
            offered(groups, key, key.lower(), (1, "20200101", key), key)
            groups.learn("rxcui:1", key)
        offered(groups, "rxcui:1", "examplin", (1, "20200101", "a"), "A")
        assert [(group.inn, group.labels) for group in groups] == [("examplin", 1), ("u1", 1), ("u2", 1)]


def test_groups_of_one_name_are_one() -> None:
    with Groups() as groups:
        offered(groups, "U1", "examplin", (1, "20200101", "a"), "A")
        offered(groups, "U2", "examplin", (1, "20210101", "b"), "B")
        assert [(group.labels, group.brands, group.payload[:1]) for group in groups] == [(2, ("A", "B"), b"B")]
