"""What drugref costs, as multiples of a bare start of the interpreter, measured side by side with other programs of its kind.

``python benchmarks/run.py [--sizes 100,10000,250000] [--rounds N] [--json FILE] [--write]`` installs this checkout, tldr and
sqlite-utils into an environment of its own and needs nothing but Python and a package index; jq takes part where it is
installed. The peers look the same drug up in the same facts, as JSON Lines and as a table with an index. Every sample of a
command is paired with one of ``python -c pass`` of the same environment, taken right before it; the figure is the median of the
ratios. Instructions are Valgrind's, where it is installed. Peak memory is the process's largest resident set. ``--write`` puts
the table into docs/speed.md.

``python benchmarks/run.py --check`` counts the instructions of look-ups in a hundred synthetic drugs, by the interpreter and
the drugref that run it, and fails where one is a quarter above its goal; never by time.
"""

import argparse
import json
import os
import platform
import pty
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks import synthetic  # noqa: E402 – found only now

NAME = synthetic.name(50)
"""The drug that is looked up; it is the same at every size."""
BUNDLED = "baclofen"
"""A drug of the bundled database, whose page is one of the longest."""
PEERS = {"tldr": "tldr", "sqlite-utils": "sqlite-utils"}
"""Programs beside drugref, and the packages that have them."""
MOST_FOR_PEERS = 10_000
"""Drugs up to which peers look them up; jq reads all facts each time."""
SLACK = 1.25
"""How far above its goal a count of instructions may be."""
SPEED = ROOT / "docs" / "speed.md"


class Case(NamedTuple):
    """A command to measure."""

    label: str
    arguments: tuple[str, ...]
    terminal: bool = False
    """Whether its output is a terminal."""
    environment: tuple[tuple[str, str], ...] = ()
    program: str = "drugref"
    code: int = 0
    """Exit code that it ends with."""
    goal: float = 0.0
    """Most that it should cost, as a multiple of a bare start; 0 for no goal."""


CASES = [
    Case("show NAME", ("show", NAME)),
    Case("mechanism NAME", ("mechanism", NAME)),
    Case("uses NAME", ("uses", NAME)),
    Case("side-effects NAME", ("side-effects", NAME)),
    Case("contraindications NAME", ("contraindications", NAME)),
    Case("interactions NAME, none recorded", ("interactions", NAME), code=4),
    Case("side-effects --common NAME", ("side-effects", "--common", NAME)),
    Case("show --json NAME", ("show", "--json", NAME)),
    Case("search a rare word", ("search", synthetic.brand(50))),
    Case("show a mistyped NAME", ("show", NAME.replace("fic", "fik")), code=3),
    Case("contraindications --with a rare TEXT", ("contraindications", "--with", f"allergy to {NAME}")),
    Case("show NAME on a terminal", ("show", NAME), terminal=True),
    Case("show inaperisone on a terminal", ("show", "inaperisone"), terminal=True),
    Case("show baclofen on a terminal", ("show", BUNDLED), terminal=True),
    Case(
        "TAB after ten letters",
        (),
        environment=(
            ("_DRUGREF_COMPLETE", "complete_bash"),
            ("COMP_WORDS", f"drugref\nshow\n{NAME[:10]}"),
            ("COMP_CWORD", "2"),
        ),
    ),
]
"""What is measured at every size."""
BUNDLED_CASES = [
    Case("show baclofen", ("show", BUNDLED)),
    Case("show baclofen --json", ("show", BUNDLED, "--json")),
    Case("side-effects baclofen --common", ("side-effects", BUNDLED, "--common")),
    Case("side-effects --common, of all drugs", ("side-effects", "--common")),
    Case("uses --for spasticity", ("uses", "--for", "spasticity")),
    Case("search drowsiness", ("search", "drowsiness")),
    Case("compare two drugs", ("compare", BUNDLED, "tizanidine")),
    Case("screen three drugs", ("screen", BUNDLED, "tizanidine", "diazepam")),
    Case(
        "TAB after six letters",
        (),
        environment=(
            ("_DRUGREF_COMPLETE", "complete_bash"),
            ("COMP_WORDS", f"drugref\nshow\n{BUNDLED[:6]}"),
            ("COMP_CWORD", "2"),
        ),
    ),
]
"""What is measured of the database that comes with drugref."""
CHECKED = [
    Case("show NAME", ("show", NAME), goal=1.7),
    Case("show NAME --json", ("show", NAME, "--json"), goal=2.0),
    Case("side-effects NAME --common", ("side-effects", NAME, "--common"), goal=2.2),
    Case("side-effects --common, of all drugs", ("side-effects", "--common"), goal=2.5),
    Case("search a rare word", ("search", synthetic.brand(50)), goal=2.2),
    Case("compare two drugs", ("compare", NAME, synthetic.name(51)), goal=3.0),
    Case("screen three drugs", ("screen", NAME, synthetic.name(51), synthetic.name(52)), goal=3.0),
    Case("TAB after ten letters", (), environment=CASES[-1].environment, goal=1.4),
]
"""What ``--check`` holds to its goals, of synthetic drugs: those that come with drugref grow, and with them the work."""
START = Case("tldr --version", ("--version",), program="tldr")


