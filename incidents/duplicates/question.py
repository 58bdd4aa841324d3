"""The one question to the database behind all hints: who resembles these people, and in what.

Many people are asked for at once, by the keys of their names; facts are read from the case file.
Who comes into question at all is found by index: the same consonants of the name, the same
consonants of name and father's name run together, or a whole name that is spelt much alike.
Acts of restricted cases are compared only for a reader who may know of them.
"""

from typing import Final

from django.db.models import Model

from incidents.models import (
    Incident,
    LikenessDecision,
    Merger,
    NameKey,
    Person,
    PersonRelation,
    Violation,
)
from reference.models import Area, Term

SIMILAR: Final = 0.4
"""Trigram similarity from which two spellings in one script count as one: Balach and Balch are
0.44, Salim and Salam 0.33, Hasan and Husain 0.08, قادر and قدیر 0.1."""

NEAR: Final = 0.6
"""Trigram similarity of whole names from which somebody comes into question by spelling alone."""

CLOSE_DAYS: Final = 31
NARROW_DAYS: Final = 366
"""A date that can mean more days than this proves nothing by overlapping with another."""

AGE_LEEWAY: Final = 365
"""Days by which ages told of by different people may be wrong."""


def _table(model: type[Model]) -> str:
    return f'"{model._meta.db_table}"'


_SEED = """
    seed AS MATERIALIZED (
        SELECT * FROM jsonb_to_recordset(%(seeds)s::jsonb) AS typed (
            seed bigint, is_arabic boolean, given text, bones text, father text,
            father_bones text, whole text, whole_bones text)
    ), typed AS MATERIALIZED (
        SELECT * FROM jsonb_to_recordset(%(typed)s::jsonb) AS typed (
            id bigint, sex text, birth_earliest date, birth_latest date)
    )"""

_BY_NAME = f"""
    met AS (
        SELECT seed.seed, key.person_id AS other FROM seed
        JOIN {_table(NameKey)} AS key ON key.bones = seed.bones
        WHERE seed.bones <> ''
        UNION
        SELECT seed.seed, key.person_id FROM seed
        JOIN {_table(NameKey)} AS key ON key.whole_bones = seed.whole_bones
        WHERE seed.whole_bones <> ''
        UNION
        SELECT seed.seed, key.person_id FROM seed
        JOIN {_table(NameKey)} AS key ON key.whole %% seed.whole
        WHERE seed.whole <> ''
    )"""  # noqa: S608 - the tables' own names

_GIVEN = """
    met AS (SELECT DISTINCT seed.seed, other FROM seed, unnest(%(others)s::bigint[]) AS other)"""

