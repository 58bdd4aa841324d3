"""Finished contents as publishing hands them to the record, with valid defaults.

Each function returns the whole content of one object; keyword arguments exchange members. Made by
hand rather than by publishing, because these pages must be right whoever built the document.
"""

from datetime import UTC, datetime

from record.kinds import Kind
from record.writing import Publication, write_all
from reference.dates import UncertainDate

PUBLISHED = datetime(2026, 1, 5, 9, 30, tzinfo=UTC)


def publish(kind, content, reference="", note="", at=PUBLISHED):
    """The entry of one published object."""
    return write_all(
        [Publication(kind=kind, content=content, reference=reference, note=note)], at=at
    )[0]


def publish_whole(content, reference, note=""):
    """The entry of an incident, published after the violations and victims it tells of."""
    for act in content["violations"]:
        who = act["victim"]
        if who:
            publish(Kind.VICTIM, victim(who["name"], who["name_local"]), who["reference"])
        publish(Kind.VIOLATION, own_content(act), act["reference"])
    return publish(Kind.INCIDENT, content, reference, note=note)


def own_content(part):
    """The content of an object as it stands in another one's document."""
    return {key: value for key, value in part.items() if key != "reference"}


def code(value, label=None):
    return {"code": value, "label": label or value.replace("-", " ").capitalize()}


def date(text="", basis=None):
    return {**UncertainDate.parse(text).as_document(), "basis": basis}


def cite(source, locator="", quotation="", stance="supports"):
    return {
        "source": source,
        "locator": locator,
        "quotation": quotation,
        "stance": stance,
        "reliability": code("not-assessed"),
    }


def cited(*citations, confidential=False):
    return {"citations": list(citations), "confidential_sources": confidential}


def party(name, name_local="", *, agency=None, post=""):
    return {
        "name": name,
        "name_local": name_local,
        "agency": agency,
        "victim": None,
        "post": post,
    }


PAKISTAN = ("PK", "country", "Pakistan", "پاکستان")
BALOCHISTAN = ("PK2", "province", "Balochistan", "بلوچستان")
MAKRAN = ("PK2-makran", "division", "Makran", "مکران")
KECH = ("PK211", "district", "Kech", "کیچ")


def place(text="", text_local="", *, areas=(PAKISTAN, BALOCHISTAN, MAKRAN, KECH), basis="stated"):
    keys = ("code", "level", "name", "name_local")
    return {
        "text": text,
        "text_local": text_local,
        "basis": basis if areas else None,
        "precision": None,
        "areas": [dict(zip(keys, area, strict=True)) for area in areas],
        "point": None,
    }


def mention(reference, title="", title_local=""):
    return {"reference": reference, "title": title, "title_local": title_local}


def person(reference, name="Aslam Baloch", name_local="اسلم بلوچ", **changes):
    """The victim as they stand beside a violation."""
    return {
        "reference": reference,
        "name": name,
        "name_local": name_local,
        "name_shown": "full",
        "named": True,
        "people": 1,
        "estimated": False,
        "sex": code("man", "Man"),
        "age": None,
        "age_group": None,
        "occupation": None,
        "function": None,
        "status": code("disappeared", "Disappeared"),
        **changes,
    }


def violation(reference, incident, victim, **changes):
    """A violation as it stands inside its incident; its own content is this less ``reference``."""
    return {
        "reference": reference,
        "type": code("enforced-disappearance", "Enforced disappearance"),
        "types": [code("liberty"), code("enforced-disappearance")],
        "victim": victim,
        "incident": incident,
        "start": date("2023-10-29"),
        "end": date(),
        "end_meaning": None,
        "open_ended": True,
        "unacknowledged_days": None,
        "place": place(),
        "place_end": None,
        "place_type": None,
        "methods": [],
        "stated_reason": "",
        "outcome": "",
        "civilian_status": None,
        "elements": [],
        "attributions": [],
        "involvements": [],
        "grade": code("alleged", "Alleged"),
        **cited(),
        **changes,
    }


def status(value, on, claimant, incident, **changes):
    return {
        "status": code(value),
        "date": date(on),
        "claimant": claimant,
        "note": "",
        "note_local": "",
        "incident": incident,
        **cited(),
        **changes,
    }


def body_event(value, on, incident, **changes):
    return {
        "event": code(value),
        "date": date(on),
        "place_text": "",
        "claimant": None,
        "note": "",
        "incident": incident,
        **cited(),
        **changes,
    }


def account(number, question, claimant, answer, **changes):
    return {
        "id": number,
        "question": code(question),
        "claimant": claimant,
        "answer": answer,
        "answer_local": "",
        "answer_date": None,
        "said": date(),
        "stance": code("asserts"),
        "replaces": None,
        "replaced_by": None,
        "about": None,
        **cited(),
        **changes,
    }


