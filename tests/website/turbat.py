"""A whole case as the record holds it: contradicting accounts, a status line, a legal chain.

The facts are public reports on a killing in Turbat in November 2023; the wording is ours.
"""

from datetime import timedelta

from record.kinds import Kind
from record.writing import Publication, write_all
from tests.website.contents import (
    PUBLISHED,
    account,
    agency,
    attribution,
    body_event,
    cite,
    cited,
    code,
    date,
    in_chain,
    in_incident,
    in_sources,
    incident,
    involvement,
    legal_action,
    mention,
    own_content,
    party,
    person,
    place,
    publish,
    source,
    status,
    step,
    victim,
    violation,
)

INCIDENT, PROTEST = "INC-2026-0001", "INC-2026-0002"
BALACH, OTHERS = "VIC-2026-0001", "VIC-2026-0002"
TAKING, KILLING, KILLING_OF_OTHERS = "VIO-2026-0001", "VIO-2026-0002", "VIO-2026-0003"
CTD, FORCES, ATC, SESSIONS, HIGH_COURT = (f"AGY-2026-000{n}" for n in range(1, 6))
ORDER, CHALLENGE, FIR, SUSPENSION, REMAND = (f"LEG-2026-000{n}" for n in range(1, 6))
ARTICLE, FIRST, SECOND, FAMILY_SAID, DAILY, LATER = (f"SRC-2026-000{n}" for n in range(1, 7))

FAMILY = party("Family of the victim", "متاثرہ شخص کا خاندان")
THE_CTD = party("Counter-Terrorism Department", "محکمہ انسدادِ دہشت گردی", agency=CTD)
THE_ARTICLE = party("Author of the article", "مضمون نگار")
THE_FORCES = party("Security forces (unspecified)", "سکیورٹی فورسز (غیر معین)", agency=FORCES)

TURBAT = ("PK211-turbat", "town", "Turbat", "تربت")
IN_TURBAT = place(
    "A house said to be a hideout",
    "ایک مکان جسے ٹھکانہ کہا گیا",
    areas=(
        ("PK", "country", "Pakistan", "پاکستان"),
        ("PK2", "province", "Balochistan", "بلوچستان"),
        ("PK2-makran", "division", "Makran", "مکران"),
        ("PK211", "district", "Kech", "کیچ"),
        TURBAT,
    ),
    basis="inferred",
)

HERE = mention(
    INCIDENT,
    "Balach Mola Bakhsh and three others killed in Turbat",
    "تربت میں بالاچ مولا بخش اور تین دیگر افراد کی ہلاکت",
)
THERE = mention(PROTEST, "Sit-in in the main square of Turbat", "تربت کے مرکزی چوک میں دھرنا")

SOURCES = {
    ARTICLE: source(
        "Mass protests continue in Balochistan over extrajudicial killings",
        publisher="World Socialist Web Site",
        type=code("opinion", "Opinion"),
        types=[code("media"), code("opinion")],
        published=date("2023-12-11"),
        perspective=code("party", "Party"),
        scale=code("international", "International"),
        url="",
        captures=[
            {
                "sha256": "38e876a8e7bc8c0dca4042650d5f08f51a22a770bd6951ed6e04700da4496dfd",
                "captured_at": "2026-01-02T10:00:00+00:00",
                "bytes": 10412,
                "media_type": "text/plain",
            }
        ],
    ),
    FIRST: source(
        "First statement of the Counter-Terrorism Department",
        publisher="Counter-Terrorism Department",
        type=code("official-statement", "Official statement"),
        types=[code("official"), code("official-statement")],
        published=date("2023-11-22/2023-11-23"),
        independence=code("derived", "Derived"),
        origin=mention(
            ARTICLE, "Mass protests continue in Balochistan over extrajudicial killings"
        ),
        url="",
    ),
    SECOND: source(
        "Second statement of the Counter-Terrorism Department",
        publisher="Counter-Terrorism Department",
        type=code("official-statement", "Official statement"),
        types=[code("official"), code("official-statement")],
        published=date("2023-11-23/.."),
        url="",
    ),
    FAMILY_SAID: source(
        "What the family told the public",
        publisher="",
        type=code("family-statement", "Family statement"),
        types=[code("people"), code("family-statement")],
        published=date(),
        url="",
    ),
    DAILY: source(
        "Judge orders police to register FIR of Turbat encounter",
        publisher="Dawn",
        url="https://www.dawn.com/news/1792644",
    ),
    LATER: source(
        "تربت واقعے کے مقدمات کرائمز برانچ کے سپرد",
        publisher="Aaj News",
        published=date("2023-12-11"),
        language=code("ur", "Urdu"),
        url="https://aaj.tv/news/30359901",
    ),
}

