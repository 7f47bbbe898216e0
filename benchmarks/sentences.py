"""Pools of invented paragraphs for the sections of a drug label; ``labels.py`` puts labels together of them.

The sentences are ours. They have the manner of labels – figures in brackets, bands in words, lists by body system, references
to other sections – because reading them is what an import spends its time on; the figures mean nothing.
"""

import random
import re
from functools import cache

_POOL = 160
"""Paragraphs of a section to choose from."""
_SLOT = re.compile(r"\{(\w+)\}")
_SLOTS: dict[str, tuple[str, ...]] = {
    "effect": (
        "nausea", "headache", "dizziness", "somnolence", "dry mouth", "constipation", "diarrhea", "vomiting", "fatigue", "insomnia",
        "rash", "pruritus", "peripheral edema", "abdominal pain", "blurred vision", "tremor", "back pain", "cough", "dyspepsia",
        "muscle spasms", "palpitations", "anxiety", "urticaria", "hypotension", "syncope", "hyperglycemia", "neutropenia",
        "increased hepatic transaminases", "hot flush", "hyperhidrosis", "arthralgia", "tinnitus", "vertigo", "anemia", "weight gain",
    ),
    "serious": (
        "anaphylaxis", "angioedema", "hepatic failure", "seizures", "Stevens-Johnson syndrome", "agranulocytosis", "pancreatitis",
        "acute kidney injury", "ventricular arrhythmia", "gastrointestinal hemorrhage", "suicidal ideation", "serotonin syndrome",
    ),
    "condition": (
        "moderate to severe rheumatoid arthritis", "essential hypertension", "type 2 diabetes mellitus", "partial-onset seizures",
        "major depressive disorder", "allergic rhinitis", "spasticity", "heart failure", "overactive bladder", "chronic angina",
        "hypothyroidism", "acute bacterial sinusitis", "plaque psoriasis", "insomnia", "migraine with or without aura",
    ),
    "state": (
        "severe hepatic impairment", "end-stage renal disease", "narrow-angle glaucoma", "a history of bronchospasm", "porphyria",
        "second- or third-degree heart block", "active peptic ulcer disease", "urinary retention", "myasthenia gravis", "adrenal insufficiency",
    ),
    "medicine": (
        "warfarin", "lithium", "digoxin", "methotrexate", "strong CYP3A4 inhibitors", "strong CYP2D6 inhibitors", "MAO inhibitors",
        "potassium-sparing diuretics", "other CNS depressants", "oral contraceptives", "alcohol", "antacids", "QT-prolonging drugs",
    ),
    "system": (
        "Gastrointestinal", "Nervous System", "Cardiovascular", "Dermatologic", "Hepatobiliary", "Respiratory", "Special Senses",
        "Body as a Whole", "Urogenital", "Hemic and Lymphatic", "Musculoskeletal", "Metabolic and Nutritional", "Psychiatric",
    ),
    "target": (
        "the alpha-9 spindle receptor", "the third histamine gate", "neuronal sodium channels", "the elbow subtype of adrenoceptors",
        "a tyrosine kinase of uncertain number", "cyclooxygenase-7", "presynaptic calcium influx", "the glutamate shuttle",
    ),
    "people": (
        "patients 65 years of age and older", "pediatric patients below the age of 12 years", "lactating women", "adults",
        "patients with renal impairment (creatinine clearance <30 mL/min)", "females of reproductive potential", "poor metabolizers",
    ),
    "section": ("Boxed Warning", "Warnings and Precautions ( 5.1 )", "Drug Interactions ( 7 )", "Use in Specific Populations ( 8.6 )"),
    "percent": ("0.1%", "0.3%", "0.8%", "1%", "1.5%", "2%", "2.6%", "3%", "4%", "5.4%", "6%", "8%", "9.7%", "11%", "14%", "23%", "37%"),
    "small": ("1%", "2%", "3%", "5%"),
    "count": ("48", "96", "212", "318", "412", "574", "806", "1,024", "1,377", "2,250", "4,861"),
    "dose": ("2.5 mg", "5 mg", "10 mg", "20 mg", "50 mg", "75 mg", "100 mg", "250 mg", "400 mg", "1 g"),
    "times": ("once daily", "twice daily", "three times daily", "every 8 hours", "every other day", "at bedtime"),
    "weeks": ("2", "4", "6", "8", "12", "16", "24", "52"),
}  # fmt: skip
_SENTENCES: dict[str, tuple[str, ...]] = {
    "indications_and_usage": (
        "{drug} is indicated for the treatment of {condition} in {people}.",
        "{drug} is indicated as an adjunct to diet and exercise in patients with {condition}.",
        "Limitations of Use: {drug} has not been studied in {people} with {condition}.",
        "The effectiveness of {drug} for longer than {weeks} weeks has not been established in controlled trials [see {section}].",
    ),
    "dosage_and_administration": (
        "The recommended starting dose of {drug} is {dose} {times}, with or without food.",
        "The dose may be increased to {dose} {times} after {weeks} weeks, depending on response and tolerability.",
        "In {people}, start with {dose} {times} and do not exceed {dose} per day [see {section}].",
        "Swallow whole with a full glass of water; do not crush, split or chew.",
        "If {serious} occurs, stop {drug} and do not start it again.",
    ),
    "contraindications": (
        "{drug} is contraindicated in patients with {state}.",
        "{drug} is contraindicated in patients with known hypersensitivity to {drug} or to any component of the product; "
        "reactions have included {serious} [see {section}].",
        "Concomitant use with {medicine} is contraindicated because of the risk of {serious}.",
    ),
    "boxed_warning": (
        "Cases of {serious}, some of them fatal, have been reported in patients treated with {drug} [see {section}].",
        "{drug} increases the risk of {serious} in {people}; monitor closely and stop {drug} at the first sign of {effect}.",
        "Do not use {drug} together with {medicine}.",
    ),
    "warnings_and_cautions": (
        "In clinical trials, {serious} was reported in {percent} of patients treated with {drug} and in {percent} of those on placebo.",
        "{drug} may cause {effect}; caution patients about operating machinery until they know how {drug} affects them.",
        "Avoid {drug} in patients with {state} unless the benefits are expected to outweigh the risk of {serious}.",
        "Measure liver enzymes before treatment, after {weeks} weeks, and then as clinically indicated.",
        "In a trial of {count} patients, {effect} led to discontinuation in {percent} of those on {dose} {times}.",
        "The risk appears to be greater in {people} and in patients who take {medicine} [see {section}].",
        "Abrupt discontinuation may be followed by {effect}; reduce the dose over {weeks} weeks.",
    ),
    "adverse_reactions": (
        "The most common adverse reactions (at least {small} and more than placebo) were {effect} ({percent}), {effect} ({percent}) "
        "and {effect} ({percent}).",
        "{system}: {effect}, {effect}, {effect}.",
        "{system}: frequent – {effect}, {effect}; infrequent – {effect}, {serious}; rare – {serious}.",
        "Of {count} patients treated with {drug} for up to {weeks} weeks, {percent} stopped because of adverse reactions, most often "
        "{effect} ({percent} on {drug}, {percent} on placebo).",
        "{effect} occurred in {percent} of patients on {dose} {times} and in {percent} of patients on placebo.",
        "In {people}, the incidence of {effect} and {effect} was greater than in adults.",
        "Additional adverse reactions reported in <1% of patients were {effect}, {effect} and {serious}.",
        "Adverse reactions reported in 1% to 10% of patients were: {system}: {effect}, {effect}; {system}: {effect}.",
    ),
    "postmarketing": (
        "The following have been reported after approval; because the reports are voluntary and the number of patients is not known, "
        "a frequency cannot be estimated: {serious}, {serious}, {effect}.",
        "{system}: {serious}, {effect}, {effect}.",
    ),
    "drug_interactions": (
        "Concomitant use of {drug} and {medicine} increased the exposure to {drug} (AUC) by {percent}; reduce the dose to {dose} {times}.",
        "{medicine} may enhance the effect of {drug}; watch for {effect} and {serious}.",
        "Patients who take {medicine} should be monitored for {effect} when {drug} is started or stopped [see {section}].",
        "No interaction with {medicine} was seen in a study of {count} healthy volunteers.",
    ),
    "use_in_specific_populations": (
        "Safety and effectiveness of {drug} in {people} have not been established.",
        "Of the {count} patients in clinical trials of {drug}, {percent} were 65 years of age and older; no overall differences were seen.",
        "There are no adequate data on the use of {drug} in {people}; use only if the benefit justifies the risk.",
        "In {people}, the clearance of {drug} is reduced by about {percent}; start with {dose} {times}.",
    ),
    "pregnancy": (
        "Available data with {drug} in pregnant women are too few to tell of a risk of major birth defects or miscarriage.",
        "In animal studies, {drug} given during organogenesis at {count} times the recommended dose caused no malformations.",
        "In the U.S. general population, the background risk of major birth defects is 2% to 4% and of miscarriage 15% to 20%.",
    ),
    "mechanism_of_action": (
        "The mechanism by which {drug} acts in {condition} is not fully understood; it is thought to involve {target}.",
        "{drug} binds to {target} with high affinity and has no appreciable affinity for {target}.",
    ),
    "pharmacokinetics": (
        "After oral administration, peak plasma concentrations of {drug} are reached in {weeks} hours; bioavailability is {percent}.",
        "{drug} is {percent} bound to plasma proteins and is excreted unchanged in the urine ({percent}) and the feces ({percent}).",
        "The half-life is about {weeks} hours in adults and is longer in {people}.",
    ),
    "clinical_studies": (
        "{drug} was studied in {count} patients with {condition} in a randomized, double-blind, placebo-controlled trial of {weeks} weeks.",
        "At week {weeks}, {percent} of patients on {drug} {dose} {times} and {percent} of patients on placebo had responded.",
        "The mean age was {weeks} years, and {percent} of the patients had been treated with {medicine} before.",
    ),
    "nonclinical_toxicology": (
        "{drug} was not carcinogenic in a 2-year study in rats at doses up to {count} mg/kg/day.",
        "{drug} was not mutagenic in the bacterial reverse mutation assay, and fertility of rats was not impaired.",
    ),
    "overdosage": (
        "Symptoms of overdosage have included {effect}, {effect} and {serious}.",
        "There is no specific antidote to {drug}; treatment is supportive. Doses up to {dose} were survived by {count} patients.",
    ),
    "description": (
        "{drug} is a white to off-white crystalline powder, sparingly soluble in water, with a molecular weight of {count}.",
        "Each tablet contains {dose} of {drug} and the following inactive ingredients: lactose, povidone, magnesium stearate.",
    ),
    "how_supplied": (
        "{drug} tablets, {dose}, are round, biconvex and debossed with a Z, in bottles of {weeks} and {count}.",
        "Store at 20° to 25°C (68° to 77°F); excursions permitted to 15° to 30°C (59° to 86°F). Dispense in a tight container.",
    ),
    "information_for_patients": (
        "Advise the patient to read the patient labeling before starting {drug}.",
        "Tell patients to call their doctor at once if they notice {effect} or signs of {serious}.",
        "Tell patients not to take {medicine} with {drug} without asking their doctor first.",
    ),
    "spl_medguide": (
        "What is the most important information I should know about {drug}? {drug} can cause serious side effects, such as {serious}.",
        "Do not take {drug} if you have had {serious} or if you take {medicine}.",
        "The most common side effects of {drug} are {effect}, {effect} and {effect}. These are not all of them.",
        "Keep {drug} and all medicines out of the reach of children.",
    ),
    "uses": (
        "Uses temporarily relieves these symptoms: {effect} {effect} {effect}",
        "Use for the temporary relief of minor {effect} and {effect} due to a common cold or {condition}",
        "Uses temporarily relieves occasional {effect} and associated symptoms such as {effect}",
    ),
    "directions": (
        "adults and children 12 years and over: take {dose} {times} while symptoms last",
        "do not take more than {dose} in 24 hours unless directed by a doctor",
        "children under 12 years of age: ask a doctor",
    ),
    "do_not_use": (
        "Do not use if you have ever had an allergic reaction to {drug} or to any other ingredient of this product",
        "Do not use with any other product that contains {drug}, or if you are taking {medicine}",
    ),
    "ask_doctor": (
        "Ask a doctor before use if you have {state}, {effect} that lasts or trouble sleeping",
        "Ask a doctor before use if you have {state} or are on a sodium-restricted diet",
    ),
    "ask_doctor_or_pharmacist": ("Ask a doctor or pharmacist before use if you are taking {medicine} or {medicine}",),
    "when_using": ("When using this product you may get drowsy; {effect} may occur; avoid {medicine}; do not exceed the dose",),
    "stop_use": (
        "Stop use and ask a doctor if {effect} gets worse or lasts more than 7 days, or if {effect} or {effect} occurs",
        "Stop use and ask a doctor if new symptoms occur or you get {effect}. These could be signs of a serious condition.",
    ),
    "homeopathic": (
        "Temporarily relieves {effect} and {effect}.* *Claims based on traditional homeopathic practice, not accepted medical evidence.",
        "For the temporary relief of symptoms of {effect}, {effect} and restlessness.* *Not evaluated by the FDA.",
    ),
    "sunscreen": (
        "apply liberally 15 minutes before sun exposure",
        "reapply after 80 minutes of swimming or sweating, immediately after towel drying and at least every 2 hours",
        "Sun Protection Measures. Spending time in the sun increases your risk of skin cancer and early skin aging.",
    ),
}


@cache
def pool(topic: str, most: int = 6) -> tuple[str, ...]:
    """Return paragraphs on a topic, each of one to ``most`` sentences, with ``{drug}`` where a name belongs."""
    dice = random.Random(topic)
    return tuple(" ".join(_sentence(topic, dice) for _ in range(dice.randint(1, most))) for _ in range(_POOL))


def effects(dice: random.Random, number: int) -> list[str]:
    """Return ``number`` different effects, at most as many as there are."""
    return dice.sample(_SLOTS["effect"], min(number, len(_SLOTS["effect"])))


def _sentence(topic: str, dice: random.Random) -> str:
    def fill(slot: re.Match[str]) -> str:
        return slot[0] if slot[1] == "drug" else dice.choice(_SLOTS[slot[1]])

    sentence = _SLOT.sub(fill, dice.choice(_SENTENCES[topic]))
    return sentence[0].upper() + sentence[1:]