class Sample(NamedTuple):
    """One run of a command."""

    seconds: float
    memory: float
    """Peak, in MiB."""
    code: int


def main() -> None:
    """Measure, print a table and write JSON."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("--sizes", default="100,10000,250000", help="numbers of drugs, joined by commas")
    parser.add_argument("--rounds", type=int, default=40, help="samples of each command")
    parser.add_argument("--json", type=Path, help="file for the figures")
    parser.add_argument("--write", action="store_true", help="put the table into docs/speed.md")
    parser.add_argument("--check", action="store_true", help="count instructions alone, and fail where they are above a goal")
    options = parser.parse_args()
    if options.check:
        sys.exit(check())
    with tempfile.TemporaryDirectory(prefix="drugref-benchmark-") as folder:
        results = measure(Path(folder), [int(size) for size in options.sizes.split(",")], options.rounds)
    print(table(results))
    if options.write:
        text = SPEED.read_text(encoding="utf-8")
        head, rest = text.split("<!-- table -->\n")
        SPEED.write_text(
            f"{head}<!-- table -->\n{table(results)}\n<!-- end -->{rest.split('<!-- end -->')[1]}", encoding="utf-8"
        )
    if options.json:
        options.json.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")


def measure(folder: Path, sizes: list[int], rounds: int) -> dict[str, Any]:
    """Return the machine, and a row of figures for each command at each size."""
    say("installing")
    installed = install(folder / "venv", *PEERS.values())
    programs = {name: [str(installed / name)] for name in ("drugref", *PEERS)}
    programs["pass"] = [str(installed / "python"), "-c", "pass"]
    if jq := shutil.which("jq"):
        programs["jq"] = [jq]
    else:
        say("no jq: it takes no part")
    environment = environment_in(folder)
    rows = [measured(case, 0, programs, environment, rounds) for case in (START, *BUNDLED_CASES)]
    for size in sizes:
        source = folder / f"{size}.toml"
        say(f"{size} drugs: writing")
        with source.open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(synthetic.lines(size))
        time.sleep(2.1)  # a younger file is read again at every look-up, to be sure
        at_size = {**environment, "DRUGREF_DB": str(source)}
        say(f"{size} drugs: compiling")
        rows.append(compilation(size, source, programs, at_size))
        rows += [measured(case, size, programs, at_size, rounds) for case in CASES]
        if size <= MOST_FOR_PEERS:
            say(f"{size} drugs: facts for peers")
            rows += [measured(case, size, programs, environment, rounds) for case in peers(folder, source, programs, at_size)]
        source.unlink()
        shutil.rmtree(folder / "cache")
    return {"machine": machine(), "rounds": rounds, "rows": rows}


def peers(folder: Path, source: Path, programs: dict[str, list[str]], environment: dict[str, str]) -> list[Case]:
    """Give the facts of a database to other programs; return how each looks the drug up that drugref does."""
    lines, facts = folder / "facts.jsonl", folder / "facts.db"
    facts.unlink(missing_ok=True)
    for command in (
        [*programs["drugref"], "export", "--format", "jsonl", "--db", str(source), "--to", str(lines)],
        [*programs["sqlite-utils"], "insert", str(facts), "facts", str(lines), "--nl"],
        [*programs["sqlite-utils"], "create-index", str(facts), "facts", "drug"],
    ):
        subprocess.run(command, env=environment, check=True, capture_output=True)
    sql = "select part, item, text from facts where drug = :drug"
    query = ("query", str(facts), sql, "-p", "drug", NAME, "--tsv")
    cases = [Case("sqlite-utils query, by an index", query, program="sqlite-utils")]
    if "jq" in programs:
        select = f'select(.drug == "{NAME}") | [.part, .item, .text] | @tsv'
        cases.append(Case("jq, over JSON Lines", ("-r", select, str(lines)), program="jq"))
    return cases


def check() -> int:
    """Hold the instructions of look-ups in a hundred synthetic drugs to their goals; return the exit code."""
    if not shutil.which("valgrind"):
        say("no Valgrind: instructions are not counted")
        return 0
    with tempfile.TemporaryDirectory(prefix="drugref-benchmark-") as folder:
        environment = environment_in(Path(folder))
        source = Path(shutil.copytree(ROOT / "data", Path(folder, "data")), "drugs.toml")
        source.write_text("".join(synthetic.lines(100)), encoding="utf-8")
        os.utime(source, (0, 0))
        code = (
            f"from drugref import places; places.bundled = lambda: {str(source)!r}; from drugref.__main__ import main; main()"
        )
        start = [sys.executable, "-P", "-c", code]
        time.sleep(2.1)  # a younger file is read again at every look-up, to be sure
        bare = instructions([sys.executable, "-c", "pass"], environment)
        failed = 0
        for case in CHECKED:
            command, its_own = [*start, *case.arguments], {**environment, **dict(case.environment)}
            subprocess.run(command, env=its_own, capture_output=True, check=False)  # makes what is made once
            count = instructions(command, its_own)
            if not bare or not count:
                say(f"{case.label}: Valgrind counted nothing")
                return 1
            above = count / bare > SLACK * case.goal
            failed += above
            print(f"{count / bare:5.2f} of {case.goal:.1f}{' TOO MANY' if above else ''}  {case.label}")
    return 1 if failed else 0


def say(words: str) -> None:
    """Tell on standard error what is being done."""
    print(f"· {words}", file=sys.stderr, flush=True)


def environment_in(folder: Path) -> dict[str, str]:
    """Return the environment for what is measured, with a home of its own in a folder."""
    return {
        **{name: value for name, value in os.environ.items() if name in ("PATH", "LANG", "TERM", "SSL_CERT_FILE")},
        "HOME": str(folder),
        "XDG_CACHE_HOME": str(folder / "cache"),
        "XDG_DATA_HOME": str(folder / "data"),
        "COLUMNS": "100",
        "PAGER": "cat",
    }  # PYTHONDONTWRITEBYTECODE and PYTHONUNBUFFERED stay behind


def install(place: Path, *packages: str) -> Path:
    """Make an environment with this checkout and packages to measure beside it; return the folder of its programs."""
    python = place / "bin" / "python"
    if uv := shutil.which("uv"):
        subprocess.run([uv, "venv", "-q", "--python", sys.executable, place], check=True)
        subprocess.run([uv, "pip", "install", "-q", "--compile-bytecode", "--python", python, ROOT, *packages], check=True)
    else:
        subprocess.run([sys.executable, "-m", "venv", place], check=True)
        subprocess.run([python, "-m", "pip", "install", "-q", "--upgrade", "pip"], check=True)  # for its short start scripts
        subprocess.run([python, "-m", "pip", "install", "-q", ROOT, *packages], check=True)
    return python.parent


def measured(case: Case, size: int, programs: dict[str, list[str]], environment: dict[str, str], rounds: int) -> dict[str, Any]:
    """Return a row for a command: median ratio to a bare start and the middle half of them, instructions, memory."""
    say(f"{size or ''} {case.label}".strip())
    command = [*programs[case.program], *case.arguments]
    environment = {**environment, **dict(case.environment)}
    once = on_terminal if case.terminal else piped
    for _ in range(3):
        if (code := once(command, environment).code) != case.code:
            raise SystemExit(f"{case.label}: exit code {code}")
    pairs = [(piped(programs["pass"], environment), once(command, environment)) for _ in range(rounds)]
    ratios = sorted(sample.seconds / bare.seconds for bare, sample in pairs)
    return {
        "command": case.label,
        "drugs": size,
        "ratio": round(statistics.median(ratios), 2),
        "middle_half": [round(ratios[rounds // 4], 2), round(ratios[-1 - rounds // 4], 2)],
        "milliseconds": round(1000 * statistics.median(sample.seconds for _, sample in pairs), 1),
        "instructions": None if case.terminal else instructions(command, environment),
        "memory_mib": round(statistics.median(sample.memory for _, sample in pairs), 1),
    }


def compilation(size: int, source: Path, programs: dict[str, list[str]], environment: dict[str, str]) -> dict[str, Any]:
    """Return a row for the first look-up of all, which compiles; the bundled database is compiled beforehand."""
    bundled = {name: value for name, value in environment.items() if name != "DRUGREF_DB"}
    piped([*programs["drugref"], "show", BUNDLED], bundled)
    sample = piped([*programs["drugref"], "show", NAME], environment)
    if sample.code:
        raise SystemExit(f"compile: exit code {sample.code}")
    bare = statistics.median(piped(programs["pass"], environment).seconds for _ in range(9))
    megabytes = round(source.stat().st_size / 1e6, 1)
    return {
        "command": f"compile {megabytes:g} MB",
        "drugs": size,
        "ratio": round(sample.seconds / bare, 1),
        "milliseconds": round(1000 * sample.seconds),
        "instructions": None,
        "memory_mib": round(sample.memory, 1),
    }


def piped(command: list[str], environment: dict[str, str]) -> Sample:
    """Run a command with its output in a pipe that is read to the end."""
    reader, writer = os.pipe()
    return _run(command, environment, reader, writer)


def on_terminal(command: list[str], environment: dict[str, str]) -> Sample:
    """Run a command with its output on a pseudo-terminal."""
    reader, writer = pty.openpty()
    return _run(command, {**environment, "TERM": "xterm-256color"}, reader, writer)


def _run(command: list[str], environment: dict[str, str], reader: int, writer: int) -> Sample:
    null = os.open(os.devnull, os.O_RDWR)
    actions = [(os.POSIX_SPAWN_DUP2, null, 0), (os.POSIX_SPAWN_DUP2, writer, 1), (os.POSIX_SPAWN_DUP2, null, 2)]
    start = time.perf_counter()
    child = os.posix_spawn(command[0], command, environment, file_actions=actions)
    os.close(writer)
    try:
        while os.read(reader, 1 << 16):
            pass
    except OSError:
        pass  # how a pseudo-terminal ends
    _, status, usage = os.wait4(child, 0)
    seconds = time.perf_counter() - start
    os.close(reader)
    os.close(null)
    return Sample(seconds, usage.ru_maxrss / 1024, os.waitstatus_to_exitcode(status))


def instructions(command: list[str], environment: dict[str, str]) -> int | None:
    """Return how many instructions a command takes, from start to end; None without Valgrind."""
    valgrind = shutil.which("valgrind")
    if not valgrind:
        return None
    with open(command[0], "rb") as file:
        if file.read(2) == b"#!":  # a script, whose shell or interpreter Valgrind would count in its place
            command = [str(Path(command[0]).parent / "python"), *command]
    tool = [valgrind, "--tool=callgrind", "--callgrind-out-file=/dev/null", *command]
    run = subprocess.run(tool, env={**environment, "PYTHONHASHSEED": "0"}, capture_output=True, text=True, check=False)
    counts = [int(line.split()[-1]) for line in run.stderr.splitlines() if "Collected" in line]
    return counts[0] if counts else None


def machine() -> str:
    """Say what the figures come from."""
    return f"{os.cpu_count()} virtual cores, {platform.system()}, {platform.machine()}, Python {platform.python_version()}"


def table(results: dict[str, Any]) -> str:
    """Return the figures as a Markdown table: commands down, sizes across."""
    sizes = sorted({row["drugs"] for row in results["rows"] if row["drugs"]})
    rows: dict[str, dict[int, dict[str, Any]]] = {}
    for row in results["rows"]:
        rows.setdefault("compile" if row["command"].startswith("compile") else row["command"], {})[row["drugs"]] = row
    heads = [f"{size:,}: {what}" for size in sizes for what in ("×", "M instr.", "MiB")]
    lines = [f"{results['machine']}; medians of {results['rounds']} pairs", ""]
    lines += [f"| command | {' | '.join(heads)} |", "|---" * (len(heads) + 1) + "|"]
    for label, by_size in rows.items():
        cells = [cell for size in sizes for cell in _cells(by_size.get(size) or by_size.get(0))]
        lines.append(f"| {label} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _cells(row: dict[str, Any] | None) -> tuple[str, str, str]:
    if row is None:
        return "", "", ""
    count = f"{row['instructions'] / 1e6:.1f}" if row["instructions"] else ""
    ratio = f"{row['milliseconds'] / 1000:.1f} s" if row["command"].startswith("compile") else f"{row['ratio']:.1f}"
    return ratio, count, f"{row['memory_mib']:.0f}"


if __name__ == "__main__":
    main()
