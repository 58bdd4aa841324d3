"""How the pieces of ``factories`` become documents: references, summaries, copies.

An incident embeds its violations and summaries of what it mentions; victims and legal actions
learn of the incident in turn. Tests call ``factories``, never this.
"""

import copy
from datetime import UTC, datetime

from record.chain import allocate_reference
from record.kinds import Kind, kind_of
from record.models import ENTRY_OF, Entry
from record.writing import ENVELOPE, Publication, write, write_all

NOW = datetime(2026, 1, 15, 9, 0, tzinfo=UTC)
LATER = datetime(2026, 2, 1, 12, 30, tzinfo=UTC)


class Draft:
    """A document before publication; other drafts may stand in it where references will."""

    def __init__(self, kind, content):
        self.kind = kind
        self.content = content
        self._reference = ""

    @property
    def reference(self):
        """The final reference, taken when it is first asked for."""
        if not self._reference:
            self._reference = allocate_reference(self.kind, NOW.year)
        return self._reference


def entry_of(reference):
    """The entry with this reference, as it is in the database now."""
    return ENTRY_OF[kind_of(reference)].objects.get(reference=reference)


def content_of(piece):
    """The document of a draft or of an entry, without its envelope."""
    if isinstance(piece, Draft):
        return piece.content
    return {name: value for name, value in piece.content().items() if name not in ENVELOPE}


def finish(draft, found):
    """Note in ``found`` the finished content of a draft and of every draft it mentions."""
    if draft.reference in found:
        return
    found[draft.reference] = None  # mentioned in a circle
    content = copy.copy(draft.content)
    if draft.kind is Kind.INCIDENT:
        content = _assembled(draft, content)
    elif draft.kind is Kind.VIOLATION:
        content["victim"] = _embedded_victim(content["victim"]) if content["victim"] else None
    found[draft.reference] = _resolved(content, found)


def _assembled(draft, content):
    """An incident's content with the summaries of what it mentions, which learn of it."""
    victims = _unique(each.content["victim"] for each in content["violations"])
    for each in content["violations"]:
        if each.content["victim"]:
            _add(each.content["victim"], "violations", _of_victim(each, draft))
    for action in content["legal_actions"]:
        _add(action, "incidents", named(draft))
        for each in victims:
            _add(action, "victims", _named_victim(each))
            _add(each, "legal_actions", _of_legal_action(action))
    return {
        **content,
        "violations": [
            {
                "reference": each,
                **each.content,
                "victim": each.content["victim"] and _embedded_victim(each.content["victim"]),
            }
            for each in content["violations"]
        ],
        "victims": [_victim_summary(each) for each in victims],
        "legal_actions": [_embedded_legal_action(each) for each in content["legal_actions"]],
        "sources": [_embedded_source(each) for each in _unique(_cited(content))],
    }


def _add(piece, member, value):
    """Add to a list of a draft; a published entry is written anew with it."""
    if isinstance(piece, Draft):
        piece.content[member] = [*piece.content[member], value]
    else:
        content = content_of(entry_of(piece.reference))
        content[member] = [*content[member], _resolved(value)]
        write(piece.kind, content, reference=piece.reference, at=NOW)


def named(draft):
    return {
        "reference": draft,
        "title": content_of(draft)["title"],
        "title_local": content_of(draft)["title_local"],
    }


def _named_victim(piece):
    content = content_of(piece)
    members = ("name", "name_local", "name_shown")
    return {"reference": piece, **{name: content[name] for name in members}}


def _victim_summary(piece):
    content = content_of(piece)
    members = (
        *("name", "name_local", "name_shown", "named", "fathers_name", "fathers_name_local"),
        *("people", "estimated", "sex", "occupation", "function", "status"),
        *("unacknowledged_days", "statuses", "body_events"),
    )
    return {"reference": piece, **{name: content[name] for name in members}}


def _embedded_victim(piece):
    content = content_of(piece)
    members = (
        *("name_shown", "named", "people", "estimated", "sex", "age", "age_group"),
        *("occupation", "function"),
    )
    return {
        **_named_victim(piece),
        **{name: content[name] for name in members},
        "status": content["status"],
    }


def _of_victim(violation, incident):
    members = ("type", "start", "end", "open_ended", "unacknowledged_days", "place", "grade")
    return {
        "reference": violation,
        **{name: violation.content[name] for name in members},
        "incident": named(incident),
    }


def _of_legal_action(piece):
    content = content_of(piece)
    members = ("type", "title", "title_local", "filed", "incidents")
    return {"reference": piece, **{name: content[name] for name in members}}


def _embedded_legal_action(piece):
    content = content_of(piece)
    members = (
        *("type", "title", "title_local", "forum", "filed", "decided", "accused_text", "stage"),
        *("outcome", "compliance", "relations", "steps", "citations", "confidential_sources"),
    )
    return {
        "reference": piece,
        **{name: content[name] for name in members},
    }


def _embedded_source(piece):
    content = content_of(piece)
    members = ("title", "title_local", "publisher", "type", "published", "language", "url")
    return {"reference": piece, **{name: content[name] for name in members}}


def _cited(node):
    """Every source cited anywhere in a content that is not resolved yet."""
    if isinstance(node, Draft):
        if node.kind in (Kind.VIOLATION, Kind.LEGAL_ACTION):
            yield from _cited(node.content)
    elif isinstance(node, dict):
        yield from (each["source"] for each in node.get("citations") or ())
        for value in node.values():
            yield from _cited(value)
    elif isinstance(node, list):
        for value in node:
            yield from _cited(value)


def _unique(pieces):
    return list({piece.reference: piece for piece in pieces if piece}.values())


def _resolved(node, found=None):
    """The content with references for drafts and entries; drafts are noted in ``found``."""
    if isinstance(node, Draft):
        if found is not None:
            finish(node, found)
        return node.reference
    if isinstance(node, Entry):
        return node.reference
    if isinstance(node, dict):
        return {name: _resolved(value, found) for name, value in node.items()}
    if isinstance(node, list | tuple):
        return [_resolved(value, found) for value in node]
    return node


def write_found(found, at, note):
    write_all(
        [
            Publication(kind=kind_of(reference), content=content, reference=reference, note=note)
            for reference, content in found.items()
        ],
        at=at,
    )