AGENCIES = {
    CTD: agency(
        note="A branch of the provincial police.",
        note_local="صوبائی پولیس کی ایک شاخ۔",
    ),
    FORCES: agency(
        "Security forces (unspecified)",
        "سکیورٹی فورسز (غیر معین)",
        abbreviation="",
        type=code("state-unspecified", "Security forces, unspecified"),
        types=[code("state"), code("forces"), code("state-unspecified")],
    ),
    ATC: agency(
        "Anti-Terrorism Court",
        "انسدادِ دہشت گردی عدالت",
        abbreviation="ATC",
        type=code("court", "Court"),
        types=[code("bodies"), code("court")],
    ),
    SESSIONS: agency(
        "Sessions Court, Turbat",
        "سیشن عدالت تربت",
        abbreviation="",
        type=code("court", "Court"),
        types=[code("bodies"), code("court")],
    ),
    HIGH_COURT: agency(
        "Balochistan High Court",
        "بلوچستان ہائی کورٹ",
        abbreviation="BHC",
        seat="Quetta",
        type=code("court", "Court"),
        types=[code("bodies"), code("court")],
    ),
}


def court(reference):
    return party(AGENCIES[reference]["name"], AGENCIES[reference]["name_local"], agency=reference)


THE_VICTIM = {
    "reference": BALACH,
    "name": "Balach",
    "name_local": "بالاچ",
    "name_shown": "full",
}
ORDERED = mention(ORDER, "Order to register a case against three officers")
CHALLENGED = mention(CHALLENGE, "Petition of the province against that order")
REGISTERED = mention(FIR, "Case registered against four officers")

LEGAL = {
    REMAND: legal_action(
        "Production before the Anti-Terrorism Court",
        "انسدادِ دہشت گردی عدالت میں پیشی",
        type=code("production", "Production"),
        types=[code("liberty"), code("production")],
        forum=court(ATC),
        filed=date("2023-11-21"),
        outcome=code("remanded", "Remanded"),
        incidents=[HERE],
        victims=[THE_VICTIM],
        steps=[
            step(
                "2023-11-21",
                "Brought before the court",
                what_local="عدالت میں پیش کیا گیا",
                result="Ten days' remand",
                **cited(cite(ARTICLE, "line 15"), cite(DAILY)),
            )
        ],
        **cited(cite(ARTICLE, "line 15")),
    ),
    ORDER: legal_action(
        ORDERED["title"],
        "تین اہلکاروں کے خلاف مقدمہ درج کرنے کا حکم",
        forum=court(SESSIONS),
        accused_text="The regional officer and two other officers of the CTD",
        accused_low=3,
        accused_high=3,
        stage=code("decided", "Decided"),
        outcome=code("granted", "Granted"),
        compliance=code("defied", "Defied"),
        relations=[
            {"relation": code("implemented-by", "implemented by"), **REGISTERED},
            {"relation": code("challenged-by", "challenged by"), **CHALLENGED},
        ],
        incidents=[HERE],
        victims=[THE_VICTIM],
        steps=[
            step(
                "2023-11-25",
                "Court orders the police to register a case",
                result="Ordered",
                compliance=code("defied", "Defied"),
                **cited(cite(ARTICLE, "line 25"), cite(DAILY, quotation="register an FIR")),
            )
        ],
        **cited(cite(ARTICLE, "line 25")),
    ),
    CHALLENGE: legal_action(
        CHALLENGED["title"],
        type=code("challenge", "Challenge"),
        types=[code("redress"), code("challenge")],
        forum=court(HIGH_COURT),
        filed=date("2023-11-25/2023-12-09"),
        filed_by="Provincial government",
        relations=[{"relation": code("challenges", "challenges"), **ORDERED}],
        incidents=[HERE],
        **cited(cite(ARTICLE, "line 25")),
    ),
    FIR: legal_action(
        REGISTERED["title"],
        type=code("fir", "FIR"),
        types=[code("police"), code("fir")],
        filed=date("2023-12-09"),
        accused_text="Four officers of the CTD",
        accused_low=4,
        accused_high=4,
        stage=code("registered", "Registered"),
        relations=[{"relation": code("implements", "implements"), **ORDERED}],
        incidents=[HERE],
        **cited(cite(ARTICLE, "line 27")),
    ),
    SUSPENSION: legal_action(
        "Order to suspend four officers at once",
        type=code("constitutional-petition", "Constitutional petition"),
        types=[code("liberty"), code("constitutional-petition")],
        forum=court(HIGH_COURT),
        filed=date("2023-12-11", "derived"),
        outcome=code("granted", "Granted"),
        compliance=code("unknown", "Unknown"),
        incidents=[HERE],
        **cited(cite(ARTICLE, "line 27"), cite(LATER)),
    ),
}

