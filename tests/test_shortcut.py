"""The shortest way: names as commands, help, other words for commands, and the line that was probably meant."""

import pytest

from tests.conftest import Cli


class TestShortest:
    def test_a_name_is_a_page(self, cli: Cli) -> None:
        assert cli("baclofen") == cli("show", "baclofen")
        assert cli("Zanaflex", "--json") == cli("show", "Zanaflex", "--json")
        assert cli("aspirin") == cli("show", "aspirin")
        assert cli("insulin", "glargine") == cli("show", "insulin glargine")
        assert cli("nosuchdrug") == cli("show", "nosuchdrug")

    def test_help(self, cli: Cli) -> None:
        assert cli("help") == cli("--help")
        assert cli("help", "show") == cli("show", "--help")
        assert cli("help", "side", "effects") == cli("side-effects", "--help")
        assert cli("help", "moa") == cli("mechanism", "--help")

    @pytest.mark.parametrize(
        ("alias", "command"),
        [
            ("indications", "uses"), ("moa", "mechanism"), ("adr", "side-effects"), ("adverse-effects", "side-effects"),
            ("pk", "pharmacokinetics"), ("adverse-reactions", "side-effects"), ("cautions", "contraindications"),
            ("contraindication", "contraindications"), ("kinetics", "pharmacokinetics"), ("mechanism-of-action", "mechanism"),
        ],
    )  # fmt: skip
    def test_other_words_for_commands(self, cli: Cli, alias: str, command: str) -> None:
        assert cli(alias, "baclofen") == cli(command, "baclofen")
        assert cli(alias, "--help") == cli(command, "--help")
        assert alias in cli("--help")[1].replace("\n", " ") or len(alias) < 3

    @pytest.mark.parametrize(
        ("typed", "meant"),
        [
            (["side", "effects", "baclofen"], "drugref side-effects baclofen"),
            (["adverse", "effects", "baclofen"], "drugref side-effects baclofen"),
            (["shwo", "baclofen"], "drugref show baclofen"),
            (["contraindicatons", "warfarin"], "drugref contraindications warfarin"),
            (["indicatons", "warfarin"], "drugref uses warfarin"),
            (["mechanims", "warfarin"], "drugref mechanism warfarin"),
            (["side-effects", "baclofen", "--comon"], "drugref side-effects baclofen --common"),
            (["side-effects", "baclofen", "--frequency", "Very common"], "drugref side-effects baclofen --frequency very-common"),
            (["side-effects", "baclofen", "--at-least", "infrequent"], "drugref side-effects baclofen --at-least uncommon"),
            (["list", "--staus", "approved"], "drugref list --status approved"),
            (["show", "baclofen", "--josn"], "drugref show baclofen --json"),
            (["help", "indicatons"], "drugref help uses"),
        ],
        ids=" ".join,
    )  # fmt: skip
    def test_the_line_that_was_probably_meant(self, cli: Cli, typed: list[str], meant: str) -> None:
        code, out, err = cli(*typed)
        assert (code, out) == (2, "")
        assert err.endswith(f"did you mean: {meant}\n")
        assert err.count("\n") == 1

    @pytest.mark.parametrize("typed", ["xyzzy", "qqq", "tazocin", "zzzz-top"])
    def test_what_is_far_from_every_command_is_a_name(self, cli: Cli, typed: str) -> None:
        assert cli(typed)[0] == 3
