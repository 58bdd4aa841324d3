"""The finished documents of one stretch of incidents, in the form of the templates."""

import random
from dataclasses import dataclass, field
from typing import Any, Final

from bench.world import chance as by_chance
from bench.world import numbering
from bench.world.chance import account, later, narrative, some_date, some_name, weighted
from bench.world.numbering import Identity, identities
from bench.world.setting import Setting, coded, dated, with_ancestors
from record.kinds import Kind
from record.reading import Document

_TYPE: Final = weighted(by_chance.TYPES)
_STATUS: Final = weighted(by_chance.STATUSES)
_SEX: Final = weighted(by_chance.SEXES)
_AGE_GROUP: Final = weighted(by_chance.AGE_GROUPS)
_OCCUPATION: Final = weighted({**by_chance.OCCUPATIONS, "": 37})
_GRADE: Final = weighted(by_chance.GRADES)
_SAME_DATE: Final = 0.92
_SAME_VICTIM: Final = 0.8
_METHODS: Final = ("from-home", "from-street", "at-checkpoint", "masked", "at-night", "shooting")

Written = tuple[Identity, Document]


@dataclass(slots=True)
class Stretch:
    """The contents of some incidents and of all that they mention, without envelopes.

    ``incidents`` embed their ``violations``; both name ``victims``, ``sources`` and
    ``legal_actions`` of the same stretch, and agencies.
    """

    number: int
    sources: list[Written] = field(default_factory=list)
    legal_actions: list[Written] = field(default_factory=list)
    victims: list[Written] = field(default_factory=list)
    violations: list[Written] = field(default_factory=list)
    incidents: list[Written] = field(default_factory=list)

    def of(self, kind: Kind) -> list[Written]:
        """The objects of a kind."""
        found: list[Written] = getattr(self, kind.plural.replace("-", "_"))
        return found


def stretch(setting: Setting, number: int, seed: int) -> Stretch:
    """The stretch with this number: always the same for the same seed."""
    return _Making(setting, number, random.Random(f"{seed} {number}")).made()  # noqa: S311