def attribution(value, speaker, on="", **changes):
    return {
        "attribution": code(value),
        "speaker": speaker,
        "date": date(on),
        "words": "",
        "words_local": "",
        "replaces": None,
        **cited(),
        **changes,
    }


def involvement(who, **changes):
    return {
        "party": who,
        "description": "",
        "description_local": "",
        "degree": None,
        "agency_type": None,
        "status": None,
        "basis": None,
        "alleged_by": None,
        **cited(),
        **changes,
    }


def incident(title="A man taken in Kech", title_local="", **changes):
    return {
        "title": title,
        "title_local": title_local,
        "incident_kind": code("violation-event", "Violation event"),
        "date": date("2023-10-29"),
        "end": date(),
        "time_of_day": "",
        "place": place(),
        "account": "He was taken from his home at night.",
        "account_local": "",
        "grade": code("alleged", "Alleged"),
        "grade_reason": "",
        "violation_status": None,
        "contested": False,
        "casualties": [],
        "violations": [],
        "victims": [],
        "attributions": [],
        "involvements": [],
        "protest": None,
        "accounts": [],
        "legal_actions": [],
        "interventions": [],
        "links": [],
        "sources": [],
        **cited(),
        **changes,
    }


def victim(name="Aslam Baloch", name_local="اسلم بلوچ", **changes):
    return {
        "name": name,
        "name_local": name_local,
        "name_shown": "full",
        "named": True,
        "names": [],
        "fathers_name": "",
        "fathers_name_local": "",
        "unit": code("individual"),
        "people": 1,
        "estimated": False,
        "sex": code("man", "Man"),
        "birth": date(),
        "occupation": None,
        "occupation_note": "",
        "function": None,
        "about": "",
        "about_local": "",
        "photograph": None,
        "status": None,
        "statuses": [],
        "body_events": [],
        "unacknowledged_days": None,
        "violations": [],
        "legal_actions": [],
        **cited(),
        **changes,
    }


def in_incident(reference, content, **changes):
    """A victim as they stand in an incident's document."""
    keys = (
        *("name", "name_local", "name_shown", "named", "fathers_name", "fathers_name_local"),
        *("people", "estimated", "sex", "occupation", "function", "status"),
        *("unacknowledged_days", "statuses", "body_events"),
    )
    return {"reference": reference, **{key: content[key] for key in keys}, **changes}


def agency(name="Counter-Terrorism Department", name_local="محکمہ انسدادِ دہشت گردی", **changes):
    return {
        "name": name,
        "name_local": name_local,
        "abbreviation": "CTD",
        "other_names": [],
        "type": code("counter-terrorism", "Counter-terrorism police"),
        "types": [code("state"), code("forces"), code("counter-terrorism")],
        "is_state": True,
        "parents": [],
        "area": None,
        "seat": "",
        "note": "",
        "note_local": "",
        **changes,
    }


def step(on, what, **changes):
    return {
        "date": date(on),
        "what": what,
        "what_local": "",
        "result": "",
        "result_local": "",
        "compliance": None,
        "next_date": None,
        **cited(),
        **changes,
    }


def legal_action(title="Order to register a case", title_local="", **changes):
    return {
        "title": title,
        "title_local": title_local,
        "type": code("jop-petition", "Justice of the Peace petition"),
        "types": [code("redress"), code("jop-petition")],
        "forum": None,
        "number": "",
        "district": None,
        "filed": date("2023-11-25"),
        "decided": date(),
        "filed_by": "",
        "accused_text": "",
        "accused_low": None,
        "accused_high": None,
        "offences": "",
        "subject": "",
        "subject_local": "",
        "stage": None,
        "outcome": None,
        "compliance": None,
        "relations": [],
        "steps": [],
        "incidents": [],
        "victims": [],
        **cited(),
        **changes,
    }


def in_chain(reference, content):
    """A legal action as it stands in an incident's document."""
    left_out = {
        *("types", "number", "district", "filed_by", "accused_low", "accused_high", "offences"),
        *("subject", "subject_local", "incidents", "victims"),
    }
    kept = {key: value for key, value in content.items() if key not in left_out}
    return {"reference": reference, **kept}


def source(title="Judge orders case against officers", **changes):
    return {
        "title": title,
        "title_local": "",
        "type": code("news", "News text"),
        "types": [code("media"), code("news")],
        "publisher": "A daily newspaper",
        "author": "",
        "published": date("2023-11-26"),
        "accessed": None,
        "language": code("en", "English"),
        "url": "https://news.example/1",
        "archived_url": "",
        "scale": code("national", "National"),
        "perspective": code("none-known", "None known"),
        "reliability": code("untested", "Untested"),
        "independence": code("original", "Original"),
        "origin": None,
        "captures": [],
        "note": "",
        **changes,
    }


def in_sources(reference, content):
    """A source as it stands in an incident's document."""
    keys = ("title", "title_local", "publisher", "type", "published", "language", "url")
    return {"reference": reference, **{key: content[key] for key in keys}}
