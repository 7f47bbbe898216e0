"""Lists of words that the index of medicines decides by; each says why."""

# Ordinary words and fragments that lists have as names; each would lead from a wide or harmless word to one substance.
MISLEADING = frozenset("""
    acid acids gel oil oils vitamin vitamins water salt salts sugar starch honey milk soap sand talc air charcoal yeast wax glass lime
    soda potash chalk tar clay resin gum balm cream lotion ointment tablet tablets solution powder extract serum vaccine vaccines
    insulin insulins penicillin penicillins interferon interferons heparins estrogen estrogens oestrogen oestrogens hormone hormones
    steroid steroids enzyme enzymes mineral minerals electrolyte electrolytes antigen antibody toxin toxoid venom allergen pollen
    fat fats lipid lipids protein proteins peptide fiber fibre alkali base ester ether salve tonic syrup tincture spirit spirits
    life equal program light aspartate citrate benzoate glycol choice amp lean carbon success triad luteinizing depot sensor dilator
    thrombo recap nostril parathyroid epoetin erythropoietin sulfonamide sulfonamides
    antacid laxative sunscreen bleach ammonia solvent dye ink base buffer filler placebo preservative
    vitamin_a vitamin_b vitamin_d vitamin_e vitamin_k
    """.replace("_", " ").split()) | {
    "vitamin a", "vitamin b", "vitamin d", "vitamin e", "vitamin k", "vitamin f", "fish oil", "aqueous solution", "fatty acids",
    "hydrochloride", "sodium", "potassium", "calcium salt", "sodium salt", "edible alcohol", "vodka", "kit", "none", "other",
}  # fmt: skip

# Carriers, excipients and diagnostics of the laboratory that have a name in the lists but are nobody's medicine.
NOT_MEDICINES = frozenset({
    "water", "water for injection", "purified water", "lactose", "sucrose", "starch", "cellulose", "silicon dioxide", "talc",
    "magnesium stearate", "gelatin", "nitrogen", "air", "helium", "microcrystalline cellulose", "gelatin, unspecified",
    "varicella",
})  # fmt: skip

# Primary names where the list has none of its own for what people take: display name in the list: primary name here. A salt of lithium
# is taken for its lithium, whichever it is.
RENAMED = {
    "lithium carbonate": "lithium", "lithium citrate": "lithium", "thyroid, unspecified": "thyroid", "licorice": "liquorice",
    "tobacco leaf": "tobacco", "senna leaf": "senna", "calcium lactate anhydrous": "calcium lactate",
    # Toxins of several makers, which are no substitutes for each other, under one UNII: none of their names may stand for all.
    "botulinum toxin type a": "botulinum toxin type a",
}  # fmt: skip

# Substances that people take, or are warned of, although no list beside UNII's has them as a medicine: display name: kind.
ADDED = {
    **dict.fromkeys(
        (
            "ferrous sulfate", "activated charcoal", "castor oil", "oxygen", "senna leaf", "digitalis", "ipecac", "ammonium chloride",
            "butylscopolamine bromide", "potassium gluconate", "stannous fluoride", "selenium sulfide", "resorcinol", "sulfur",
            "cod liver oil", "methenamine mandelate", "sodium iodide", "sodium bromide", "potassium bromide", "sodium salicylate",
            "magnesium aspartate", "magnesium gluconate", "thyroid, unspecified", "ferric ammonium citrate", "lysozyme hydrochloride",
            "sulfisoxazole acetyl", "acetomenaphthone", "calcium lactate anhydrous", "calcium glycerophosphate", "ichthammol",
            "sodium carbonate", "tannic acid", "glycol salicylate", "peppermint oil", "caffeine citrate",
        ),
        "m",
    ),
    **dict.fromkeys(("grapefruit", "cranberry", "garlic", "ginger", "asian ginseng", "turmeric", "licorice", "tobacco leaf"), "f"),
}  # fmt: skip

# Rows of NDC's list that are faults of it: a colouring of tablets is no ACE inhibitor.
FAULTY_ROWS = frozenset({"D&C YELLOW NO. 10", "POTASSIUM TETRACHLOROAURATE DIHYDRATE"})