STATUSES = [
    status("at-liberty", "../2023-10-28", None, HERE, **cited(cite(FAMILY_SAID))),
    status(
        "disappeared",
        "2023-10-29",
        FAMILY,
        HERE,
        note="Disputed by the Counter-Terrorism Department.",
        note_local="محکمہ انسدادِ دہشت گردی اس کی تردید کرتا ہے۔",
        **cited(cite(FAMILY_SAID), cite(ARTICLE, "line 21")),
    ),
    status("acknowledged", "2023-11-20", THE_CTD, HERE, **cited(cite(FIRST))),
    status(
        "held-investigation",
        "2023-11-21",
        court(ATC),
        HERE,
        **cited(cite(ARTICLE, "line 15"), confidential=True),
    ),
    status("dead", "2023-11-22/2023-11-23", None, HERE, **cited(cite(ARTICLE, "line 17"))),
]

BODY = [
    body_event(
        "body-found",
        "2023-11-22",
        HERE,
        place_text="Turbat Teaching Hospital",
        **cited(cite(ARTICLE, "line 21")),
    ),
    body_event("displayed", "2023-11-23/2023-11-28", HERE, **cited(cite(ARTICLE, "line 13"))),
    body_event("buried", "2023-11-29", HERE, **cited(cite(DAILY))),
]

VICTIMS = {
    BALACH: victim(
        "Balach",
        "بالاچ",
        fathers_name="Mola Bakhsh",
        fathers_name_local="مولا بخش",
        occupation=code("tailor", "Tailor"),
        names=[
            {"name": "Balach", "script": "latin", "kind": "own"},
            {"name": "بالاچ", "script": "arabic", "kind": "own"},
            {"name": "Balaach Mola Bakhsh", "script": "latin", "kind": "as-printed"},
        ],
        about="He worked part of the day in a tailor's shop in Turbat.",
        about_local="وہ تربت میں درزی کی ایک دکان پر جزوقتی کام کرتے تھے۔",
        status=code("dead", "Dead"),
        statuses=STATUSES,
        body_events=BODY,
        unacknowledged_days={"low": 22, "high": 23},
        **cited(cite(ARTICLE), cite(DAILY)),
    ),
    OTHERS: victim(
        "Three others",
        "تین دیگر افراد",
        name_shown="unnamed",
        named=False,
        people=3,
        status=code("dead", "Dead"),
        **cited(cite(ARTICLE, "line 17")),
    ),
}


def who(reference, **changes):
    content = VICTIMS[reference]
    shown = {key: content[key] for key in ("name_shown", "named", "people", "occupation", "status")}
    return person(reference, content["name"], content["name_local"], **{**shown, **changes})


