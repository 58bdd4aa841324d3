"""The one filter: every parameter of pages, API, exports, feeds and statistics, declared once.

Nothing is derived from models. Facts (rows of ``Fact``) are chosen; an incident, victim or
violation is listed when one of its facts is chosen, an agency when it is alleged responsible in
one, a legal action when it belongs to one, a source when one rests on it. Comma and repetition
are OR inside a parameter, different parameters are AND. ``__not`` leaves out the facts that have
the value; those for which nothing is recorded stay.
"""

from typing import Final

from django.utils.translation import gettext_lazy as _

from record.date_question import OWN_DATE, DateMode
from record.filter_sets import ParameterSet
from record.models import AgencyText, IncidentText, LegalActionText, SourceText
from record.models.fact import AreaBasis
from record.parameter_filters import (
    AgencyParameter,
    AreaParameter,
    BoundParameter,
    ForumParameter,
    NameParameter,
    PeriodParameter,
    SourceParameter,
    TermParameter,
    TypeParameter,
    WordParameter,
    WordsParameter,
    YesNoParameter,
)
from record.resources import RESOURCES

_SURENESS: Final = (
    (DateMode.POSSIBLE.value, _("possibly in the range")),
    (DateMode.CERTAIN.value, _("certainly in the range")),
)
_MODES: Final = (*_SURENESS, (DateMode.ONGOING.value, _("going on at any time in the range")))
_IN: Final = _("%(what)s in %(value)s")
_NOT_IN: Final = _("%(what)s not in %(value)s")
_MENTIONING: Final = _("%(what)s, mentioning “%(value)s”")
_DATED: Final = _("%(what)s, date: %(value)s")
_NOT_DATED: Final = _("%(what)s, date other than: %(value)s")