_COMPARED = f"""
    spelt AS (
        SELECT met.seed, met.other,
            bool_or(mine.is_arabic AND theirs.is_arabic) AS both_arabic,
            max(level.name) FILTER (WHERE mine.is_arabic AND theirs.is_arabic) AS arabic_name,
            max(level.name) AS any_name,
            max(level.father) FILTER (WHERE mine.is_arabic AND theirs.is_arabic) AS arabic_father,
            max(level.father) AS any_father,
            bool_or(mine.given <> '') AS my_name,
            bool_or(coalesce(theirs.given, '') <> '') AS their_name,
            bool_or(mine.father <> '') AS my_father,
            bool_or(coalesce(theirs.father, '') <> '') AS their_father,
            max(run_together) AS run_together,
            max(least(cardinality(string_to_array(mine.given, ' ')),
                cardinality(string_to_array(theirs.given, ' '))))
                FILTER (WHERE level.name >= 2) AS words
        FROM met
        JOIN seed AS mine ON mine.seed = met.seed
        LEFT JOIN {_table(NameKey)} AS theirs ON theirs.person_id = met.other
        CROSS JOIN LATERAL (SELECT
            CASE WHEN mine.given = '' OR coalesce(theirs.given, '') = '' THEN 0
                WHEN mine.is_arabic <> theirs.is_arabic
                    THEN CASE WHEN mine.bones = theirs.bones THEN 2 ELSE 0 END
                WHEN mine.given = theirs.given THEN 3
                WHEN similarity(mine.given, theirs.given) >= {SIMILAR} THEN 1 ELSE 0 END AS name,
            CASE WHEN mine.father = '' OR coalesce(theirs.father, '') = '' THEN NULL
                WHEN mine.is_arabic <> theirs.is_arabic
                    THEN CASE WHEN mine.father_bones = theirs.father_bones THEN 2 ELSE 0 END
                WHEN mine.father = theirs.father THEN 3
                WHEN similarity(mine.father, theirs.father) >= {SIMILAR} THEN 1
                ELSE 0 END AS father,
            CASE WHEN (mine.father = '') = (coalesce(theirs.father, '') = '')
                    OR mine.whole = '' OR coalesce(theirs.whole, '') = '' THEN 0
                WHEN mine.is_arabic <> theirs.is_arabic
                    THEN CASE WHEN mine.whole_bones = theirs.whole_bones THEN 2 ELSE 0 END
                WHEN mine.whole = theirs.whole THEN 3 ELSE 0 END AS run_together
        ) AS level
        WHERE met.other <> met.seed
        GROUP BY met.seed, met.other
    ), judged AS (
        SELECT seed, other, coalesce(words, 1) AS words,
            greatest(run_together, CASE WHEN both_arabic THEN arabic_name ELSE any_name END)
                AS name,
            CASE WHEN run_together > 0 THEN run_together
                WHEN both_arabic THEN coalesce(arabic_father, any_father)
                ELSE any_father END AS father,
            CASE WHEN my_father OR their_father THEN 'one' ELSE 'neither' END AS no_father,
            CASE WHEN my_name AND their_name THEN 'differs' WHEN my_name OR their_name THEN 'one'
                ELSE 'neither' END AS no_name
        FROM spelt
    )"""  # noqa: S608 - the tables' own names

_ALIKE = f"""
    pair AS MATERIALIZED (
        SELECT judged.* FROM judged JOIN {_table(Person)} AS person ON person.id = judged.other
        JOIN {_table(Term)} AS unit ON unit.id = person.unit_id AND unit.code = 'individual'
        WHERE judged.name > 0
        AND NOT EXISTS (SELECT FROM {_table(Merger)} AS merger
            WHERE merger.undone_at IS NULL AND merger.loser_id = judged.other)
        AND NOT EXISTS (SELECT FROM {_table(PersonRelation)} AS tie
            WHERE (tie.person_id, tie.other_id) IN
                ((judged.seed, judged.other), (judged.other, judged.seed)))
        AND NOT EXISTS (SELECT FROM {_table(LikenessDecision)} AS decided
            WHERE decided.first_id = least(judged.seed, judged.other)
            AND decided.second_id = greatest(judged.seed, judged.other)
            AND decided.decision = 'different')
    )"""  # noqa: S608 - the tables' own names

_ANY = "pair AS MATERIALIZED (SELECT * FROM judged)"

