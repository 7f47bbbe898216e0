"""Words of effects that keep capitals in running text: abbreviations, names of persons and of germs."""

from drugref.lexicon.patterns import entries

ABBREVIATIONS = entries("""
    AIDS; HIV; CMV; EBV; HBV; HCV; HPV; HSV; RSV; COVID; TB
    ALP; ALT; AST; GGT; SGOT; SGPT; LDH; CK; CPK; LFT
    ANA; ANCA; CRP; IG; CD
    ANC; RBC; WBC
    APTT; PT; PTT; INR
    AV; QT; QTC; QRS; ST; SVT; VT; LVEF; MI; CHF
    BMI; BP; IOP
    BPH; PSA; GU; UTI
    BUN; GFR
    CNS; CSF; CT; CVA; TIA; EEG; EPS
    COPD; PE; URI; URTI
    DNA; RNA
    DVT; TTP
    ECG; EKG
    GERD; GI; IBS; NEC
    HDL; LDL; VLDL
    NOS; ULN; UV
    PPE; SLE
    DRESS; SJS; TEN
    SIADH; TSH
""")
"""Abbreviations, which stay so in a table that writes everything in capitals."""

SYMBOLS = entries("""
    Ca; Cl; Cu; Fe; Mg; Na; Zn
    Rh
""")
"""Signs of elements and blood groups, of a capital and a small letter."""

PERSONS = entries("""
    Achilles
    Addison
    Alzheimer
    Babinski
    Barr
    Barré; Barre
    Basedow
    Bell
    Bence
    Budd
    Charcot
    Cheyne
    Chiari
    Churg
    Coombs
    Creutzfeldt
    Crohn
    Cushing
    Danlos
    Dressler
    Dupuytren
    Ehlers
    Ellison
    Epstein
    Fanconi
    Fournier
    Gilbert
    Graves
    Guillain
    Hashimoto
    Heinz
    Henoch
    Herxheimer
    Hodgkin
    Jakob
    Jarisch
    Johnson
    Kaposi
    Korsakoff
    Kounis
    Lyell
    Lyme
    Mallory
    Meniere; Ménière
    Merkel
    Mobitz
    Osler
    Paget
    Parkinson
    Peyronie
    Prinzmetal
    Purkinje
    Quincke
    Raynaud
    Reye
    Schonlein; Schönlein
    Sjogren; Sjögren
    Stevens
    Sturge
    Tourette
    Trousseau
    Waldenstrom; Waldenström
    Wegener
    Wernicke
    Wilson
    Wolff
    Zollinger
""")
"""Persons, and few places, after whom diseases and signs are called."""

GERMS = entries("""
    Aspergillus
    Candida
    Chlamydia
    Clostridioides; Clostridium
    Escherichia
    Helicobacter
    Klebsiella
    Listeria
    Mycobacterium
    Pneumocystis
    Pseudomonas
    Salmonella
    Staphylococcus
    Streptococcus
""")
"""Genera of germs."""

PHRASES = entries("""
    Parkinson-White
    Jones criteria
""")
"""Names of persons that are words as well, with what they stand beside."""

POSSESSIVES = entries("""
    adult
    athlete
    baker
    child; children
    farmer
    female; male
    infant
    men; man
    mother
    patient
    swimmer
    tennis
    woman; women
""")
"""Whom a possessive belongs to that is nobody's name: "women's"."""

HALVES = entries("""
    after; anti; co; cross; extra; flu; hyper; hypo; inter; intra; multi; non; over; post; pre; self; semi; sub; under
    palmar; plantar
    like; related; associated; induced; emergent; dependent; threatening; free
    site; type; wave; cell; organ; onset; term; dose; eye; skin; heart; blood
""")
"""What stands before or behind a hyphen without being a name: "Non-Cardiac", "Injection-Site"."""
