"""What importing openFDA's labels costs, beside a pass over the same archive that only parses it.

``python benchmarks/imports.py [--labels 250000] [--rounds N] [--json FILE]`` installs this checkout and ijson into an
environment of its own, writes a synthetic archive (``labels.py``) and takes turns: a process that opens the archive's file and
goes through its labels with ijson's fastest backend, then ``drugref import openfda``. Megabytes are of JSON, unpacked; peak
memory is the largest resident set of one process. A process starts as a copy of this one, so that less than this one's own 18
MiB cannot be told.
"""

import argparse
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks import labels, run  # noqa: E402 – found only now

PASS = f"""
import sys, zipfile
import ijson
with zipfile.ZipFile(sys.argv[1]) as archive, archive.open({labels.MEMBER!r}) as stream:
    for _ in ijson.items(stream, "results.item"):
        pass
"""
"""The program to compare with."""


def main() -> None:
    """Measure, print a table and write JSON."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("--labels", type=int, default=250_000, help="number of labels")
    parser.add_argument("--rounds", type=int, default=1, help="samples of each")
    parser.add_argument("--json", type=Path, help="file for the figures")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="drugref-benchmark-") as folder:
        results = measure(Path(folder), options.labels, options.rounds)
    print(table(results))
    if options.json:
        options.json.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")


def measure(folder: Path, count: int, rounds: int) -> dict[str, Any]:
    """Return the machine, the figures of the pass and of the import, and the import's report."""
    run.say("installing")
    installed = run.install(folder / "venv", "ijson")
    environment = run.environment_in(folder)
    python = str(installed / "python")
    backend = [python, "-c", "import ijson; print(ijson.backend)"]
    run.say(f"{count:,} labels: writing")
    archive, report = folder / "labels.json.zip", folder / "report.json"
    labels.archive(count, archive)
    with zipfile.ZipFile(archive) as file:
        megabytes = file.getinfo(labels.MEMBER).file_size / 1e6
    reading = [python, "-c", PASS, str(archive)]
    importing = [str(installed / "drugref"), "import", "openfda", str(archive), "--to", "bench", "--report", str(report)]
    pairs = []
    for number in range(rounds):
        run.say(f"round {number + 1}: pass")
        bare = sample(reading, environment)
        run.say(f"round {number + 1}: import")
        shutil.rmtree(environment["XDG_DATA_HOME"], ignore_errors=True)
        pairs.append((bare, sample(importing, environment)))
    return {
        "machine": run.machine(),
        "labels": count,
        "megabytes": round(megabytes, 1),
        "archive_megabytes": round(archive.stat().st_size / 1e6, 1),
        "backend": subprocess.run(backend, env=environment, capture_output=True, text=True, check=True).stdout.strip(),
        "rounds": rounds,
        "ratio": round(statistics.median(one.seconds / bare.seconds for bare, one in pairs), 2),
        "pass": figures([bare for bare, _ in pairs], megabytes),
        "import": figures([one for _, one in pairs], megabytes),
        "report": json.loads(report.read_text(encoding="utf-8")),
    }


def sample(command: list[str], environment: dict[str, str]) -> run.Sample:
    """Run a command that has to succeed."""
    once = run.piped(command, environment)
    if once.code:
        raise SystemExit(f"{' '.join(command)}: exit code {once.code}")
    return once


def figures(samples: list[run.Sample], megabytes: float) -> dict[str, float]:
    """Return the medians of a command's samples."""
    seconds = statistics.median(one.seconds for one in samples)
    return {
        "seconds": round(seconds, 2),
        "megabytes_per_second": round(megabytes / seconds, 1),
        "memory_mib": round(statistics.median(one.memory for one in samples), 1),
    }


def table(results: dict[str, Any]) -> str:
    """Return the figures as Markdown: pass and import down, then what the import reports to have counted."""
    lines = [
        f"{results['machine']}; {results['labels']:,} labels, {results['megabytes']:,} MB of JSON in an archive of "
        f"{results['archive_megabytes']:,} MB; ijson's {results['backend']}; medians of {results['rounds']}",
        "",
        "| | s | MB/s | MiB | × |",
        "|---|---|---|---|---|",
    ]
    for what, ratio in (("pass", 1), ("import", results["ratio"])):
        row = results[what]
        lines.append(f"| {what} | {row['seconds']} | {row['megabytes_per_second']} | {row['memory_mib']:.0f} | {ratio} |")
    return "\n".join([*lines, "", *counts(results["report"])])


def counts(report: dict[str, Any], under: str = "") -> list[str]:
    """Return a line for each number in a report; those by reason have the reason beside them."""
    lines = []
    for key, value in report.items():
        if isinstance(value, dict):
            lines += counts(value, f"{under}{key}: ")
        elif isinstance(value, int):
            lines.append(f"{under}{key} {value:,}")
    return lines


if __name__ == "__main__":
    main()
