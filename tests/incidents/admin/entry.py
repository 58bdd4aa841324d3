"""The documented case, typed into the pages of the admin by a clerk.

The file with the case is the same that the demonstration loads; here nothing but pages and their
boxes is used: what a page does not offer cannot be entered.
"""

import tomllib
from pathlib import Path

from incidents.models import CITED_FACTS, Citation, Incident
from reference.models import Area, Term
from tests.incidents.admin.pages import Form

CASE = tomllib.loads(
    (Path(__file__).parents[3] / "fixtures" / "documented_case.toml").read_text("utf-8")
)

VOCABULARIES = {
    ("incident", "kind"): "incident-kind",
    ("incident", "links.kind"): "incident-link",
    ("source", "type"): "source-type",
    ("agency", "type"): "agency-type",
    ("person", "unit"): "counting-unit",
    ("person", "publication_ground"): "consent-ground",
    ("violation", "type"): "violation-type",
    ("violation", "grade"): "grade",
    ("involvement", "status"): "perpetrator-status",
    ("involvement", "degree"): "involvement-degree",
    ("involvement", "basis"): "involvement-basis",
    ("status", "status"): "victim-status",
    ("body", "event"): "body-event",
    ("intervention", "types"): "intervention-type",
    ("intervention", "status"): "intervention-status",
    ("intervention", "priority"): "intervention-priority",
    ("intervention", "impact"): "intervention-impact",
    ("addressee", "response"): "intervention-response",
    ("protest", "kinds"): "protest-kind",
    ("protest", "state_responses"): "state-response",
    ("legal_action", "type"): "legal-action-type",
    ("legal_action", "stage"): "legal-stage",
    ("legal_action", "outcome"): "legal-outcome",
    ("citation", "reliability"): "information-reliability",
    ("citation", "connection"): "source-connection",
}
BY_NAME = {
    "grade": "grade",
    "violation_status": "violation-status",
    "language": "language",
    "scale": "source-scale",
    "perspective": "source-perspective",
    "independence": "source-independence",
    "reliability": "source-reliability",
    "sex": "sex",
    "occupation": "occupation",
    "age_group": "age-group",
    "place_precision": "place-precision",
    "place_type": "place-type",
    "methods": "method",
    "attribution": "attribution",
    "question": "account-question",
    "compliance": "legal-compliance",
    "element": "disappearance-element",
    "finding": "element-finding",
}
ROWS = {
    "violation": "violations",
    "attribution": "attributions",
    "involvement": "involvements",
    "status": "statuses",
    "body": "body_entries",
    "casualties": "casualties",
    "account": "accounts",
    "intervention": "interventions",
}
AREAS = {"area", "area_end", "district"}
NOT_TYPED = {"id", "cite", "links", "capture", "parents", "element", "addressees"}


