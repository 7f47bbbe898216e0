"""Examples of each command, as help and the manual show them; a test runs every one. No look-up loads this."""

EXAMPLES: "dict[str, tuple[str, str]]" = {
    "show": ("drugref show baclofen", "drugref show Zanaflex --json"),
    "mechanism": ("drugref mechanism baclofen", "drugref mechanism baclofen tizanidine -f markdown"),
    "uses": ("drugref uses baclofen", "drugref uses --for spasticity"),
    "side-effects": (
        "drugref side-effects baclofen --common",
        "drugref side-effects --effect drowsiness --at-least common",
    ),
    "contraindications": (
        "drugref contraindications tizanidine --absolute",
        'drugref contraindications --with "liver disease"',
    ),
    "interactions": ("drugref interactions tizanidine", "drugref interactions tizanidine ciprofloxacin"),
    "pharmacokinetics": ("drugref pharmacokinetics diazepam", "drugref pharmacokinetics -f csv"),
    "list": ('drugref list --class "muscle relaxants"', "drugref list --atc M03 --status approved"),
    "sources": ("drugref sources baclofen", "drugref sources inaperisone --json"),
    "search": ('drugref search "malignant hyperthermia"', "drugref search 'serotonin NOT tramadol'"),
    "classes": ("drugref classes", "drugref classes -f csv"),
    "compare": ("drugref compare baclofen tizanidine", "drugref compare baclofen tizanidine --differences"),
    "screen": ("drugref screen tizanidine ciprofloxacin", "drugref screen baclofen diazepam --condition pregnancy"),
    "databases": ("drugref databases", "drugref databases --remove rx"),
    "check": ("drugref check mine.toml", "drugref check --fix mine.toml"),
    "export": ("drugref export --format jsonl baclofen", "drugref export --format html --to site"),
    "import": (
        "drugref import openfda drug-label-0001-of-0013.json.zip",
        "drugref import dailymed dm_spl_release_human_rx_part1.zip --to rx",
    ),
}  # fmt: skip
"""Two of each command."""
