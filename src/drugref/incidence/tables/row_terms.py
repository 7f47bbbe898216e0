"""The first column of an incidence table: which rows name an effect, and how that effect is written."""

import re
from collections.abc import Sequence

from drugref.lexicon.patterns import phrases, words

_SYSTEM = (
    "blood and lymphatic; cardiac; cardiovascular; congenital,? familial and genetic; ear and labyrinth; endocrine; eye;"
    "gastro-?intestinal;"
    "general; hepato-?biliary; hepatic; immune; liver(?: and biliary)?; metabolism and nutrition(?:al)?; skin;"
    "metabolic(?:(?: and |/|, )nutrition(?:al)?)?; musculo-?skeletal(?:,? (?:and )?connective tissue(?: and bone)?)?;"
    "neurologic(?:al)?;"
    "(?:central |peripheral |autonomic |central (?:and|&) peripheral )?nervous; psychiatric; renal(?: and urinary)?;"
    "reproductive;"
    "reproductive system and breast; respiratory(?:, thoracic,? and mediastinal)?;"
    "skin (?:and|&) (?:subcutaneous tissues?|appendages?);"
    "dermatologic(?:al)?; social; urinary; genito-?urinary; urogenital; vascular; vision; heart rate and rhythm;"
    "hearing(?: and vestibular)?;"
    "platelet,? bleeding (?:and|&) clotting; red blood cell; white cell and res; resistance mechanism; application site;"
    "hematologic(?:al)?;"
    "haematologic(?:al)?; hemic (?:and|&) lymphatic; lymphatic; digestive; integumentary; ocular; ophthalmic; pulmonary"
)
_BODY_SYSTEM = re.compile(
    rf"(?:{'|'.join(item.strip() for item in _SYSTEM.split(';'))})(?: system| tract)?"
    r"(?: disorders?(?: and administration[ -]site conditions?)?| reactions?| effects?| events?)?",
    re.IGNORECASE,
)
_OTHER_SYSTEM = phrases(
    "infections?(?: (?:and|&) |/)infestations?; investigations?; neoplasms?,? benign.*; pregnancy,? puerperium.*;"
    "special senses(?: disorders?)?;",
    "surgical and medical procedures?; injury,? poisoning,?(?: and)? procedural complications?; psychiatry; cns;"
    "hematology; h?aematology;",
    "general(?: disorders)?(?:/| and )administration[ -]site(?: conditions?)?; (?:clinical )?chemistry; local; systemic;"
    "autonomic; whole body;",
    r"body as a whole\b.*; others?; miscellaneous; laboratory(?: (?:tests?|abnormalities|parameters?|investigations?))?",
)
_SUMMARY = phrases(
    r"(?:(?:any|all|at least (?:one|1)|≥ ?1|one or more|overall|total|serious|severe|(?:treatment|drug)-?(?:emergent"
    r"|related)|most common)\b.*)?"
    r"\b(?:adverse (?:drug )?(?:reactions?|events?|experiences?|effects?)|side effects?|teaes?|saes?|aes?|adrs?)\b.*",
    r"(?:any|all)\b.*\babnormalit(?:y|ies)\b.*;"
    r"(?:any|all|overall|total|totals|none)(?: (?:events?|reactions?|symptoms?|(?:body )?systems?|causes?|patients?"
    "|subjects?|grades?))?",
    r".*\b(?:discontinu(?:ed|ations?|ing)|withdraw(?:n|als?)|withdrew|dose (?:reductions?|interruptions?|modifications?)"
    r"|drop-?outs?)\b.*",
    r"(?:.*\b(?:percent(?:age)?|number|proportion|no\.|incidence|%|n) (?:\(%\) )?(?:of )?|overall |total )?"
    "(?:patients?|subjects?|participants?|women|men|children|infants?|episodes?|events?|reports?)"
    "(?: (?:with|who|reporting|experiencing|having|in|evaluat|treated|exposed|studied|enrolled|randomi[sz]ed).*)?",
    r"(?:mean|median|average|duration|exposure|age|sex|race|weight|dose|dosage)\b.*; p[ -]?values?.*; (?:total )?n;"
    r"\(?n ?=.*; sample size",
    "system organ class.*; body system.*; preferred term.*",
)
_SITE = words("injection; infusion; application; administration; instillation; local; implant; catheter")
_LEANING = phrases(
    r"[<>≤≥=±+]; \d+(?:\.\d+)?\s*(?:[-–]|to)?\s*(?:\d|[x×°%]|times|fold|mg|g/|cells|ms|cm|mm);"
    r"(?:(?:ctc(?:ae)?|nci|toxicity|who) )*grades?\b",
    r"gr\.? ?\d; (?:mild|moderate|severe|serious|life[- ]threatening|fatal|any|all|(?:all|any) grades?|other|nos|low|high"
    r"|both|either)(?: \(.*)?$",
    r"(?:increas|decreas|elevat|reduc)(?:ed?|ion|es)(?: from.*)?$; (?:mild|moderate) (?:to|or) \w+$;"
    r"(?:after|post) (?:dose|first|second|third|any)",
    r"(?:above|below|over|under|at least|more than|less than|up to|between) \d; (?:un|bi)ilateral$; \d+(?:\.\d+)?$",
    r"(?:day|week|month|hour|year|visit|cycle|dose|after|during|first|second|third|post|pre)s?\b.*\d;"
    r"(?:males?|females?|men|women|boys|girls)$",
    r"(?:with|without|to|or|and|leading|resulting|requiring|prior|following|before|overall)\s",
)
_WHOLE = phrases(r"(?:any|all)(?: (?:grades?|severity|severities|intensity))?(?: \(.*\))?; \(?%\)?; percent(?:age)?")
_COUNT = phrases(r"\(?(?:n|no\.?|number)\)?")
_PATIENTS = words(
    "stud(?:y|ies); trials?; patients; subjects; mono-?therapy; combination; adjunctive; open[- ]label; double[- ]blind;"
    "males?; females?; men; women;"
    "controlled"
)
_COUNTED = words("adverse; reactions?; events?; percent(?:age)?; number; incidence; discontinu\\w+; withdraw\\w+")
_TRIM = re.compile(
    r"^[\s•·∙▪◦–—\-:;,.]+|[\s:;,]+$|,?\s*(?:\((?:n\s*\(%\)|%|percent|n,\s*%|n\s*=\s*\d+)\)|(?<=\s)n\s*\(%\)|,\s*%"
    r"|(?<=\s)%)\s*$|(?<=[^\W\d_])[%@~$^&]+$"
)
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_ABBREVIATIONS = re.compile(
    "AIDS|ALP|ALT|ANA|ANC|ANCA|APTT|AST|AV|BMI|BP|BPH|BUN|CD|CHF|CK|CMV|CNS|COPD|COVID|CPK|CRP|CSF|CT|CVA|DNA|DVT|EBV|ECG"
    "|EEG|EKG|EPS|GERD|GFR|GGT|GI|GU|HBV|HCV|HDL|HIV|HPV|HSV|IBS|IG|INR|IOP|LDH|LDL|LFT|LVEF|MI|NEC|NOS|PE|PPE|PSA|PT|PTT"
    "|QRS|QT|QTC|RBC|RNA|RSV|SGOT|SGPT|SIADH|SLE|ST|SVT|TB|TEN|TIA|TSH|TTP|ULN|URI|URTI|UTI|UV|VLDL|VT|WBC"
)
_NAMES = re.compile(
    "Achilles|Addison|Alzheimer|Barr|Barré|Barre|Bell|Candida|Clostridioides|Clostridium|Coombs|Crohn|Cushing|Dupuytren"
    "|Epstein|Escherichia|Fanconi|Fournier|Gilbert|Graves|Guillain|Hashimoto|Henoch|Hodgkin|Johnson|Kaposi|Lyell|Meniere"
    "|Ménière|Parkinson|Peyronie|Pneumocystis|Raynaud|Reye|Salmonella|Schonlein|Schönlein|Sjogren|Sjögren|Staphylococcus"
    "|Stevens|Streptococcus|Tourette|Wernicke|Wilson|Wolff"
)