class FactFilters(ParameterSet):
    """Parameters that choose facts."""

    type = TypeParameter(
        label=_("Violation"),
        help_text=_("What was done, with all kinds of it; “none” for incidents without violation."),
        bare_label=_("incidents without a recorded violation"),
        phrase_not=_("%(what)s, other than: %(value)s"),
        phrase_and=_("%(what)s, of these only: %(value)s"),
    )
    area = AreaParameter(
        label=_("Place"),
        help_text=_("Code or name of a country, province, division, district, tehsil or town."),
        phrase=_IN,
        phrase_not=_NOT_IN,
    )
    province = AreaParameter(
        level="province",
        label=_("Province"),
        help_text=_("Code or name of a province."),
        bare_label=_("an unknown province"),
        phrase=_IN,
        phrase_not=_NOT_IN,
    )
    division = AreaParameter(
        level="division",
        label=_("Division"),
        help_text=_("Code or name of a division."),
        bare_label=_("an unknown division"),
        phrase=_IN,
        phrase_not=_NOT_IN,
    )
    district = AreaParameter(
        level="district",
        label=_("District"),
        help_text=_("Code or name of a district."),
        bare_label=_("an unknown district"),
        phrase=_IN,
        phrase_not=_NOT_IN,
    )
    tehsil = AreaParameter(
        level="tehsil",
        label=_("Tehsil"),
        help_text=_("Code or name of a tehsil, where one is known."),
        bare_label=_("an unknown tehsil"),
        phrase=_IN,
        phrase_not=_NOT_IN,
    )
    area_basis = WordParameter(
        column="area_basis",
        choices=AreaBasis.choices,
        label=_("Basis of the place"),
        help_text=_("Whether a source states the place, or we inferred it from another place."),
        phrases={
            AreaBasis.STATED: _("%(what)s, place stated by a source"),
            AreaBasis.INFERRED: _("%(what)s, place inferred by us"),
        },
    )
    date_from = BoundParameter(
        last=False,
        label=_("From"),
        help_text=_("First day of the range: a day, a month or a year."),
    )
    date_to = BoundParameter(
        last=True,
        label=_("To"),
        help_text=_("Last day of the range: a day, a month or a year."),
    )
    date_mode = WordParameter(
        choices=_MODES,
        label=_("How sure"),
        help_text=_("How the date must lie to the range; possible where nothing is said."),
    )
    date_unknown = YesNoParameter(
        label=_("Date unknown"),
        help_text=_("“true” for those without any date, “false” for those with one."),
    )
    month = PeriodParameter(
        by="month",
        label=_("Month"),
        help_text=_(
            "Dated within this month, as statistics count; 2006-XX for 2006, month unknown."
        ),
        phrase=_DATED,
        phrase_not=_NOT_DATED,
    )
    year = PeriodParameter(
        by="year",
        label=_("Year"),
        help_text=_("Dated within this year, as statistics count."),
        phrase=_DATED,
        phrase_not=_NOT_DATED,
    )
    status = TermParameter(
        vocabulary="victim-status",
        ids="statuses",
        label=_("Status of the victim"),
        help_text=_("What is known of the victim now, such as disappeared or released."),
        phrase=_("%(what)s, victim's present status: %(value)s"),
        phrase_not=_("%(what)s, victim's present status other than: %(value)s"),
    )
    agency = AgencyParameter(
        ids="agencies",
        label=_("Alleged responsible"),
        help_text=_("Reference, exact name or abbreviation of an agency; sub-units included."),
        phrase=_("%(what)s, alleged responsible: %(value)s"),
        phrase_not=_("%(what)s, alleged responsible other than: %(value)s"),
        phrase_and=_("%(what)s, also alleged responsible: %(value)s"),
    )
    agency_type = TermParameter(
        vocabulary="agency-type",
        ids="agency_types",
        reserved="none",
        bare_label=_("nobody named"),
        label=_("Kind of agency alleged responsible"),
        help_text=_("What kind of force, group or body is alleged responsible."),
        phrase=_("%(what)s, kind of agency alleged responsible: %(value)s"),
        phrase_not=_("%(what)s, kind of agency alleged responsible other than: %(value)s"),
    )
    grade = TermParameter(
        vocabulary="grade",
        column="grade",
        label=_("How well established"),
        help_text=_("The grade of verification."),
        phrase=_("%(what)s, graded as: %(value)s"),
        phrase_not=_("%(what)s, graded other than: %(value)s"),
    )
    contested = YesNoParameter(
        column="contested",
        label=_("Accounts disagree"),
        help_text=_("Whether the published accounts contradict each other."),
        phrase=_("%(what)s, accounts disagree"),
        phrase_false=_("%(what)s, accounts do not disagree"),
    )
    attribution = TermParameter(
        vocabulary="attribution",
        ids="attributions",
        reserved="none",
        bare_label=_("nothing recorded"),
        label=_("What the accused side says"),
        help_text=_("What officials, or the group accused, say of it."),
        phrase=_("%(what)s, the accused side's version: %(value)s"),
        phrase_not=_("%(what)s, the accused side's version other than: %(value)s"),
        phrase_and=_("%(what)s, the accused side's version also: %(value)s"),
    )
    legal = TermParameter(
        vocabulary="legal-action-type",
        ids="legal_types",
        reserved="none",
        bare_label=_("none recorded"),
        label=_("Legal action"),
        help_text=_("A kind of legal action taken, or “none”."),
        phrase=_("%(what)s, legal action: %(value)s"),
        phrase_not=_("%(what)s, legal action other than: %(value)s"),
    )
    name = NameParameter(
        label=_("Name of the victim"),
        help_text=_("In any spelling, in Latin or Arabic script."),
        phrase=_("%(what)s, victim named like %(value)s"),
    )
    sex = TermParameter(
        vocabulary="sex",
        column="sex",
        label=_("Sex"),
        help_text=_("Sex of the victim."),
        phrase=_("%(what)s, sex of the victim: %(value)s"),
        phrase_not=_("%(what)s, sex of the victim other than: %(value)s"),
    )
    age_group = TermParameter(
        vocabulary="age-group",
        column="age_group",
        label=_("Age group"),
        help_text=_("Age of the victim at the time."),
        phrase=_("%(what)s, age group: %(value)s"),
        phrase_not=_("%(what)s, age group other than: %(value)s"),
    )
    occupation = TermParameter(
        vocabulary="occupation",
        ids="occupations",
        label=_("Occupation"),
        help_text=_("Occupation of the victim at the time."),
        phrase=_("%(what)s, occupation of the victim: %(value)s"),
        phrase_not=_("%(what)s, occupation of the victim other than: %(value)s"),
    )
    named = YesNoParameter(
        column="named",
        label=_("Victim named"),
        help_text=_("Whether the victim appears with a name."),
        phrase=_("%(what)s, victim named"),
        phrase_false=_("%(what)s, victim not named"),
    )
    source_type = TermParameter(
        vocabulary="source-type",
        ids="source_types",
        reserved="none",
        bare_label=_("no published source"),
        label=_("Kind of source"),
        help_text=_("What kind of source it rests on."),
        phrase=_("%(what)s, resting on: %(value)s"),
        phrase_not=_("%(what)s, not resting on: %(value)s"),
        phrase_and=_("%(what)s, resting also on: %(value)s"),
    )
    source = SourceParameter(
        label=_("Source"),
        help_text=_("Reference of a source it rests on, such as SRC-2026-0001."),
        phrase=_("%(what)s, resting on: %(value)s"),
        phrase_not=_("%(what)s, not resting on: %(value)s"),
        phrase_and=_("%(what)s, resting also on: %(value)s"),
    )
    q = WordsParameter(
        texts=IncidentText,
        column="incident_id",
        label=_("Words"),
        help_text=_("All these words, in any language of the record."),
        phrase=_MENTIONING,
    )