class Clerk:
    """Types the case in, page by page."""

    def __init__(self, client):
        self.client = client
        self.found = {}
        self.terms = {(term.vocabulary, term.code): term.pk for term in Term.objects.all()}
        self.areas = {area.code: area.pk for area in Area.objects.all()}

    def enter(self):
        """Everything in the file; returns the primary keys of the incidents in its order."""
        for row in CASE["source"]:
            self.source(row)
        for row in CASE["agency"]:
            self.agency(row)
        for row in CASE["person"]:
            self.person(row)
        incidents = [self.incident(row) for row in CASE["incident"]]
        for row in CASE["incident"]:
            self.rows_that_point_to_rows(row)
        for row in CASE["legal_action"]:
            self.legal_action(row)
        return incidents

    def source(self, row):
        form = Form(self.client, "/admin/incidents/source/add/", "source_form")
        form.fill(**self.typed("source", row))
        for capture in row.get("capture", []):
            form.add_row("captures", **capture)
        self.found[row["id"]] = form.save()

    def agency(self, row):
        form = Form(self.client, "/admin/incidents/agency/add/", "agency_form")
        form.fill(**self.typed("agency", row))
        for parent in row.get("parents", []):
            form.add_row("parents", parent=self.found[parent])
        self.found[row["id"]] = form.save()

    def person(self, row):
        form = Form(self.client, "/admin/incidents/person/add/", "person_form")
        form.fill(**self.typed("person", row, leave=NOT_TYPED | {"name"}))
        for index, name in enumerate(row.get("name", [])):
            if index < int(form["names-TOTAL_FORMS"]):
                form.fill(f"names-{index}", **name)
            else:
                form.add_row("names", **name)
        self.found[row["id"]] = form.save()

    def incident(self, row):
        form = Form(self.client, "/admin/incidents/incident/add/", "incident_form")
        form.fill(**self.typed("incident", row, leave=NOT_TYPED | set(ROWS) | {"protest"}))
        form.fill("violations-0", person="")
        for index, act in enumerate(row.get("violation", [])):
            prefix = "violations-0" if index == 0 else form.add_row("violations")
            form.fill(prefix, **self.typed("violation", act))
            self.type_elements(form, prefix, act)
            self.type_sources(form, prefix, act)
        if "protest" in row:
            values = self.typed("protest", row["protest"])
            form.add_row("protest", **values)
        self.type_sources(form, "", row)
        self.found[row["id"]] = pk = form.save()
        self.look_up_rows(row, "violation")
        return pk

    def rows_that_point_to_rows(self, row):
        """Accounts and the rest, once the violations can be chosen from; then what replaces."""
        path = f"/admin/incidents/incident/{self.found[row['id']]}/change/"
        facts = [
            (table, fact) for table in ROWS if table != "violation" for fact in row.get(table, [])
        ]
        if facts or "links" in row:
            form = Form(self.client, path, "incident_form")
            for table, fact in facts:
                typed = self.typed(table, fact, leave=NOT_TYPED | {"replaces"})
                prefix = form.add_row(ROWS[table], **typed)
                self.type_sources(form, prefix, fact)
                if table == "intervention":
                    to = [self.found[each["agency"]] for each in fact["addressees"]]
                    form.fill(prefix, to=to)
            for link in row.get("links", []):
                kind = self.terms["incident-link", link["kind"]]
                form.add_row("links_out", kind=kind, to_incident=self.found[link["to"]])
            form.save()
        replacing = [(table, fact) for table, fact in facts if "replaces" in fact]
        if replacing:
            form = Form(self.client, path, "incident_form")
            for table, fact in replacing:
                pk = self.row_in(self.found[row["id"]], table, fact)
                earlier = self.row_in(self.found[row["id"]], table, self.earlier(row, table, fact))
                form.fill(form.row_of(ROWS[table], "id", pk), replaces=earlier)
            form.save()
        self.type_answers(row)
        self.mend_citations(row)

    def earlier(self, row, table, fact):
        return next(each for each in row[table] if each.get("id") == fact["replaces"])

    def type_answers(self, row):
        """What each body answered to an appeal, on the page of the appeal."""
        for appeal in row.get("intervention", []):
            pk = self.row_in(self.found[row["id"]], "intervention", appeal)
            path = f"/admin/incidents/intervention/{pk}/change/"
            form = Form(self.client, path, "intervention_form")
            for each in appeal["addressees"]:
                prefix = form.row_of("addressees", "agency", self.found[each["agency"]])
                form.fill(prefix, **self.typed("addressee", each, leave={"agency"}))
            form.save()

    def legal_action(self, row):
        form = Form(self.client, "/admin/incidents/legalaction/add/", "legalaction_form")
        form.fill(**self.typed("legal_action", row, leave=NOT_TYPED | {"step", "relations"}))
        for step in row.get("step", []):
            prefix = form.add_row("steps", **self.typed("step", step))
            self.type_sources(form, prefix, step)
        for relation in row.get("relations", []):
            form.add_row("relations", kind=relation["kind"], other=self.found[relation["to"]])
        self.type_sources(form, "", row)
        self.found[row["id"]] = pk = form.save()
        self.mend(Citation.objects.filter(legal_action=pk), row)

    # ------------------------------------------------------------------------ boxes

    def typed(self, table, row, leave=frozenset(NOT_TYPED)):
        return {
            name: self.value(table, name, value) for name, value in row.items() if name not in leave
        }

    def value(self, table, name, value):
        if isinstance(value, bool):
            return (
                ["true" if name == "is_state" else "on"]
                if value
                else (["false"] if name == "is_state" else [])
            )
        vocabulary = VOCABULARIES.get((table, name)) or BY_NAME.get(name)
        if name == "status" and table == "violation":
            vocabulary = None
        if name in AREAS and isinstance(value, str):
            return self.areas[value]
        if vocabulary and isinstance(value, list):
            return [self.terms[vocabulary, code] for code in value]
        if vocabulary:
            return self.terms[vocabulary, value]
        if name in ("demands", "demands_local", "other_names"):
            return "\r\n".join(value)
        if isinstance(value, list):
            return [self.found[each] for each in value]
        return self.found.get(value, value.strip() if isinstance(value, str) else value)

    def type_sources(self, form, prefix, row):
        cited = row.get("cite", [])
        values = {"cited_sources": [self.found[each["source"]] for each in cited]}
        if len(cited) == 1:
            values["cited_where"] = cited[0].get("at", "")
        form.fill(prefix, **values) if prefix else form.fill(**values)

    def type_elements(self, form, prefix, act):
        for element in act.get("element", []):
            name = element["element"].removeprefix("el-")
            form.fill(
                prefix,
                **{
                    f"{name}_finding": self.terms["element-finding", element["finding"]],
                    f"{name}_note": element.get("note", ""),
                    f"{name}_sources": [self.found[e["source"]] for e in element["cite"]],
                },
            )

    # ------------------------------------------------------------------------ details

    def look_up_rows(self, row, table):
        """The keys of rows that others point to, as their boxes offer them."""
        for fact in row.get(table, []):
            if "id" in fact and fact["id"] not in self.found:
                pk = self.row_in(self.found[row["id"]], table, fact)
                if pk is not None:
                    self.found[fact["id"]] = pk

    def row_in(self, incident, table, fact):
        rows = getattr(Incident.objects.get(pk=incident), ROWS[table]).all()
        keys = {
            "violation": lambda each: each.person_id == self.found[fact["person"]],
            "attribution": lambda each: each.words == fact["words"].strip(),
            "account": lambda each: each.answer == fact["answer"].strip(),
            "intervention": lambda each: each.by_text == fact.get("by_text", ""),
        }
        return next((each.pk for each in rows if keys[table](each)), None)

    def mend_citations(self, row):
        """Place, stance and reliability of each citation, on its own page where needed."""
        incident = self.found[row["id"]]
        self.mend(Citation.objects.filter(incident=incident), row)
        for table in ROWS:
            column = {"body": "body_entry"}.get(table, table)
            facts = list(CITED_FACTS[column].objects.filter(incident=incident).order_by("pk"))
            for fact, made in zip(row.get(table, []), facts, strict=True):
                self.mend(Citation.objects.filter(**{column: made}), fact)
                if table == "violation":
                    for element in fact.get("element", []):
                        judged = made.elements.get(element__code=element["element"])
                        self.mend(Citation.objects.filter(element=judged), element)

    def mend(self, citations, row):
        for cited, citation in zip(row.get("cite", []), citations.order_by("pk"), strict=True):
            assert citation.source_id == self.found[cited["source"]]
            wanted = self.typed("citation", cited, leave={"source", "at"})
            if cited.get("at", "") != citation.locator:
                wanted["locator"] = cited["at"]
            if wanted:
                path = f"/admin/incidents/citation/{citation.pk}/change/"
                Form(self.client, path, "citation_form").fill(**wanted).save()
