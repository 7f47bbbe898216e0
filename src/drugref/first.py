"""What is said to whoever types no command, or asks for doses. Imported only then."""

DOSE_WORDS: "frozenset[str]" = frozenset(("dose", "doses", "dosage", "dosages", "dosing", "posology"))

DOSES = (
    "doses are left out on purpose: they depend on the product, the country and the patient, and a wrong one harms; "
    "look in the product's current label: section 4.2 of an SmPC (EU, UK), Dosage and Administration of a US label. "
    "drugref sources DRUG names the labels that a record rests on"
)

WELCOME = """\
drugref: pharmacology offline, each fact with its source. Type first:

  drugref show baclofen                       a drug: INN, brand or synonym
  drugref side-effects baclofen --common      its common side effects
  drugref contraindications tizanidine        what forbids it or asks for care
  drugref side-effects --effect drowsiness    which drugs do this
  drugref screen baclofen diazepam            medicines taken together
  drugref search "malignant hyperthermia"     words, anywhere
  drugref --help                              every command; COMMAND --help
"""
"""Ten lines at most."""