def is_body_system(text: str) -> bool:
    """Tell whether a row's term is the name of a body system, as MedDRA, COSTART or WHO-ART has it."""
    term = trimmed(text)
    return bool(_BODY_SYSTEM.fullmatch(term) or _OTHER_SYSTEM.fullmatch(term))


def without_system(lines: Sequence[str]) -> str:
    """Return a term of several lines as one, without a first line that is no more than the body system it belongs to."""
    told = [line for line in lines if line]
    if (
        len(told) > 1
        and re.search(r"(?:disorders|system|whole|conditions):?$", told[0], re.IGNORECASE)
        and is_body_system(told[0])
    ):
        del told[0]
    return " ".join(told)


def names_patients(text: str) -> bool:
    """Tell whether a row across the table names a trial or patients rather than a body system or an effect."""
    return _PATIENTS.search(text) is not None and not _COUNTED.search(text)


def names_no_effect(text: str) -> bool:
    """Tell whether a row counts patients, deals with discontinuation or sums up, rather than naming an effect."""
    term = trimmed(text)
    return not term or (_SUMMARY.fullmatch(term) is not None and not _SITE.search(term)) or is_body_system(term)


def leans(text: str) -> bool:
    """Tell whether a row's term makes no sense without the one above it: a grade, a bound, a severity."""
    term = trimmed(text) or text.strip()
    return bool(_LEANING.match(term) or _WHOLE.fullmatch(term) or _COUNT.fullmatch(term))


