"""Words that name what befalls a body: the ground to take a phrase for an effect where no list or figure says so."""

from drugref.lexicon.patterns import entries

ENDINGS = entries("""
    algia; algias; dynia
    arthria; lalia; phasia; phagia; phonia; phemia
    cele; thorax
    cytosis; cytopenia; penia; penias; philia
    ectasia; ectasis; ectasias
    ectomy
    edema; edemas
    embolism; emboli; embolus
    emesis
    emia; emias; emic
    esthesia; esthesias
    geusia; osmia; opia; opsia; opsias; orexia; dipsia; thymia; phoria; somnia; phobia; mnesia
    gonadism; adrenalism; thyroidism; pituitarism
    hagic; rrhage; rrhages; rrhagia; rrhea; rrheas
    idrosis
    itis; itides
    kinesia; kinesias; tonia; tonus; plegia; paresis; plexy
    lysis
    malacia
    megaly
    oma; omas; omata
    osis; oses; iasis
    pathy; pathies
    plasia; trophy; sclerosis; stenosis; stasis
    pnea; pneas
    rhythmia; rhythmias; cardia; cardias
    spasm; spasms
    toxicity; toxicities
    uria; uresis
""")
"""Ends of words, in American spelling."""

BEGINNINGS = entries("""
    anaphyla
    candid
    dys
    encephal
    hyper
    hypo
    ischem
    leuko
    malignan
    necro
    petechi
    pneumoni
    prurit
    purpur
    pustul
    sarcoid
    suicid
    telangiectas
    thrombo
    tubercul
    urtica
""")
"""Beginnings of words, in American spelling."""

NAMES = entries("""
    abnormal; abnormality; abnormalities
    abortion; abortions; abscess; abscesses; abuse
    ache; aches; aching; acne
    addiction; adhesion; adhesions
    aggravated; aggravation
    aggression; aggressive; aggressiveness; agitation
    akathisia; alopecia; amblyopia; anemia; aneurysm; aneurysms; angina; anomaly; anomalies; anorexia; anxiety
    apathy; aphthous; arrest; arrhythmia; arrhythmias; ascites; asthenia; asthma; ataxia; atony; atrophy; attack
    attacks
    belching; bleeding; bleed; bleeds; blepharospasm; blindness; blister; blisters; blistering; bloating; block
    blockage; bloody; blurred; blurring
    bruise; bruising; burn; burns; burning
    calculi; calculus; cancer; cancers; cataract; cataracts; chills; choking; cholelithiasis; chorea; clot; clots
    clumsiness; coagulopathy
    cold; colic; collapse; coma; compression; concussion; confusion; confusional; congestion; constipation
    contractions; contusion; contusions; convulsion; convulsions
    cough; coughing; cramp; cramps; cramping; crisis; crying; cyst; cysts
    damage; deafness; death; deaths; decrease; decreases; decreased; defect; defects; deficiency; deficit
    dehydration; delirium; delusion; delusions; dementia
    dependence; dependency; deposits; depressed; depression; derealization; depersonalization; detachment
    deterioration; diabetes; diaphoresis
    diarrhea; difficulty; dilatation; dilation; discharge; discoloration; discomfort; disease; disorder; disorders
    disorientation; dissection; distension; distention; distress
    disturbance; disturbances; disturbed; dizziness; dreams; drowsiness; drowsy; dry; dryness
    ecchymosis; ecchymoses; eczema; effusion; effusions; ejaculation; elevated; elevation; elevations; enlarged
    enlargement
    epilepsy; epilepticus; epistaxis; eructation; eruption; eruptions; erosion; erosions; erythema; euphoria
    exanthem; exanthema; exacerbation; exacerbations; excitement; excoriation; exfoliation; exfoliative
    exhaustion; extrapyramidal; extrasystoles; extravasation
    failure; fainting; fall; falls; fasciculations; fatigue; feeling; fetal; fever; febrile; fibrillation; fibrosis
    fissure; fistula; flatulence; flu-like; influenza-like
    flush; flushes; flushing; flashes; flash; flutter; fracture; fractures; furunculosis
    gait; galactorrhea; gangrene; gas; glaucoma; goiter; gout; gynecomastia
    halitosis; hallucination; hallucinations; hangover; headache; headaches; heartburn; heaviness; hemiparesis
    hemorrhagic; hemorrhoids
    hernia; herpes; hiccup; hiccups; hirsutism; hives; hoarseness; hostility; hydronephrosis; hysteria
    icterus; ideation; ileus; illness; imbalance; immunosuppression; impaired; impairment; impotence; inability
    incontinence; incoordination; increase; increases; increased; indigestion; induration
    infarct; infarction; infarctions; infection; infections; infertility; inflammation; influenza; injury; injuries
    insomnia; instability; insufficiency; intolerance; intoxication; irritability; irritable; irritation; itch
    itching; itchy
    jaundice; jitteriness
    lability; laceration; lacrimation; laryngismus; lassitude; leakage; lesion; lesions; lethargy; lichen
    lightheadedness; light-headedness; loss; lupus
    malabsorption; malaise; malformation; malformations; mania; manic; melena; metastases; micturition; migraine
    migraines; miosis; miscarriage; moniliasis; mucositis; mydriasis; myoclonus
    narrowing; nausea; neoplasm; neoplasms; nervousness; nightmare; nightmares; nocturia; nodule; nodules; numbness
    nystagmus
    obesity; obstruction; obtundation; occlusion; oligomenorrhea; opacity; opacities; osteopenia; overdose
    overstimulation
    pain; pains; painful; pallor; palpitation; palpitations; panic; papules; paralysis; paralytic; paranoia
    paranoid; parkinsonism; perforation; perforations; perspiration; phlebitis; photosensitivity; pigmentation
    pleurisy; polyp; polyps; porphyria; prolapse; prolongation; prolonged; priapism; pseudotumor; psychotic
    psychosis; ptosis
    rash; rashes; reactivation; recurrence; redness; reflux; regurgitation; rejection; relapse; restlessness
    retardation; retching; retention; rhabdomyolysis; rigidity; rigors; rosacea; rupture; ruptures
    salivation; scar; scarring; sciatica; scotoma; seborrhea; sedation; seizure; seizures; sensation; sensitivity
    sepsis; septic; shaking; shakiness; shivering; shock; shortness; sickness; sleepiness; sleeplessness; slurred
    sneezing; somnolence; sore; soreness
    spasticity; spotting; staggering; staining; sting; stinging; stiffness; stillbirth; stridor; stroke; strokes
    stupor; stye; suppression; sweat; sweating; sweats; swelling; swollen; syncope; syndrome
    taste; tearing; tenderness; tendonitis; tenesmus; tension; tetany; thirst; throbbing; tic; tics; tightness
    tingling; tinnitus; tired; tiredness; toothache; torsade; torsades; torticollis; trauma; tremor; tremors
    trembling; trismus; tumor; tumors; twitching
    ulcer; ulcers; ulceration; ulcerations; ulcerative; unconsciousness; unresponsive; unresponsiveness
    unsteadiness; upset; urgency
    varices; vasoconstriction; vasodilation; vasodilatation; vertigo; vesicles; vitiligo; vomiting
    wart; warts; wasting; weakness; weal; wheal; wheals; wheezing; withdrawal; worsening; worsened
    xerostomia; xerophthalmia; yawning
""")
"""Other words, of which one makes a phrase the name of a harm; in American spelling."""