VIOLATIONS = [
    violation(
        TAKING,
        HERE,
        who(BALACH, age={"low": 24, "high": 24}),
        start=date("2023-10-29"),
        end=date("2023-11-20/2023-11-21"),
        end_meaning=code("acknowledged", "custody was acknowledged"),
        open_ended=False,
        unacknowledged_days={"low": 22, "high": 23},
        place=place(basis="inferred"),
        elements=[
            {
                "element": code("el-deprivation"),
                "finding": code("alleged"),
                "note": "",
                **cited(cite(FAMILY_SAID)),
            },
            {
                "element": code("el-state"),
                "finding": code("disputed"),
                "note": "",
                **cited(cite(FAMILY_SAID), cite(FIRST, stance="disputes")),
            },
            {
                "element": code("el-concealment"),
                "finding": code("alleged"),
                "note": "No answer was given for three weeks.",
                **cited(cite(FAMILY_SAID)),
            },
        ],
        attributions=[
            attribution(
                "officials-other-version",
                THE_CTD,
                "2023-11-22/2023-11-23",
                words="He was arrested on 20 November with five kilograms of explosives.",
                **cited(cite(FIRST)),
            )
        ],
        involvements=[
            involvement(
                THE_FORCES,
                degree=code("carried-out", "Carried out"),
                agency_type=code("state-unspecified", "Security forces, unspecified"),
                alleged_by=FAMILY,
                **cited(cite(FAMILY_SAID)),
            )
        ],
        grade=code("contested", "Contested"),
        **cited(cite(FAMILY_SAID), cite(ARTICLE, "line 21")),
    ),
    violation(
        KILLING,
        HERE,
        who(BALACH, age={"low": 24, "high": 24}),
        type=code("staged-encounter", "Staged encounter"),
        types=[code("life"), code("extrajudicial-killing"), code("staged-encounter")],
        start=date("2023-11-22/2023-11-23"),
        open_ended=False,
        place=IN_TURBAT,
        attributions=[
            attribution(
                "officials-other-version",
                THE_CTD,
                "2023-11-22/2023-11-23",
                words="Killed with three others when we raided a hideout.",
                **cited(cite(FIRST)),
            ),
            attribution(
                "officials-not-us",
                THE_CTD,
                "2023-11-23/..",
                words="He was leading us to the hideout and died from the insurgents' fire.",
                replaces=1,
                **cited(cite(SECOND)),
            ),
        ],
        involvements=[
            involvement(
                THE_CTD,
                degree=code("carried-out", "Carried out"),
                agency_type=code("counter-terrorism", "Counter-terrorism police"),
                alleged_by=FAMILY,
                basis=code("court-named", "Named by a court"),
                status=code("suspended", "Suspended"),
                **cited(cite(FAMILY_SAID), cite(DAILY)),
            )
        ],
        grade=code("contested", "Contested"),
        **cited(cite(ARTICLE, "line 17"), cite(DAILY)),
    ),
    violation(
        KILLING_OF_OTHERS,
        HERE,
        who(OTHERS),
        type=code("killing-unattributed", "Killing, author unknown"),
        types=[code("life"), code("killing-unattributed")],
        start=date("2023-11-22/2023-11-23"),
        open_ended=False,
        place=IN_TURBAT,
        involvements=[
            involvement(
                THE_CTD,
                degree=code("carried-out", "Carried out"),
                agency_type=code("counter-terrorism", "Counter-terrorism police"),
                alleged_by=FAMILY,
                basis=code("court-named", "Named by a court"),
                status=code("suspended", "Suspended"),
                **cited(cite(DAILY)),
            )
        ],
        **cited(cite(ARTICLE, "line 17")),
    ),
]

ACCOUNTS = [
    account(
        1,
        "when-taken",
        FAMILY,
        "Security forces took him on 29 October.",
        answer_local="سکیورٹی فورسز انہیں ۲۹ اکتوبر کو لے گئیں۔",
        answer_date=date("2023-10-29"),
        **cited(cite(FAMILY_SAID), cite(ARTICLE, "line 21")),
    ),
    account(
        2,
        "when-taken",
        THE_CTD,
        "He was arrested on 20 November.",
        answer_date=date("2023-11-20"),
        said=date("2023-11-22/2023-11-23"),
        stance=code("disputes"),
        **cited(cite(FIRST)),
    ),
    account(
        3,
        "how-died",
        THE_CTD,
        "Killed together with three others when the CTD raided a militants' hideout.",
        said=date("2023-11-22/2023-11-23"),
        replaced_by=4,
        **cited(cite(FIRST)),
    ),
    account(
        4,
        "how-died",
        THE_CTD,
        "He led the force to the hideout and was killed by the insurgents' fire.",
        said=date("2023-11-23/.."),
        replaces=3,
        **cited(cite(SECOND)),
    ),
    account(
        5,
        "how-died",
        FAMILY,
        "He was killed in custody. The encounter was staged.",
        answer_local="انہیں حراست میں قتل کیا گیا۔ مقابلہ جعلی تھا۔",
        stance=code("denies"),
        **cited(cite(FAMILY_SAID)),
    ),
    account(
        6,
        "how-died",
        THE_ARTICLE,
        "The police account contradicts itself.",
        said=date("2023-12-11"),
        **cited(cite(ARTICLE, "line 15")),
    ),
    account(
        7,
        "was-combatant",
        THE_CTD,
        "He was a militant and confessed.",
        said=date("2023-11-22/2023-11-23"),
        **cited(cite(FIRST)),
    ),
    account(
        8,
        "was-combatant",
        FAMILY,
        "He had no part in anything unlawful.",
        stance=code("denies"),
        **cited(cite(FAMILY_SAID)),
    ),
]