_FACTS = f"""
    meant AS (SELECT seed AS id FROM pair UNION SELECT other FROM pair),
    district AS MATERIALIZED (
        SELECT area.id, step.id AS district FROM {_table(Area)} AS area
        JOIN {_table(Area)} AS step ON step.id = ANY (area.path) AND step.level = 'district'
    ), act AS MATERIALIZED (
        SELECT act.person_id AS person, act.incident_id AS incident, type.path[1] AS kind,
            coalesce((type.attributes ->> 'death')::boolean, false) AS death,
            CASE WHEN act.start <> '' THEN act.start_earliest ELSE incident.date_earliest END
                AS earliest,
            CASE WHEN act.start <> '' THEN act.start_latest ELSE incident.date_latest END
                AS latest,
            district.district, act.age_low, act.age_high
        FROM {_table(Violation)} AS act
        JOIN meant ON meant.id = act.person_id
        JOIN {_table(Incident)} AS incident ON incident.id = act.incident_id
        JOIN {_table(Term)} AS type ON type.id = act.type_id
        LEFT JOIN district ON district.id = coalesce(act.area_id, incident.area_id)
        WHERE NOT incident.restricted OR %(sees_all)s OR EXISTS (
            SELECT FROM {_table(Incident.assigned.through)} AS assignment
            WHERE assignment.incident_id = incident.id
            AND assignment.staffmember_id = %(reader)s)
    ), said AS MATERIALIZED (
        SELECT act.person,
            bool_or(act.earliest IS NOT NULL OR act.latest IS NOT NULL) AS dated,
            bool_or(act.district IS NOT NULL) AS placed,
            min(act.earliest - ((act.age_high + 1) * 366 + {AGE_LEEWAY})) AS born_after,
            max(act.latest - (act.age_low * 365 - {AGE_LEEWAY})) AS born_before
        FROM act GROUP BY act.person
    ), self AS MATERIALIZED (
        SELECT known.id, known.sex, coalesce(said.dated, false) AS dated,
            coalesce(said.placed, false) AS placed,
            CASE WHEN known.birth_earliest IS NULL AND known.birth_latest IS NULL
                THEN said.born_after ELSE known.birth_earliest END AS born_after,
            CASE WHEN known.birth_earliest IS NULL AND known.birth_latest IS NULL
                THEN said.born_before ELSE known.birth_latest END AS born_before
        FROM (
            SELECT person.id, sex.code AS sex, person.birth_earliest, person.birth_latest
            FROM {_table(Person)} AS person JOIN meant ON meant.id = person.id
            JOIN {_table(Term)} AS sex ON sex.id = person.sex_id
            UNION ALL SELECT id, sex, birth_earliest, birth_latest FROM typed
        ) AS known LEFT JOIN said ON said.person = known.id
    ), done AS (
        SELECT pair.seed, pair.other,
            bool_or(a.incident = b.incident) AS one_incident,
            bool_or(a.district = b.district) AS one_district,
            bool_or(a.kind = b.kind AND known.bounded) AS comparable,
            bool_or(a.kind = b.kind AND known.bounded AND overlap) AS overlap,
            bool_or(a.kind = b.kind AND known.bounded AND overlap
                AND greatest(a.latest - a.earliest, b.latest - b.earliest) <= {NARROW_DAYS}
                AND num_nulls(a.earliest, a.latest, b.earliest, b.latest) = 0) AS narrow,
            bool_or(a.kind = b.kind AND known.bounded AND overlap
                AND greatest(a.latest - a.earliest, b.latest - b.earliest) <= {CLOSE_DAYS}
                AND num_nulls(a.earliest, a.latest, b.earliest, b.latest) = 0) AS close,
            bool_or(a.death AND a.latest < b.earliest OR b.death AND b.latest < a.earliest)
                AS after_death
        FROM pair JOIN act AS a ON a.person = pair.seed JOIN act AS b ON b.person = pair.other
        CROSS JOIN LATERAL (SELECT
            num_nonnulls(a.earliest, a.latest) > 0 AND num_nonnulls(b.earliest, b.latest) > 0
                AS bounded,
            coalesce(a.earliest, '-infinity') <= coalesce(b.latest, 'infinity')
            AND coalesce(b.earliest, '-infinity') <= coalesce(a.latest, 'infinity') AS overlap
        ) AS known
        GROUP BY pair.seed, pair.other
    )"""  # noqa: S608 - the tables' own names

