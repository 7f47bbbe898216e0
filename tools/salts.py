"""Words by which a name of a salt, ester or hydrate differs from the name of its moiety."""

# A whole remainder of a name must consist of these: "tizanidine" + "hydrochloride". Words that make another medicine of a
# name (alfa, pegol, vedotin, deruxtecan, iodine I-131, liposomal) are not here, so those stay medicines of their own.
SALT_WORDS = frozenset("""
    hydrochloride dihydrochloride trihydrochloride tetrahydrochloride monohydrochloride pentahydrochloride hcl
    chloride dichloride hydrobromide dihydrobromide hemihydrobromide bromide iodide hydroiodide nitrate sulfate
    sulphate bisulfate hemisulfate hydrogensulfate methylsulfate metilsulfate phosphate diphosphate monophosphate
    5'-phosphate carbonate bicarbonate hydroxide sulfite thiocyanate sodium disodium trisodium tetrasodium
    pentasodium monosodium potassium dipotassium monopotassium calcium magnesium zinc strontium aluminum aluminium
    lithium ammonium acetate diacetate hexaacetate trifluoroacetate triflutate ditriflutate tetratriflutate
    trifenatate maleate dimaleate hydrogenmaleate fumarate difumarate hemifumarate citrate dicitrate
    dihydrogencitrate tartrate bitartrate hemitartrate d-tartrate l-tartrate succinate hemisuccinate malate dimalate
    l-malate s-malate hemimalate lactate gluconate glucuronate oxalate dioxalate malonate dimalonate mesylate
    mesilate dimesylate dimesilate tosylate tosilate ditosylate besylate besilate dibesylate esylate esilate
    edisylate edisilate isethionate diisethionate isetionate napsylate napsilate camsylate camsilate napadisylate
    napadisilate xinafoate hydroxynaphthoate pamoate embonate hibenzate fendizoate benzoate salicylate gentisate
    cinnamate hippurate lactobionate stearate palmitate laurylsulfate adipate pidolate orotate aspartate glutamate
    mucate galactarate glycinate alaninate tannate phenolphthalinate teoclate acefyllinate acistrate tromethamine
    trometamol meglumine dimeglumine lysine l-lysine dl-lysine arginine l-arginine erbumine tert-butylamine olamine
    diolamine ethanolamine diethylamine epolamine choline benzathine procaine l-proline deanol propionate
    dipropionate tripropionate phenylpropionate phenpropionate furylpropionate cyclohexylpropionate butyrate
    dibutyrate isobutyrate valerate pivalate caproate hexanoate enanthate decanoate undecanoate undecylate
    undecylenate cypionate cipionate furoate acetonide hexacetonide aceponate buteprate probutate tebutate
    phenylacetate acefurate octanoate hyclate hydroxybenzoate estolate ethylsuccinate nicotinate niacinate cyclamate
    saccharinate medoxomil cilexetil axetil proxetil pivoxil dipivoxil marboxil disoproxil alafenamide mofetil
    etexilate hexetil anhydrous monohydrate dihydrate trihydrate tetrahydrate pentahydrate heptahydrate hemihydrate
    sesquihydrate hydrate hemipentahydrate hemiheptahydrate hexahydrate ethanolate propanediol
    """.split())  # fmt: skip

# What these names carry in front is the medicine itself (an electrolyte), or no single moiety: potassium chloride is not
# "potassium", adenosine phosphate is not adenosine.
NO_MOIETIES = frozenset("""
    sodium potassium calcium magnesium iron ferrous ferric zinc aluminum aluminium silver bismuth ammonium copper
    cupric manganese chromium chromic gold selenium barium strontium cesium rubidium ammonia water insulin choline
    lysine arginine glycine glutamate aspartate phosphate iodide iodine chlorine oxygen technetium gallium indium
    thallium samarium lutetium fluorine estrogens vitamin tromethamine meglumine urea collagen albumin adenosine
    inositol isosorbide creatine uridine cytidine cellulose
    """.split())  # fmt: skip

# Acids whose salts are taken for the metal (calcium gluconate), or whose salts must never be taken for each other (edetates).
NO_ACIDS = frozenset("""
    acetic citric gluconic lactic aspartic phosphoric sulfuric hydrochloric tartaric malic fumaric succinic maleic
    salicylic benzoic ascorbic glutamic boric edetic nitric hydrobromic carbonic formic oxalic stearic palmitic
    lauric oleic sorbic tannic glycerophosphoric thiosulfuric selenious iodic chloric perchloric nicotinic
    pantothenic pentetic
    """.split())  # fmt: skip


def moieties_of(name: str) -> list[str]:
    """Return the names whose salt, ester or hydrate a name says it is, the longest first; all in lower case.

    >>> moieties_of("tizanidine hydrochloride")
    ['tizanidine']
    >>> moieties_of("alendronate sodium trihydrate")
    ['alendronate', 'alendronic acid']
    >>> moieties_of("sodium fusidate")
    ['fusidic acid']
    >>> moieties_of("potassium chloride"), moieties_of("trastuzumab deruxtecan"), moieties_of("calcium gluconate")
    ([], [], [])
    """
    words = name.replace(",", " ").split()
    found = []
    for cut in range(len(words) - 1, 0, -1):
        if words[cut] not in SALT_WORDS:
            break
        found.append(" ".join(words[:cut]))
    if found and len(words) > 1 and found[-1].endswith("ate"):
        found += _acid(found[-1])
    if len(words) == 2 and words[0] in ("sodium", "potassium", "calcium", "disodium", "magnesium") and words[1].endswith("ate"):
        found += _acid(words[1])
    return [moiety for moiety in found if moiety not in NO_MOIETIES and f"{moiety.removesuffix('ate')}ic" not in NO_ACIDS]


def _acid(anion: str) -> list[str]:
    stem = anion.removesuffix("ate")
    return [] if f"{stem}ic" in NO_ACIDS else [f"{stem}ic acid"]