def document():
    """The content of the incident."""
    return incident(
        HERE["title"],
        HERE["title_local"],
        date=date("2023-11-22/2023-11-23"),
        time_of_day="night",
        place=IN_TURBAT,
        account=(
            "Balach, a young man from Turbat, was missing from 29 October 2023, his family says. "
            "The Counter-Terrorism Department produced him before a court on 21 November and a "
            "day later declared him dead with three other men.\n\nHis family kept his body in the "
            "main square until a court ordered a case against officers of the department."
        ),
        account_local=(
            "خاندان کے مطابق تربت کے نوجوان بالاچ ۲۹ اکتوبر ۲۰۲۳ سے لاپتا تھے۔ "
            "محکمہ انسدادِ دہشت گردی نے انہیں ۲۱ نومبر کو عدالت میں پیش کیا "
            "اور ایک دن بعد تین دیگر افراد سمیت ان کی ہلاکت کا اعلان کیا۔"
        ),
        grade=code("contested", "Contested"),
        grade_reason="The family and the department give accounts that cannot both be true.",
        contested=True,
        casualties=[
            {
                "kind": code("killed"),
                "low": 4,
                "best": 4,
                "high": 4,
                "claimant": THE_CTD,
                **cited(cite(FIRST)),
            },
            {
                "kind": code("killed"),
                "low": 3,
                "best": None,
                "high": 4,
                "claimant": None,
                **cited(cite(DAILY)),
            },
        ],
        violations=VIOLATIONS,
        victims=[in_incident(reference, content) for reference, content in VICTIMS.items()],
        accounts=ACCOUNTS,
        legal_actions=[in_chain(reference, content) for reference, content in LEGAL.items()],
        interventions=[
            {
                "type": [code("demand-inquiry", "Demand for investigation")],
                "by": "Protesters in Turbat",
                "by_local": "تربت کے مظاہرین",
                "date": date("2023-11-23/.."),
                "text": "A full judicial inquiry.",
                "text_local": "",
                "to": [{"party": court(HIGH_COURT), "response": None, "responded": date()}],
                **cited(cite(ARTICLE, "line 13")),
            }
        ],
        links=[{"relation": code("answered-by", "Answered by"), **THERE}],
        sources=[in_sources(reference, content) for reference, content in SOURCES.items()],
        **cited(cite(ARTICLE), cite(DAILY), confidential=True),
    )


def protest():
    """The content of the protest that followed."""
    return incident(
        THERE["title"],
        THERE["title_local"],
        incident_kind=code("protest", "Protest"),
        date=date("2023-11-23", "derived"),
        end=date("2023-12-08/2023-12-10", "derived"),
        place=place(basis="inferred"),
        account="Thousands sat beside the body in the main square.",
        protest={
            "kinds": [code("sit-in", "Sit-in"), code("funeral-protest", "Funeral protest")],
            "organisers": "Family and neighbours",
            "crowd_low": 2000,
            "crowd_high": None,
            "crowd_text": "thousands",
            "demands": ["Account for the death", "Prosecute those responsible"],
            "demands_local": [],
            "route": "",
            "state_responses": [code("none-seen", "None seen")],
        },
        links=[{"relation": code("response-to", "Response to"), **HERE}],
        sources=[in_sources(ARTICLE, SOURCES[ARTICLE])],
        **cited(cite(ARTICLE, "line 13")),
    )


def publish_case(at=PUBLISHED):
    """Publish everything at once, then correct the incident a week later."""
    everything = [
        *_publications(Kind.SOURCE, SOURCES),
        *_publications(Kind.AGENCY, AGENCIES),
        *_publications(Kind.LEGAL_ACTION, LEGAL),
        *_publications(Kind.VICTIM, {each: _whole(each) for each in VICTIMS}),
        *_publications(Kind.VIOLATION, {act["reference"]: own_content(act) for act in VIOLATIONS}),
        *_publications(
            Kind.INCIDENT, {INCIDENT: {**document(), "grade_reason": ""}, PROTEST: protest()}
        ),
    ]
    write_all(everything, at=at)
    note = "Reason for the grade added."
    publish(Kind.INCIDENT, document(), INCIDENT, note=note, at=at + timedelta(days=7))


def _publications(kind, contents):
    return [
        Publication(kind=kind, content=content, reference=reference)
        for reference, content in contents.items()
    ]


def _whole(reference):
    """A victim's content with the lines of every violation and legal action."""
    keys = ("reference", "type", "start", "end", "end_meaning", "open_ended", "place")
    acts = [act for act in VIOLATIONS if act["victim"]["reference"] == reference]
    return {
        **VICTIMS[reference],
        "violations": [
            {key: act[key] for key in (*keys, "unacknowledged_days", "incident", "grade")}
            for act in acts
        ],
        "legal_actions": [
            {
                "reference": action,
                **{key: content[key] for key in ("type", "title", "title_local", "filed")},
                "incidents": [INCIDENT],
            }
            for action, content in LEGAL.items()
        ],
    }
