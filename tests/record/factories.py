"""Published objects for tests: whole documents, written the way publishing writes them.

Pieces first (``victim``, ``violation``, ``agency``, ``source``, ``legal_action``,
``involvement``, ``citation`` ...), each with valid defaults; then one call that publishes an
incident with everything it mentions::

    ctd = agency("Counter Terrorism Department", type="counter-terrorism")
    incident = publish_incident(
        title="Taken from home in Turbat",
        date="2023-10-29",
        area="PK211",
        violations=[
            violation(
                "enforced-disappearance",
                victim=victim("Balach Mola Bakhsh", name_local="بالاچ مولا بخش"),
                involvements=[involvement(ctd)],
            )
        ],
    )

A piece is a draft until something that mentions it is published; it may be used in several
incidents. Every member of a document can be given by its name. Entries already published stand
wherever a draft may: ``violation(victim=VictimEntry)``.
"""

from record.kinds import Kind
from record.mentions import live_mentions
from record.models import State
from record.writing import withdraw_entries, write
from reference.dates import UncertainDate
from reference.models import Area
from reference.names import script_of
from reference.vocabularies import lineage, term
from tests.record.assembling import (
    LATER,
    NOW,
    Draft,
    content_of,
    entry_of,
    finish,
    named,
    write_found,
)

# --- values -----------------------------------------------------------------------------------


def coded(vocabulary, code):
    """``{"code", "label"}`` as documents have it; None for no code."""
    return {"code": code, "label": term(vocabulary, code).label_in("en")} if code else None


def codes(vocabulary, *values):
    """A list of coded values."""
    return [coded(vocabulary, code) for code in values]


def with_ancestors(vocabulary, code):
    """The coded value and all above it, top level first."""
    return codes(vocabulary, *lineage(vocabulary, code)) if code else []


def date_value(text="", *, basis="stated"):
    """A date as documents have it: ``date_value("2023-11~")``; empty is unknown."""
    value = UncertainDate.parse(text)
    return {**value.as_document(), "basis": None if value.is_unknown else basis}


def place(
    area="PK211", *, text="", text_local="", basis="stated", precision="district", point=None
):
    """A place in an area given by its code; None for no area."""
    if area is None:
        return None
    found = Area.objects.get(code=area)
    above = {each.pk: each for each in Area.objects.filter(pk__in=found.path)}
    return {
        "text": text,
        "text_local": text_local,
        "basis": basis,
        "precision": coded("place-precision", precision),
        "areas": [
            {
                "code": each.code,
                "level": each.level,
                "name": each.name,
                "name_local": each.name_local,
            }
            for each in (above[pk] for pk in found.path)
        ],
        "point": point,
    }


def party(name="", *, name_local="", agency=None, victim=None, post=""):
    """Somebody on any side; an agency or victim brings its own name."""
    of = content_of(agency or victim) if agency or victim else {}
    return {
        "name": name or of.get("name", "Family of the victim"),
        "name_local": name_local or of.get("name_local", ""),
        "agency": agency,
        "victim": victim,
        "post": post,
    }


def citation(source, *, stance="supports", locator="", quotation="", reliability=None):
    """What rests on a source."""
    return {
        "source": source,
        "locator": locator,
        "quotation": quotation,
        "stance": stance,
        "reliability": coded("information-reliability", reliability),
    }


# --- pieces -----------------------------------------------------------------------------------


def source(title="A report", *, type="news", publisher="Dawn", published="2023-12-01", **changes):
    """A source."""
    return Draft(
        Kind.SOURCE,
        {
            "title": title,
            "title_local": "",
            "type": coded("source-type", type),
            "types": with_ancestors("source-type", type),
            "publisher": publisher,
            "author": "",
            "published": date_value(published),
            "accessed": "2023-12-02",
            "language": coded("language", "en"),
            "url": "https://news.example/report",
            "archived_url": "",
            "scale": coded("source-scale", "national"),
            "perspective": coded("source-perspective", "none-known"),
            "independence": coded("source-independence", "original"),
            "origin": None,
            "reliability": None,
            "captures": [],
            "note": "",
            **changes,
        },
    )


