"""Lists of words that the index of medicines decides by; each says why."""


def _words(text: str) -> frozenset[str]:
    """Return what stands between semicolons or at the ends of lines."""
    return frozenset(word.strip() for line in text.splitlines() for word in line.split(";") if word.strip())


# Ordinary words and fragments that lists have as names; each would lead from a wide or harmless word to one substance.
MISLEADING = _words("""
    acid; acids; gel; oil; oils; vitamin; vitamins; water; salt; salts; sugar; starch; honey; milk; soap; sand; talc; air
    charcoal; yeast; wax; glass; lime; soda; potash; chalk; tar; clay; resin; gum; balm; cream; lotion; ointment
    tablet; tablets; solution; powder; extract; serum; vaccine; vaccines; kit; none; other
    insulin; insulins; penicillin; penicillins; interferon; interferons; heparins; hormone; hormones; steroid; steroids
    estrogen; estrogens; oestrogen; oestrogens; epoetin; erythropoietin; sulfonamides
    enzyme; enzymes; mineral; minerals; electrolyte; electrolytes; antigen; antibody; toxin; toxoid; venom; allergen; pollen
    fat; fats; lipid; lipids; protein; proteins; peptide; fiber; fibre; alkali; base; ester; ether; salve; tonic; syrup
    tincture; spirit; spirits; fish oil; fatty acids; aqueous solution; edible alcohol; vodka
    life; equal; program; light; choice; lean; success; triad; luteinizing; depot; sensor; dilator; thrombo; recap; nostril
    depo; mega; thio; pres; dial; amen; avid; reno; gero; tral; acetic; cellulose sodium; ferric ammonium; ferric pyrophosphate
    aspartate; citrate; benzoate; glycol; amp; carbon; parathyroid; hydrochloride; sodium; potassium; calcium salt
    sodium salt; ferric oxide; edetate; pentetate
    manganese; stannous; follitropin; antithrombin; nasaruplase; sulfonamide
    antacid; laxative; sunscreen; bleach; ammonia; solvent; dye; ink; buffer; filler; placebo; preservative
    vitamin a; vitamin b; vitamin d; vitamin e; vitamin f; vitamin k
    """)

# The synonyms and brands of three letters or digits that mean one thing to everybody. The others are left out: DEX and PIO are
# short for more than one medicine on a ward, and TPN is none.
SHORT = _words("asa; bal; cbd; dhe; fml; hcg; hct; inh; kcl; mtx; nac; ntg; thc; yaz")

# Carriers and excipients that have a name in the lists but are nobody's medicine, and antigens of vaccines.
NOT_MEDICINES = _words("""
    water; water for injection; purified water; lactose; sucrose; starch; cellulose; microcrystalline cellulose
    silicon dioxide; talc; magnesium stearate; gelatin; gelatin, unspecified; nitrogen; air; helium; varicella
    """)

# Primary names that are not what people say: display name in the list, or the name by the rules: primary name here.
RENAMED = {
    # A salt of lithium is taken for its lithium, whichever it is.
    "lithium carbonate": "lithium",
    "lithium citrate": "lithium",
    # Toxins of several makers, which are no substitutes for each other, under one UNII: none of their names may stand for all.
    "botulinum toxin type a": "botulinum toxin type a",
    "antihemophilic factor,human": "human coagulation factor viii",
    "bacillus calmette-guerin substrain tice live antigen": "bcg vaccine (live)",
    "calcium lactate anhydrous": "calcium lactate",
    "cephalexin hydrochloride": "cefalexin",
    "factor viia, recombinant": "eptacog alfa (activated)",
    "glycine max seed oil": "soybean oil",
    "licorice": "liquorice",
    "light magnesium carbonate": "magnesium carbonate",
    "mirabilite": "sodium sulfate",
    "recombinant salmon calcitonin (rsct)": "calcitonin (salmon)",
    "salmonella typhi ty21a live antigen": "typhoid vaccine (live, oral)",
    "senna leaf": "senna",
    "sodium risedronate": "risedronic acid",
    "sulfadiazine, silver": "silver sulfadiazine",
    "thyroid, unspecified": "thyroid",
    "tobacco leaf": "tobacco",
    "vaccinia virus strain new york city board of health live antigen": "smallpox vaccine (live vaccinia virus)",
    # One antigen, of which there are vaccines against chickenpox and against shingles.
    "zoster vaccine": "varicella-zoster vaccine (live)",
}

_TAKEN = _words("""
    activated charcoal; castor oil; cod liver oil; peppermint oil; senna leaf; ipecac; digitalis; thyroid, unspecified; oxygen
    ferrous sulfate; ferric ammonium citrate; potassium gluconate; potassium bromide; sodium bromide; sodium iodide
    sodium carbonate; sodium salicylate; glycol salicylate; magnesium aspartate; magnesium gluconate; ammonium chloride
    calcium lactate anhydrous; calcium glycerophosphate; stannous fluoride; selenium sulfide; sulfur; resorcinol; ichthammol
    edetate disodium; tannic acid; butylscopolamine bromide; methenamine mandelate; sulfisoxazole acetyl; acetomenaphthone
    lysozyme hydrochloride
    """)
_EATEN = _words("grapefruit; cranberry; garlic; ginger; asian ginseng; turmeric; licorice; tobacco leaf")

_GIVEN = _words("""
    bacillus calmette-guerin substrain tice live antigen; salmonella typhi ty21a live antigen
    vaccinia virus strain new york city board of health live antigen
    """)

# Substances that people take, or are warned of, although no list beside UNII's has them as a medicine: display name: kind.
ADDED = dict.fromkeys(_TAKEN, "m") | dict.fromkeys(_EATEN, "f") | dict.fromkeys(_GIVEN, "v")

# Rows of NDC's list that are faults of it: a colouring of tablets is no ACE inhibitor.
FAULTY_ROWS = frozenset({"D&C YELLOW NO. 10", "POTASSIUM TETRACHLOROAURATE DIHYDRATE"})