def is_count(text: str) -> bool:
    """Tell whether a row says that it gives numbers of patients, the percentages standing in a row of their own."""
    return _COUNT.fullmatch(text.strip()) is not None


def leaned(base: str, text: str) -> str:
    """Return a row's term together with the one that it leans on.

    >>> leaned("ALT increased", "> 3 × ULN"), leaned("Pain", "Severe"), leaned("Pain", "Any")
    ('ALT increased > 3 × ULN', 'Pain, Severe', 'Pain')
    """
    if _WHOLE.fullmatch(text.strip()):
        return base
    return f"{base}{' ' if re.match(r'[<>≤≥=0-9]|(?:grade|to|or|and|with|without)s? ', text, re.IGNORECASE) else ', '}{text}"


def trimmed(text: str) -> str:
    """Return a row's term without bullets, colons and the unit at its end."""
    while (shorter := _TRIM.sub("", text)) != text:
        text = shorter
    return text


def effect_of(text: str, shouted: bool = False) -> str:
    """Return a row's term as an effect is written: lower case but for abbreviations and names.

    ``shouted`` says that the table writes all its terms in capitals.

    >>> effect_of("ALT Increased"), effect_of("STEVENS-JOHNSON SYNDROME"), effect_of("Prolonged QTc interval")
    ('ALT increased', 'Stevens-Johnson syndrome', 'prolonged QTc interval')
    """
    term = trimmed(text)
    letters = "".join(char for char in term if char.isalpha())
    shouted = letters.isupper() and (shouted or len(letters) > 5)
    return _WORD.sub(lambda match: _lowered(match[0], shouted), term)


def _lowered(word: str, shouted: bool) -> str:
    """Return a word in lower case unless it is an abbreviation, a name, or spelled with capitals inside."""
    bare = re.split("['’]", word)[0]
    if bare.isupper() and _ABBREVIATIONS.fullmatch(bare):
        return word
    if _NAMES.fullmatch(bare.title()):
        return bare.title() + word[len(bare) :].lower() if shouted else word
    if shouted:
        return word.lower()
    inner = bare[1:] != bare[1:].lower() or (len(bare) == 1 and bare != "A")
    return word if inner else word.lower()