def agency(name="Counter Terrorism Department", *, type="counter-terrorism", parents=(), **changes):
    """An agency below its parents."""
    return Draft(
        Kind.AGENCY,
        {
            "name": name,
            "name_local": "",
            "abbreviation": "",
            "other_names": [],
            "type": coded("agency-type", type),
            "types": with_ancestors("agency-type", type),
            "is_state": True,
            "parents": [parent(each) for each in parents],
            "area": None,
            "note": "",
            "note_local": "",
            "seat": "",
            **changes,
        },
    )


def parent(agency, *, since="", until=""):
    """An agency's place below another, for a time."""
    of = content_of(agency)
    return {
        "reference": agency,
        "name": of["name"],
        "name_local": of["name_local"],
        "from": date_value(since),
        "until": date_value(until),
    }


def legal_action(
    title="FIR at Turbat police station",
    *,
    type="fir",
    forum=None,
    filed="2023-12-08",
    area=None,
    stage="registered",
    outcome=None,
    compliance=None,
    steps=(),
    **changes,
):
    """A legal action; ``forum`` is an agency, ``area`` the code of its district."""
    return Draft(
        Kind.LEGAL_ACTION,
        {
            "title": title,
            "title_local": "",
            "type": coded("legal-action-type", type),
            "types": with_ancestors("legal-action-type", type),
            "forum": party(agency=forum) if forum else None,
            "number": "",
            "district": place(area),
            "filed": date_value(filed),
            "decided": date_value(),
            "filed_by": "",
            "accused_text": "",
            "accused_low": None,
            "accused_high": None,
            "offences": "",
            "stage": coded("legal-stage", stage),
            "outcome": coded("legal-outcome", outcome),
            "compliance": coded("legal-compliance", compliance),
            "subject": "",
            "subject_local": "",
            "relations": [],
            "steps": list(steps),
            "incidents": [],
            "victims": [],
            "citations": [],
            "confidential_sources": False,
            **changes,
        },
    )


def step(what="Order", *, date="", result="", compliance=None, citations=()):
    """A step of a legal action."""
    return {
        "date": date_value(date),
        "what": what,
        "what_local": "",
        "result": result,
        "result_local": "",
        "compliance": coded("legal-compliance", compliance),
        "next_date": None,
        "citations": list(citations),
        "confidential_sources": False,
    }


def victim(
    name="Balach Mola Bakhsh",
    *,
    name_local="",
    named=True,
    name_shown="full",
    people=1,
    estimated=False,
    sex="man",
    age=(None, None),
    age_group="adult",
    occupation=None,
    status="disappeared",
    function=None,
    **changes,
):
    """A victim. ``unnamed_victim`` and ``withheld_victim`` are the other ways to appear."""
    return Draft(
        Kind.VICTIM,
        {
            "name": name,
            "name_local": name_local,
            "names": [
                {"name": each, "script": script_of(each), "kind": "own"}
                for each in (name, name_local)
                if each and named and name_shown == "full"
            ],
            "named": named,
            "name_shown": name_shown,
            "fathers_name": "",
            "fathers_name_local": "",
            "people": people,
            "estimated": estimated,
            "unit": coded("counting-unit", "individual" if people == 1 else "social-group"),
            "sex": coded("sex", sex),
            "birth": None,
            "age": {"low": age[0], "high": age[1]},
            "age_group": coded("age-group", age_group),
            "occupation": coded("occupation", occupation),
            "occupation_note": "",
            "function": coded("victim-function", function),
            "about": "",
            "about_local": "",
            "photograph": None,
            "status": coded("victim-status", status),
            "statuses": [],
            "body_events": [],
            "unacknowledged_days": None,
            "violations": [],
            "legal_actions": [],
            "citations": [],
            "confidential_sources": False,
            **changes,
        },
    )