class _Making:
    """One stretch on its way."""

    def __init__(self, setting: Setting, number: int, chance: random.Random) -> None:
        self.setting = setting
        self.templates = setting.templates
        self.chance = chance
        self.stretch = Stretch(number)
        self.ids = {
            kind: identities(number, kind, setting.first_sequence) for kind in numbering.OF_STRETCH
        }

    def made(self) -> Stretch:
        """All objects, in the order in which they come to know of one another."""
        self.stretch.sources = [(identity, self._source()) for identity in self.ids[Kind.SOURCE]]
        self.stretch.victims = [(identity, self._victim()) for identity in self.ids[Kind.VICTIM]]
        acts = self._acts_of_incidents()
        violations = iter(self.ids[Kind.VIOLATION])
        for identity, victims in zip(self.ids[Kind.INCIDENT], acts, strict=True):
            own = [(next(violations), victim) for victim in victims]
            self.stretch.incidents.append((identity, self._incident(identity, own)))
        with_violations = [each for each in self.stretch.incidents if each[1]["violations"]]
        for identity in self.ids[Kind.LEGAL_ACTION]:
            incident = self.chance.choice(with_violations)
            self.stretch.legal_actions.append((identity, self._legal_action(identity, incident)))
        return self.stretch

    # --- who did what to whom -----------------------------------------------------------------

    def _acts_of_incidents(self) -> list[list[int]]:
        """For each incident the victims (by position) of its violations: some have none, most
        one or two, a few many. Every victim has at least one, some have several."""
        chance = self.chance
        count = numbering.INCIDENTS - numbering.WITHOUT_VIOLATION
        victims = list(range(numbering.OF_STRETCH[Kind.VICTIM]))
        acts = [[victims.pop(0)] for _ in range(count)]
        skew = [chance.random() ** -0.7 for _ in range(count)]
        more = numbering.OF_STRETCH[Kind.VIOLATION] - count
        fresh = [True] * len(victims) + [False] * (more - len(victims))
        chance.shuffle(fresh)
        for is_new, own in zip(fresh, chance.choices(acts, skew, k=more), strict=True):
            if is_new:
                own.append(victims.pop(0))
            elif chance.random() < _SAME_VICTIM:
                own.append(chance.choice(own))
            else:
                own.append(chance.choice(acts)[0])
        acts += [[] for _ in range(numbering.WITHOUT_VIOLATION)]
        chance.shuffle(acts)
        return acts

    # --- pieces -------------------------------------------------------------------------------

    def _cite(self, sources: list[Written]) -> list[Document]:
        source, _content = sources[int(self.chance.random() * len(sources))]
        template = self.templates.violation["citations"][0]
        page = f"p. {int(self.chance.random() * 300) + 1}"
        return [{**template, "source": source.reference, "locator": page}]

    def _source(self) -> Document:
        published = some_date(self.chance)
        return {
            **self.templates.source,
            "title": narrative(self.chance, 9)[:-1],
            "publisher": f"Newspaper {int(self.chance.random() ** 2 * 300) + 1}",
            "published": dated(published),
        }

    def _victim(self) -> Document:
        (name, local), (father, father_local) = some_name(self.chance), some_name(self.chance)
        occupation = _OCCUPATION.draw(self.chance)
        return {
            **self.templates.victim,
            "name": name,
            "name_local": local,
            "names": [
                {"name": name, "script": "latin", "kind": "own"},
                {"name": local, "script": "arabic", "kind": "own"},
            ],
            "fathers_name": father,
            "fathers_name_local": father_local,
            "sex": coded("sex", _SEX.draw(self.chance)),
            "age_group": coded("age-group", _AGE_GROUP.draw(self.chance)),
            "occupation": coded("occupation", occupation) if occupation else None,
            "status": coded("victim-status", _STATUS.draw(self.chance)),
            "statuses": [],
            "violations": [],
            "legal_actions": [],
        }

    def _incident(self, identity: Identity, acts: list[tuple[Identity, int]]) -> Document:
        chance = self.chance
        sources = chance.sample(self.stretch.sources, k=1 + int(chance.random() * 2.2))
        date = some_date(chance)
        place = self.setting.places.draw(chance)
        like = self.templates.incident
        content: Document = {
            **like,
            "title": narrative(chance, 7)[:-1],
            "date": dated(date),
            "place": place,
            "account": account(chance),
            "grade": coded("grade", _GRADE.draw(chance)),
            "contested": chance.random() < 0.3,
            "accounts": [],
            "legal_actions": [],
            "sources": [self._summary(each, like["sources"]) for each in sources],
            "citations": self._cite(sources),
        }
        if not acts:
            content["incident_kind"] = coded("incident-kind", "protest")
        named = {"reference": identity.reference, **_members(content, "title", "title_local")}
        content["violations"] = [self._violation(act, named, content, sources) for act in acts]
        people = {victim: None for _act, victim in acts}
        content["victims"] = [self._note_status(each, named, date, sources) for each in people]
        if acts:
            content["accounts"] = [self._account(acts[0][0], date, sources)]
        return content

    def _summary(self, written: Written, like: list[Document]) -> Document:
        """What an object shows of another one, in the form of the template."""
        identity, content = written
        members = (name for name in like[0] if name != "reference")
        return {"reference": identity.reference, **_members(content, *members)}

    def _violation(
        self,
        act: tuple[Identity, int],
        incident: Document,
        around: Document,
        sources: list[Written],
    ) -> Document:
        identity, position = act
        chance = self.chance
        victim = self.stretch.victims[position]
        type_ = _TYPE.draw(chance)
        start, end, is_open = self._dates(type_, around["date"]["text"])
        template = self.templates.violation
        content: Document = {
            **template,
            "type": coded("violation-type", type_),
            "types": with_ancestors("violation-type", type_),
            "victim": self._summary(victim, [template["victim"]]),
            "incident": incident,
            "start": dated(start),
            "end": dated(end),
            "end_meaning": template["end_meaning"],
            "open_ended": is_open,
            "place": around["place"],
            "methods": [coded("method", chance.choice(_METHODS))] if chance.random() < 0.5 else [],
            "attributions": self._attributions(sources),
            "involvements": self._involvements(sources),
            "grade": around["grade"],
            "citations": self._cite(sources),
        }
        self.stretch.violations.append((identity, content))
        like = self.templates.victim["violations"]
        victim[1]["violations"].append(self._summary((identity, content), like))
        return {"reference": identity.reference, **content}

    def _dates(self, type_: str, date: str) -> tuple[str, str, bool]:
        """Start, end and whether it goes on: a disappearance does, unless it has ended."""
        chance = self.chance
        start = date if chance.random() < _SAME_DATE else later(date, chance.randint(1, 20)) or date
        if type_ != "enforced-disappearance":
            return start, "", False
        end = later(start, chance.randint(5, 1500)) if chance.random() < 0.4 else ""
        return start, end, not end

    def _attributions(self, sources: list[Written]) -> list[Document]:
        if self.chance.random() > 0.25:
            return []
        template = self.templates.violation["attributions"][0]
        speaker = _members(self.setting.agencies.draw(self.chance), *template["speaker"])
        return [{**template, "speaker": speaker, "citations": self._cite(sources)}]

    def _involvements(self, sources: list[Written]) -> list[Document]:
        if self.chance.random() > 0.75:
            return []
        template = self.templates.violation["involvements"][0]
        agency = self.setting.agencies.draw(self.chance)
        return [
            {
                **template,
                "party": _members(agency, *template["party"]),
                "agency_type": agency["type"],
                "citations": self._cite(sources),
            }
        ]

    def _note_status(
        self, position: int, incident: Document, date: str, sources: list[Written]
    ) -> Document:
        """The victim as the incident shows them, who learns of the status given there."""
        victim = self.stretch.victims[position]
        template = self.templates.victim["statuses"][0]
        status = {
            **template,
            "status": victim[1]["status"],
            "date": dated(date),
            "incident": incident,
            "citations": self._cite(sources),
        }
        victim[1]["statuses"].append(status)
        return self._summary(victim, self.templates.incident["victims"]) | {"statuses": [status]}

    def _account(self, about: Identity, date: str, sources: list[Written]) -> Document:
        return {
            **self.templates.incident["accounts"][0],
            "answer": narrative(self.chance, 12),
            "answer_date": dated(date),
            "about": about.reference,
            "citations": self._cite(sources),
        }

    def _legal_action(self, identity: Identity, incident: Written) -> Document:
        _identity, event = incident
        template = self.templates.legal_action
        victims = {each["reference"] for each in event["victims"]}
        content: Document = {
            **template,
            "title": narrative(self.chance, 6)[:-1],
            "forum": _members(self.setting.courts.draw(self.chance), *template["forum"]),
            "filed": dated(later(event["date"]["text"], 30)),
            "incidents": [self._summary(incident, template["incidents"])],
            "victims": [
                self._summary(each, template["victims"])
                for each in self.stretch.victims
                if each[0].reference in victims
            ],
            "citations": [{**template["citations"][0], "source": event["sources"][0]["reference"]}],
        }
        written = (identity, content)
        like = self.templates.incident["legal_actions"]
        event["legal_actions"] = [*event["legal_actions"], self._summary(written, like)]
        for known, victim in self.stretch.victims:
            if known.reference in victims:
                like = self.templates.victim["legal_actions"]
                victim["legal_actions"] = [*victim["legal_actions"], self._summary(written, like)]
        return content


def _members(content: Document, *names: str) -> dict[str, Any]:
    return {name: content[name] for name in names}
