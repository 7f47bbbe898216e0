"""What follows the name of a substance without being its own: salts, esters, water."""

from drugref.lexicon.patterns import entries

SALTS = entries("""
    hydrochloride; dihydrochloride; hcl
    hydrobromide; dihydrobromide; hbr
    hydroiodide
    mesylate; dimesylate
    besylate
    tosylate
    esylate; edisylate
    isethionate
    napsylate
    maleate
    fumarate
    tartrate; bitartrate
    citrate
    malate
    oxalate
    sulfate; bisulfate
    pamoate; embonate
    xinafoate
    hyclate
    orotate
    pidolate
    mucate
    saccharate
    methylsulfate
    erbumine
    meglumine
    olamine
    tromethamine
    arginine
    lysine
""")
"""Acids and bases that make a salt of whatever drug they stand behind: without them it is the same drug."""

METALS = entries("""
    sodium; disodium; monosodium; trisodium
    potassium
    calcium
    magnesium
    zinc
    strontium
    hydrogen
""")
"""Metals that make a salt of an acid that stands before them."""

EITHER = entries("""
    acetate
    benzoate
    bromide
    chloride
    gluconate
    iodide
    lactate
    nitrate
    palmitate
    phosphate; diphosphate
    propionate; dipropionate
    salicylate
    stearate
    succinate
    trifluoroacetate
    valerate
""")
"""Acids of which some drugs have salts, as octreotide acetate, and others esters, which are drugs of their own."""

ESTERS = entries("""
    acetonide; hexacetonide
    alafenamide
    axetil
    caproate
    cypionate
    decanoate
    disoproxil
    enanthate
    ester
    ethanolate
    ethyl
    etexilate
    furoate
    medoxomil
    mofetil
    pivalate
    pivoxil
    proxetil
    undecanoate
""")
"""Esters and their like: with them it is another substance."""

WATER = entries("""
    anhydrous
    hydrate
    hemihydrate
    monohydrate
    sesquihydrate
    dihydrate
    trihydrate
    tetrahydrate
    pentahydrate
    hexahydrate
    heptahydrate
""")
"""Water of crystals, or none."""

NO_DRUG_ALONE = entries("""
    aluminum; aluminium
    ammonium
    antimony
    barium
    benzalkonium
    bismuth
    calcium
    chromium
    copper
    ferric; ferrous; iron
    gallium
    gold
    hydrogen
    indium
    lithium
    magnesium
    manganese
    mercury
    potassium
    samarium
    selenium
    silver
    sodium
    strontium
    technetium
    thallium
    zinc
""")
"""What is no drug without what stands behind it: "sodium" is none of sodium citrate."""

SHARED_BEGINNINGS = entries("""
    acid
    alpha; beta; gamma
    amyl; benzyl; butyl; ethyl; methyl; phenyl
    bile
    fatty
    human
    nitric; nitrous
    vitamin
""")
"""Other first words that many substances share, and that name none of them."""
