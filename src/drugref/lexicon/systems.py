"""Body systems, under which labels file effects: names of groups, which are no effects themselves."""

from drugref.lexicon.patterns import entries

MEDDRA = entries("""
    blood and lymphatic system disorders
    cardiac disorders
    congenital, familial and genetic disorders
    ear and labyrinth disorders
    endocrine disorders
    eye disorders
    gastrointestinal disorders
    general disorders and administration site conditions
    hepatobiliary disorders
    immune system disorders
    infections and infestations
    injury, poisoning and procedural complications
    investigations
    metabolism and nutrition disorders
    musculoskeletal and connective tissue disorders
    neoplasms benign, malignant and unspecified (incl cysts and polyps)
    nervous system disorders
    pregnancy, puerperium and perinatal conditions
    product issues
    psychiatric disorders
    renal and urinary disorders
    reproductive system and breast disorders
    respiratory, thoracic and mediastinal disorders
    skin and subcutaneous tissue disorders
    social circumstances
    surgical and medical procedures
    vascular disorders
""")
"""The system organ classes of MedDRA, as documents everywhere print them. Plain words, in lower case."""

WHOLE = entries("""
    body as a whole
    heart rate and rhythm
    laboratory abnormality; laboratory change; laboratory finding
    laboratory test
    laboratory parameter
    laboratory investigation
    neoplasms benign
    neoplasms benign malignant and unspecified
    platelet bleeding and clotting
    pregnancy puerperium
    red blood cell
    resistance mechanism
    white cell and res
    whole body
""")
"""Names that mean a system as a whole and not by their parts, most of them of COSTART and WHO-ART. Plain words."""

PARTS = entries("""
    allergic
    anticholinergic
    administration site; application site; infusion site; injection site
    appendage
    autonomic; autonomic nervous
    biliary
    bladder
    blood
    body
    bone
    breast
    cardiac
    cardiorespiratory
    cardiovascular
    central; central nervous
    chemistry; biochemical; biochemistry
    clinical chemistry
    cns
    congenital
    connective tissue
    dermal; dermatologic; dermatological
    digestive
    ear
    endocrine
    extrapyramidal
    eye
    familial
    gastrointestinal; gi
    general
    genetic
    genital
    genitourinary
    hearing
    heart
    hematologic; hematological; hematopoietic; hematology; hemic
    hepatic
    hepatobiliary
    immune; immunologic; immunological
    infestation
    integumentary
    investigation
    kidney
    labyrinth
    laboratory
    liver
    local
    lymphatic
    mediastinal
    metabolic; metabolism
    miscellaneous
    mouth
    musculoskeletal
    nervous
    neurologic; neurological
    neuromuscular
    neuropsychiatric
    nutrition; nutritional
    ocular; ophthalmic; ophthalmologic; ophthalmological
    oral
    other
    otic
    peripheral; peripheral nervous
    procedural
    psychiatric; psychiatry
    psychobiologic; psychological
    pulmonary
    renal
    reproduction; reproductive
    respiratory
    sexual
    skin
    social
    special sense; other sense
    subcutaneous; subcutaneous tissue
    systemic
    thoracic
    urinary
    urogenital
    urologic; urological
    vascular
    vestibular
    vision
""")
"""Organs and systems, which labels join at will: "skin and appendages", "metabolic/nutritional". Plain words, singular."""

KINDS = entries("""
    conditions
    disorders
    system; systems
    tract
""")
"""Words behind a system that leave it one: "cardiac disorders"."""

HAPPENINGS = entries("""
    effects
    events
    experiences
    reactions
""")
"""Words behind a system that head a list with it, and in running text may mean an effect: "skin reactions"."""

CHANGES = entries("""
    abnormalities
    changes
    disorder
    findings
""")
"""Words behind a system that head a list with it and mean an effect all the same: "skin disorder"."""

EFFECTS_TOO = entries("""
    administration site reaction
    allergy; allergic reaction; allergic event
    anticholinergic effect; anticholinergic event
    application site reaction; application site event
    extrapyramidal disorder; extrapyramidal effect; extrapyramidal event; extrapyramidal reaction
    hypersensitivity; hypersensitivity reaction
    infection
    infusion site reaction; infusion site event
    injection site reaction; injection site event
    neoplasm
    vision disorder
""")
"""Names that head lists as systems do, and are effects where they stand in one. Plain words, singular."""