NO_NAMES = entries("""
    abnormalities; abnormality; abuse; acne rosacea
    aggravated; cancer; cold; complications; decrease; decreased; decreases; deficiency; depressed; deposits
    diabetes; diagnosis; discharge; disease; diseases
    disorder; disorders; disturbance; disturbances; dry; elevated; elevation; elevations; failure; feeling; fetal
    gas; illness; illnesses; impaired; increase; increased; increases
    injury; injuries; loss; prognosis; prolonged; recurrence; sensation; sensitivity; suppression; syndrome
    syndromes; taste; tension; trauma; withdrawal; worsened
    psychosis; hypothesis; basis; analysis; analyses; emphasis; dialysis; urinalysis; hemodialysis; synthesis
    hypotheses
    mild taste; acute cases; fatal cases; cases
    dysfunction; hyperactive; hypoactive; infections and infestations
""")
"""What such a word by itself, or a word that only looks like one, does not make the name of an effect."""

MEASURES = entries(r"""
    hemoglobin; hematocrit
    (?:absolute )?(?:white blood cells?|wbc|red blood cells?|rbc|platelets?|neutrophils?)(?: counts?)?
    (?:absolute )?(?:lymphocytes?|leukocytes?|eosinophils?|monocytes?)(?: counts?)?
    (?:serum |plasma |blood |total |fasting |direct )*(?:alt|ast|sgpt|sgot|ggt|ldh|cpk|ck|bun)(?: \((?:alt|ast|sgpt|sgot)\))?
    (?:serum |plasma |blood |total |fasting |direct )*(?:albumin|alkaline phosphatase|amylase|bicarbonate|bilirubin)
    (?:serum |plasma |blood |total |fasting |direct )*(?:calcium|chloride|cholesterol|creatinine|creatine (?:phospho)?kinase)
    (?:serum |plasma |blood |total |fasting |direct )*(?:glucose|hdl(?:[- ]cholesterol)?|ldl(?:[- ]cholesterol)?|lipase)
    (?:serum |plasma |blood |total |fasting |direct )*(?:magnesium|phosph(?:ate|orus)|potassium|protein|sodium)
    (?:serum |plasma |blood |total |fasting |direct )*(?:triglycerides?|urea(?: nitrogen)?|uric acid|urate|hba1c)
    (?:alanine|aspartate) (?:amino)?transferase; transaminases?; aminotransferases?
    gamma[- ]glutamyl ?transferase; lactate dehydrogenase
    (?:blood|systolic|diastolic|intraocular) (?:blood )?pressure; heart rate; pulse(?: rate)?
    body weight; weight; temperature; respiratory rate
    qtc?(?: interval)?; pr interval; ecg; eeg
    (?:prothrombin|partial thromboplastin|bleeding) time; inr; aptt
    (?:liver|renal|kidney|hepatic|thyroid|pulmonary|lung) function(?: tests?)?; (?:liver|hepatic) enzymes?
    urine(?: output)?; urinalysis
""")
"""What is measured: no effect without a direction."""
