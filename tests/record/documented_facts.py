"""The documented first case, and a few facts around it, published; each thing with a short name.

Tests say by these names what a question must find and what it must not.
"""

import io
import json

from django.apps import apps
from django.db import connection

from tests.record.factories import (
    LATER,
    agency,
    attribution,
    citation,
    involvement,
    legal_action,
    publish,
    publish_incident,
    source,
    step,
    unnamed_victim,
    victim,
    violation,
    withheld_victim,
)


class DocumentedFacts:
    """The published things by name. ``called`` turns documents found into their names."""

    def __init__(self):
        self._reference_of = {}
        self._publish_sources_and_agencies()
        self._draft_legal_actions()
        self._draft_victims()
        self._publish_case()
        self._publish_others()

    def __getitem__(self, name):
        """The public reference of the thing with this name."""
        return self._reference_of[name]

    def name_of(self, reference):
        """The name of the thing with this public reference."""
        return next(name for name, found in self._reference_of.items() if found == reference)

    def called(self, documents):
        """The names of documents, in their order."""
        return [self.name_of(json.loads(document)["reference"]) for document in documents]

    def _name(self, **things):
        for name, thing in things.items():
            self._reference_of[name.replace("_", " ")] = thing.reference
            setattr(self, name, thing)

    def _publish_sources_and_agencies(self):
        self._name(
            article=source("Mass protests continue", type="opinion", published="2023-12-11"),
            family=source("The family's account", type="family-statement", published=""),
            statement=source(
                "First statement", type="official-statement", published="2023-11-22/2023-11-23"
            ),
            police=agency("Balochistan Police", type="police", name_local="بلوچستان پولیس"),
            forces=agency("Security forces (unspecified)", type="state-unspecified"),
            army=agency("Pakistan Army", type="army"),
            bla=agency("Baloch Liberation Army", type="armed-opposition", abbreviation="BLA"),
            court=agency("Balochistan High Court", type="court", abbreviation="BHC"),
        )
        self._name(
            ctd=agency(
                "Counter-Terrorism Department",
                type="counter-terrorism",
                abbreviation="CTD",
                name_local="محکمہ انسداد دہشت گردی",
                parents=[self.police],
            ),
            bench=agency("Turbat Bench", type="court", parents=[self.court]),
        )
        publish(self.police, self.court)
        publish(self.army, self.forces, self.bla, self.ctd, self.bench)

    def _draft_legal_actions(self):
        self._name(
            production=legal_action(
                "Production before the Anti-Terrorism Court",
                type="production",
                filed="2023-11-21",
                area="PK211",
                stage="decided",
            ),
            order=legal_action(
                "Order to register the case",
                type="jop-petition",
                filed="2023-11-25",
                area="PK211-turbat",
                stage="decided",
                outcome="granted",
                steps=[step(date="2023-11-25", compliance="defied")],
            ),
            challenge=legal_action(
                "Petition to set the order aside",
                type="challenge",
                filed="2023-11-25/2023-12-09",
                forum=self.court,
                area="PK226",
                stage="filed",
            ),
            suspension=legal_action(
                "Suspension of four officials",
                type="departmental",
                filed="2023-12-11",
                forum=self.bench,
                stage="decided",
                outcome="granted",
            ),
        )

    def _draft_victims(self):
        self._name(
            balaach=victim(
                "Balaach",
                name_local="بالاچ",
                fathers_name="Mola Bakhsh",
                fathers_name_local="مولا بخش",
                occupation="tailor",
                status="dead",
            ),
            three=unnamed_victim(people=3, sex=None, age_group=None, status="dead"),
            bugti=victim("Nawab Akbar Khan Bugti", status="dead"),
            labourers=unnamed_victim(people=None, sex=None, age_group=None, status="dead"),
            student=victim("Zahid Baloch", occupation="university-student", sex="unknown"),
            girl=withheld_victim(sex="woman", age_group="child"),
        )

    def _publish_case(self):
        self._name(
            disappearance=violation(
                "short-term-disappearance",
                victim=self.balaach,
                end="2023-11-20/2023-11-21",
                involvements=[involvement(self.forces)],
                attributions=[attribution("officials-deny")],
                citations=[citation(self.article), citation(self.family)],
            ),
            killing=violation(
                "staged-encounter",
                victim=self.balaach,
                grade="contested",
                involvements=[involvement(self.ctd)],
                attributions=[attribution("officials-other-version")],
                citations=[citation(self.article), citation(self.statement)],
            ),
            killing_of_three=violation(
                "staged-encounter",
                victim=self.three,
                involvements=[involvement(self.ctd)],
                citations=[citation(self.statement)],
            ),
        )
        self._name(
            taking=publish_incident(
                "Taken from home at night",
                date="2023-10-29",
                basis="inferred",
                violations=[self.disappearance],
                legal_actions=[self.production],
                citations=[],
            ),
            encounter=publish_incident(
                "Four killed near Pasni Road",
                date="2023-11-22/2023-11-23",
                area="PK211-turbat",
                violations=[self.killing, self.killing_of_three],
                legal_actions=[self.order, self.challenge, self.suspension],
                citations=[],
            ),
            sit_in=publish_incident(
                "Sit-in at the square",
                kind="protest",
                date="2023-11-23",
                end="2023-12-08/2023-12-10",
                area="PK211-turbat",
                violations=[],
                citations=[citation(self.article)],
            ),
        )

    def _publish_others(self):
        self._name(
            killing_of_bugti=violation(
                "extrajudicial-killing",
                victim=self.bugti,
                involvements=[involvement(self.army)],
                citations=[citation(self.article)],
            ),
            killing_of_labourers=violation(
                "killing-armed-group",
                victim=self.labourers,
                involvements=[involvement(self.bla)],
                attributions=[attribution("group-claim")],
            ),
            student_missing=violation(
                "enforced-disappearance",
                victim=self.student,
                grade="corroborated",
                involvements=[involvement(self.ctd), involvement(self.army)],
                attributions=[attribution("officials-silent")],
            ),
            girl_missing=violation(
                "enforced-disappearance", victim=self.girl, grade="not-assessed"
            ),
        )
        self._name(
            operation=publish_incident(
                "Killed during a military operation",
                date="2006",
                area="PK2",
                violations=[self.killing_of_bugti],
                citations=[],
            ),
            attacks=publish_incident(
                "Labourers killed",
                date="2018/2019",
                area="PK2",
                violations=[self.killing_of_labourers],
                citations=[],
            ),
            hostel=publish_incident(
                "Taken from a hostel in Quetta",
                date="2020-03",
                area="PK226",
                violations=[self.student_missing],
                citations=[],
                at=LATER,
            ),
            unknown_case=publish_incident(
                "A girl is missing",
                date="",
                area=None,
                violations=[self.girl_missing],
                citations=[],
                at=LATER,
            ),
        )


_snapshot = {}


def documented_facts():
    """The documented facts in the test's transaction.

    Publishing them takes half a second; so their rows are kept and copied into later tests.
    """
    tables = [model._meta.db_table for model in apps.get_app_config("record").get_models()]
    with connection.cursor() as cursor:
        if _snapshot:
            for table, rows in _snapshot["rows"].items():
                cursor.copy_expert(f"COPY {table} FROM STDIN", io.StringIO(rows))
            return _snapshot["facts"]
        facts = DocumentedFacts()
        rows = {}
        for table in tables:
            stream = io.StringIO()
            cursor.copy_expert(f"COPY {table} TO STDOUT", stream)
            rows[table] = stream.getvalue()
        _snapshot.update(facts=facts, rows=rows)
        return facts