def withheld_victim(**changes):
    """A victim whose name is known and not shown."""
    return victim("Name withheld", name_shown="withheld", **changes)


def unnamed_victim(people=None, **changes):
    """A victim, or a group of known or unknown size, whose name nobody knows."""
    return victim("Unidentified person", named=False, people=people, **changes)


def violation(
    type="enforced-disappearance",
    *,
    victim=None,
    start=None,
    end="",
    open_ended=None,
    area="",
    grade="alleged",
    attributions=(),
    involvements=(),
    methods=(),
    citations=(),
    **changes,
):
    """A violation. Start and place default to the incident's; without ``victim`` it gets one.

    ``victim=False`` is a violation without one. A disappearance is open-ended unless it ended.
    """
    if victim is None:
        victim = globals()["victim"]()
    if open_ended is None:
        open_ended = type == "enforced-disappearance" and not end
    return Draft(
        Kind.VIOLATION,
        {
            "type": coded("violation-type", type),
            "types": with_ancestors("violation-type", type),
            "victim": victim or None,
            "incident": None,
            "start": None if start is None else date_value(start),
            "end": date_value(end),
            "end_meaning": None,
            "open_ended": open_ended,
            "unacknowledged_days": None,
            "place": "" if area == "" else place(area),
            "place_end": None,
            "place_type": None,
            "methods": codes("method", *methods),
            "stated_reason": "",
            "outcome": "",
            "civilian_status": None,
            "elements": [],
            "attributions": list(attributions),
            "involvements": list(involvements),
            "grade": coded("grade", grade),
            "citations": list(citations),
            "confidential_sources": False,
            **changes,
        },
    )


def attribution(code="officials-deny", *, speaker=None, said="", words="", replaces=None):
    """What the alleged side says of an act; ``replaces`` is the place of an earlier one."""
    return {
        "attribution": coded("attribution", code),
        "speaker": speaker or party("Police spokesman"),
        "date": date_value(said),
        "words": words,
        "words_local": "",
        "replaces": replaces,
        "citations": [],
        "confidential_sources": False,
    }


def involvement(agency=None, *, name="", agency_type=None, degree="suspected", **changes):
    """An agency, or somebody described, said to be responsible."""
    return {
        "party": party(name or ("" if agency else "Men in plain clothes"), agency=agency),
        "description": "",
        "description_local": "",
        "degree": coded("involvement-degree", degree),
        "agency_type": coded("agency-type", agency_type),
        "status": None,
        "basis": coded("involvement-basis", "witness-identified"),
        "alleged_by": party("Family of the victim"),
        "citations": [],
        "confidential_sources": False,
        **changes,
    }


def account(answer="He was taken on 29 October", *, question="when-taken", id=1, **changes):
    """What a claimant says on a question."""
    return {
        "id": id,
        "question": coded("account-question", question),
        "claimant": party("Family of the victim"),
        "answer": answer,
        "answer_local": "",
        "answer_date": None,
        "said": date_value(),
        "stance": {"code": "asserts", "label": "says so"},
        "replaces": None,
        "replaced_by": None,
        "about": None,
        "citations": [],
        "confidential_sources": False,
        **changes,
    }


def protest(*kinds, **changes):
    """The details of a protest: ``protest("sit-in", demands=["A judicial inquiry"])``."""
    return {
        "kinds": codes("protest-kind", *(kinds or ["sit-in"])),
        "crowd_low": None,
        "crowd_high": None,
        "crowd_text": "",
        "demands": [],
        "demands_local": [],
        "route": "",
        "organisers": "",
        "state_responses": [],
        **changes,
    }


# --- publishing -------------------------------------------------------------------------------


def publish(*drafts, at=NOW, note=""):
    """Publish pieces on their own, with what they mention; returns the entry of each."""
    found = {}
    for draft in drafts:
        finish(draft, found)
    write_found(found, at, note)
    entries = [entry_of(draft.reference) for draft in drafts]
    return entries[0] if len(entries) == 1 else entries