_VERDICTS = """
    verdict AS (
        SELECT pair.seed, pair.other, pair.name, pair.words, coalesce(pair.father, 0) AS father,
            CASE WHEN pair.name > 0 THEN 'agrees' ELSE pair.no_name END AS name_said,
            CASE WHEN pair.father > 0 THEN 'agrees' WHEN pair.father = 0 THEN 'differs'
                ELSE pair.no_father END AS father_said,
            CASE WHEN mine.sex = 'unknown' AND theirs.sex = 'unknown' THEN 'neither'
                WHEN mine.sex = 'unknown' OR theirs.sex = 'unknown' THEN 'one'
                WHEN mine.sex = theirs.sex THEN 'agrees' ELSE 'differs' END AS sex_said,
            CASE WHEN num_nonnulls(mine.born_after, mine.born_before) = 0
                    AND num_nonnulls(theirs.born_after, theirs.born_before) = 0 THEN 'neither'
                WHEN num_nonnulls(mine.born_after, mine.born_before) = 0
                    OR num_nonnulls(theirs.born_after, theirs.born_before) = 0 THEN 'one'
                WHEN coalesce(mine.born_after, '-infinity')
                        <= coalesce(theirs.born_before, 'infinity')
                    AND coalesce(theirs.born_after, '-infinity')
                        <= coalesce(mine.born_before, 'infinity') THEN 'agrees'
                ELSE 'differs' END AS birth_said,
            CASE WHEN done.after_death THEN 'differs' WHEN done.overlap THEN 'agrees'
                WHEN done.comparable THEN 'differs'
                WHEN mine.dated AND theirs.dated THEN 'open'
                WHEN mine.dated OR theirs.dated THEN 'one' ELSE 'neither' END AS date_said,
            CASE WHEN done.one_district THEN 'agrees'
                WHEN mine.placed AND theirs.placed THEN 'differs'
                WHEN mine.placed OR theirs.placed THEN 'one' ELSE 'neither' END AS place_said,
            coalesce(done.narrow AND NOT done.after_death, false) AS narrow,
            coalesce(done.close AND NOT done.after_death, false) AS close,
            coalesce(done.one_incident, false) AS one_incident
        FROM pair JOIN self AS mine ON mine.id = pair.seed
        JOIN self AS theirs ON theirs.id = pair.other
        LEFT JOIN done ON done.seed = pair.seed AND done.other = pair.other
    ), weighed AS (
        SELECT *, (birth_said = 'differs')::int + (date_said = 'differs')::int
            + (place_said = 'differs')::int AS against FROM verdict
    ), ranked AS (
        SELECT *, CASE
            WHEN one_incident AND NOT (name = 3 AND father = 3) THEN 0
            WHEN father_said = 'differs' OR sex_said = 'differs' THEN 1
            WHEN father > 0 AND against = 0 AND name >= 2
                AND (name = 3 OR narrow OR place_said = 'agrees' OR birth_said = 'agrees') THEN 3
            WHEN father > 0 AND against = 0 AND narrow THEN 3
            WHEN name = 3 AND close AND place_said = 'agrees' AND against = 0 THEN 3
            WHEN father > 0 AND against <= 1 THEN 2
            WHEN name >= 2 AND narrow AND against = 0 THEN 2
            WHEN name >= 2 AND words >= 2 AND place_said = 'agrees' AND against = 0 THEN 2
            ELSE 1 END AS strength
        FROM weighed
    )"""

_ENDING = """
    SELECT seed, other, strength, name_said, father_said, sex_said, birth_said, date_said,
        place_said
    FROM (
        SELECT *, row_number() OVER (PARTITION BY seed ORDER BY strength DESC,
            name + father + narrow::int + close::int - against
                + (place_said = 'agrees')::int DESC, other DESC) AS place_in_line
        FROM ranked {kept}
    ) AS best WHERE place_in_line <= %(limit)s ORDER BY seed, place_in_line
    """

_WORTH_LOOKING = """
    WHERE strength >= 2 OR strength = 1 AND (
        father > 0 AND sex_said <> 'differs'
        OR name >= 2 AND close AND place_said = 'agrees')"""


def _question(met: str, pair: str, kept: str) -> str:
    parts = (_SEED, met, _COMPARED, pair, _FACTS, _VERDICTS)
    return f"WITH {', '.join(parts)} {_ENDING.format(kept=kept)}"


FOR_THE_QUEUE: Final = _question(_BY_NAME, _ALIKE, _WORTH_LOOKING)
"""Everybody worth somebody's look: a shared name alone is not."""

WHILE_TYPING: Final = _question(_BY_NAME, _ALIKE, "WHERE strength > 0")
"""Also namesakes of whom nothing else is known: whoever types sees at once who is meant."""

FOR_TWO: Final = _question(_GIVEN, _ANY, "")
"""What agrees and differs of people who were named, whoever they are."""