class IncidentFilters(FactFilters):
    """Parameters of lists of incidents."""

    resource = RESOURCES["incidents"]


class VictimFilters(FactFilters):
    """Parameters of lists of victims."""

    resource = RESOURCES["victims"]


class ViolationFilters(FactFilters):
    """Parameters of lists of violations."""

    resource = RESOURCES["violations"]


class AgencyFilters(FactFilters):
    """Parameters of lists of agencies: their own type and words, and facts they appear in."""

    resource = RESOURCES["agencies"]

    agency = AgencyParameter(
        ids="lineage",
        own=True,
        reserved="",
        label=_("Agency"),
        help_text=_("Reference, exact name or abbreviation of an agency; lists its sub-units too."),
        phrase=_("%(what)s, belonging to: %(value)s"),
        phrase_not=_("%(what)s, not belonging to: %(value)s"),
    )
    agency_type = TermParameter(
        vocabulary="agency-type",
        ids="types",
        own=True,
        label=_("Kind of agency"),
        help_text=_("What kind of force, group or body it is."),
        phrase=_("%(what)s, kind: %(value)s"),
        phrase_not=_("%(what)s, kind other than: %(value)s"),
    )
    q = WordsParameter(
        texts=AgencyText,
        column="entry_id",
        own=True,
        label=_("Words"),
        help_text=_("Words of the agency's names."),
        phrase=_MENTIONING,
    )