def publish_incident(
    title="Taken from home in Turbat",
    *,
    kind="violation-event",
    date="2023-10-29",
    end="",
    area="PK211",
    basis="stated",
    violations=None,
    attributions=(),
    involvements=(),
    legal_actions=(),
    accounts=(),
    citations=None,
    grade="alleged",
    contested=False,
    account="",
    at=NOW,
    note="",
    **changes,
):
    """Publish an incident and everything it mentions; returns its entry.

    Without ``violations`` it has one enforced disappearance; give ``[]`` for none. Without
    ``citations`` it rests on one news report.
    """
    violations = [violation()] if violations is None else list(violations)
    where = place(area, basis=basis)
    content = {
        "title": title,
        "title_local": "",
        "incident_kind": coded("incident-kind", kind),
        "date": date_value(date),
        "end": date_value(end),
        "time_of_day": "",
        "place": where,
        "account": account,
        "account_local": "",
        "grade": coded("grade", grade),
        "grade_reason": "",
        "violation_status": None,
        "contested": contested,
        "casualties": [],
        "violations": violations,
        "attributions": list(attributions),
        "involvements": list(involvements),
        "protest": None,
        "accounts": list(accounts),
        "legal_actions": list(legal_actions),
        "interventions": [],
        "links": [],
        "sources": [],
        "victims": [],
        "citations": [citation(source())] if citations is None else list(citations),
        "confidential_sources": False,
        **changes,
    }
    draft = Draft(Kind.INCIDENT, content)
    for each in violations:
        each.content["incident"] = named(draft)
        if each.content["start"] is None:
            each.content["start"] = content["date"]
        if each.content["place"] == "":
            each.content["place"] = content["place"]
    found = {}
    finish(draft, found)
    write_found(found, at, note)
    return entry_of(draft.reference)


def rewrite(entry, *, at=LATER, note="Corrected.", **changes):
    """Publish an entry anew with some members of its document changed."""
    return write(
        entry.kind, {**content_of(entry), **changes}, reference=entry.reference, at=at, note=note
    )


def withdraw_incident(entry, *, reason="safety", at=LATER):
    """Withdraw an incident with its violations, and what no other incident mentions."""
    document = entry_of(entry.reference).content()
    parts = [*document["victims"], *document["legal_actions"], *document["sources"]]
    gone = [entry.reference, *(each["reference"] for each in document["violations"])]
    for each in parts:
        elsewhere = live_mentions([each["reference"]]).get(Kind.INCIDENT, [])
        if set(elsewhere) <= {entry.reference}:
            gone.append(each["reference"])
    live = [found for found in map(entry_of, gone) if found.state == State.LIVE]
    return withdraw_entries(live, reason=reason, at=at)[0]


# --- hostile data -----------------------------------------------------------------------------

HOSTILE_TEXTS = (
    '=HYPERLINK("https://evil.example")',
    "+1 or 1=1; DROP TABLE record_fact; --",
    "@SUM(A1:A9)",
    "<script>alert(1)</script>",
    '"quoted", comma; semicolon\nnew line\ttab',
    "كيچ ميں جبري گمشدگي",  # Arabic letter forms of Urdu words
    "کیچ‌میں \u202eundirected\u202c گمشدگی",
    "🕯️ vigil — naïve café",
    "back\\slash \\u0000 written out",
    "x" * 5000,
)
"""Texts that break careless pages, exports and searches."""


def hostile_incidents(count=10, **options):
    """Incidents with equal sort keys, partial and missing dates, and hostile texts."""
    dates = ("2023-10-29", "2023-10-29", "2023-10", "2006", "../2009-12-31", "2015-03-01/..", "")
    areas = ("PK211", "PK2", None)
    return [
        publish_incident(
            HOSTILE_TEXTS[number % len(HOSTILE_TEXTS)],
            date=dates[number % len(dates)],
            area=areas[number % len(areas)],
            account=HOSTILE_TEXTS[-number % len(HOSTILE_TEXTS)],
            **options,
        )
        for number in range(count)
    ]