class LegalActionFilters(FactFilters):
    """Parameters of lists of legal actions: their own type, place, date, forum and course, and
    the facts they belong to."""

    resource = RESOURCES["legal-actions"]

    area = AreaParameter(
        own=True,
        label=_("Place"),
        help_text=_("Where the legal action is: code or name of an area."),
        phrase=_IN,
        phrase_not=_NOT_IN,
    )
    province = AreaParameter(
        own=True,
        level="province",
        reserved="",
        label=_("Province"),
        help_text=_("Code or name of the province of the legal action."),
        phrase=_IN,
        phrase_not=_NOT_IN,
    )
    division = AreaParameter(
        own=True,
        level="division",
        reserved="",
        label=_("Division"),
        help_text=_("Code or name of the division of the legal action."),
        phrase=_IN,
        phrase_not=_NOT_IN,
    )
    district = AreaParameter(
        own=True,
        level="district",
        reserved="",
        label=_("District"),
        help_text=_("Code or name of the district of the legal action."),
        phrase=_IN,
        phrase_not=_NOT_IN,
    )
    tehsil = AreaParameter(
        own=True,
        level="tehsil",
        reserved="",
        label=_("Tehsil"),
        help_text=_("Code or name of the tehsil of the legal action."),
        phrase=_IN,
        phrase_not=_NOT_IN,
    )
    area_basis = WordParameter(
        own=True,
        column="area_basis",
        choices=AreaBasis.choices,
        label=_("Basis of the place"),
        help_text=_("Whether a source states the place, or we inferred it from another place."),
        phrases={
            AreaBasis.STATED: _("%(what)s, place stated by a source"),
            AreaBasis.INFERRED: _("%(what)s, place inferred by us"),
        },
    )
    date_mode = WordParameter(
        choices=_SURENESS,
        label=_("How sure"),
        help_text=_("How the date of filing must lie to the range."),
    )
    month = PeriodParameter(
        own=True,
        by="month",
        dates=OWN_DATE,
        label=_("Month"),
        help_text=_("Filed within this month; 2006-XX for 2006, month unknown."),
        phrase=_DATED,
        phrase_not=_NOT_DATED,
    )
    year = PeriodParameter(
        own=True,
        by="year",
        dates=OWN_DATE,
        label=_("Year"),
        help_text=_("Filed within this year."),
        phrase=_DATED,
        phrase_not=_NOT_DATED,
    )
    legal = TermParameter(
        own=True,
        vocabulary="legal-action-type",
        ids="types",
        reserved="",
        label=_("Kind of legal action"),
        help_text=_("What kind of legal action it is."),
        phrase=_("%(what)s, kind: %(value)s"),
        phrase_not=_("%(what)s, kind other than: %(value)s"),
    )
    forum = ForumParameter(
        label=_("Court or body"),
        help_text=_("Reference, exact name or abbreviation of the court or body it is before."),
        phrase=_("%(what)s, before: %(value)s"),
        phrase_not=_("%(what)s, before others than: %(value)s"),
    )
    stage = TermParameter(
        own=True,
        vocabulary="legal-stage",
        ids="stages",
        label=_("Stage"),
        help_text=_("How far it has come."),
        phrase=_("%(what)s, stage: %(value)s"),
        phrase_not=_("%(what)s, stage other than: %(value)s"),
    )
    outcome = TermParameter(
        own=True,
        vocabulary="legal-outcome",
        ids="outcomes",
        label=_("Outcome"),
        help_text=_("How it ended, or that it is pending."),
        phrase=_("%(what)s, outcome: %(value)s"),
        phrase_not=_("%(what)s, outcome other than: %(value)s"),
    )
    compliance = TermParameter(
        own=True,
        vocabulary="legal-compliance",
        ids="compliances",
        label=_("Compliance"),
        help_text=_("Whether its orders were obeyed."),
        phrase=_("%(what)s, orders: %(value)s"),
        phrase_not=_("%(what)s, orders other than: %(value)s"),
    )
    q = WordsParameter(
        texts=LegalActionText,
        column="entry_id",
        own=True,
        label=_("Words"),
        help_text=_("Words of the legal action and its steps."),
        phrase=_MENTIONING,
    )


class SourceFilters(FactFilters):
    """Parameters of lists of sources: their own type, date and words, and the facts that rest
    on them."""

    resource = RESOURCES["sources"]

    source = None  # type: ignore[assignment]
    date_mode = WordParameter(
        choices=_SURENESS,
        label=_("How sure"),
        help_text=_("How the date of publication must lie to the range."),
    )
    month = PeriodParameter(
        own=True,
        by="month",
        dates=OWN_DATE,
        label=_("Month"),
        help_text=_("Published within this month; 2006-XX for 2006, month unknown."),
        phrase=_DATED,
        phrase_not=_NOT_DATED,
    )
    year = PeriodParameter(
        own=True,
        by="year",
        dates=OWN_DATE,
        label=_("Year"),
        help_text=_("Published within this year."),
        phrase=_DATED,
        phrase_not=_NOT_DATED,
    )
    source_type = TermParameter(
        own=True,
        vocabulary="source-type",
        ids="types",
        label=_("Kind of source"),
        help_text=_("What kind of source it is."),
        phrase=_("%(what)s, kind: %(value)s"),
        phrase_not=_("%(what)s, kind other than: %(value)s"),
    )
    q = WordsParameter(
        texts=SourceText,
        column="entry_id",
        own=True,
        label=_("Words"),
        help_text=_("Words of title, publisher and author."),
        phrase=_MENTIONING,
    )


FILTERS: Final[dict[str, type[ParameterSet]]] = {
    filters.resource.name: filters
    for filters in (
        IncidentFilters,
        VictimFilters,
        ViolationFilters,
        AgencyFilters,
        LegalActionFilters,
        SourceFilters,
    )
}
