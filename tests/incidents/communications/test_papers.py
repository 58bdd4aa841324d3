"""What stands on a paper, what never does, and the files it becomes."""

import zipfile
from dataclasses import replace
from datetime import date
from io import BytesIO

import docx
import pytest
from docx.oxml.ns import qn
from pypdf import PdfReader

from incidents.communications.as_docx import as_docx
from incidents.communications.as_pdf import as_pdf
from incidents.communications.forms import Form
from incidents.communications.gaps import Where
from incidents.communications.gate import Refused
from incidents.communications.paper import Row, Section, steadied
from incidents.models import (
    Account,
    Contact,
    Intervention,
    InterventionAddressee,
    LegalStep,
    PersonName,
    PersonRelation,
)
from tests.incidents import factories as make
from tests.incidents.communications import cases

pytestmark = pytest.mark.django_db

ALL = ("share-un", "share-commission", "share-court", "keep")
WHOLE = (Form.WGEID, Form.COIED, Form.COURT, Form.FAMILY)


@pytest.fixture(autouse=True)
def _organisation(db):
    cases.organisation()


@pytest.fixture
def act(db):
    """A complete case with a history, and with what must never leave."""
    clerk = make.staff(first_name="Staffmark")
    act = cases.missing(
        cases.victim(birth="1999-03-04", occupation_note="Tailor"),
        consents=ALL,
        by=clerk,
        place_text="From his home near the college",
        internal_notes="Notemark",
    )
    person, incident = act.person, act.incident
    Contact.objects.create(person=person, text="Addressmark, 0300 0000000")
    PersonName.objects.create(person=person, kind=PersonName.Kind.ALIAS, given="Goru")
    make.status(incident, person, "disappeared", "2023-10-29")
    make.account(incident, "At night, by uniformed men", question="how-taken")
    petition = incident.legal_actions.get()
    LegalStep.objects.create(
        action=petition,
        date="2023-12-04",
        what="Hearing",
        result="Adjourned",
        next_date=date(2024, 2, 5),
    )
    appeal = Intervention.objects.create(
        incident=incident, by_text="The family", date="2023-11-30", text="An appeal for his release"
    )
    asked = make.agency("Home Department")
    InterventionAddressee.objects.create(intervention=appeal, agency=asked)
    witness = make.person("Witnessmark")
    trusted = {"confidential": True, "informant": witness, "publisher": "Told us"}
    make.cite(act, make.source("Testimonymark", **trusted))
    make.involvement(incident, description="Internalmark", internal=True)
    return act


KEPT_BACK = (
    *("Staffmark", "Notemark", "Addressmark", "Witnessmark", "Testimonymark", "Told us"),
    "Internalmark",
)


@pytest.mark.parametrize("language", ["en", "ur"])
@pytest.mark.parametrize("form", Form)
def test_no_paper_tells_who_told_us_who_works_here_or_where_anybody_lives(act, form, language):
    paper = cases.paper(act, form, language)
    text = cases.text_of(paper)
    assert [word for word in KEPT_BACK if word in text] == []
    with zipfile.ZipFile(BytesIO(as_docx(paper))) as parts:
        inside = b"".join(parts.read(name) for name in parts.namelist()).decode(errors="ignore")
    pdf = PdfReader(BytesIO(as_pdf(paper)))
    inside += "".join(page.extract_text() for page in pdf.pages) + str(pdf.metadata)
    assert [word for word in KEPT_BACK if word in inside] == []


def test_the_wgeid_form_tells_the_six_elements_in_their_order(act):
    paper = cases.paper(act, Form.WGEID)
    titles = [section.title for section in paper.sections]
    assert titles == [
        "A. Full name",
        "B. Date of disappearance",
        "C. Place",
        "D. Believed responsible",
        "E. Steps taken",
        "F. Person who submits",
        "Sources",
    ]
    text = cases.text_of(paper)
    for fact in (
        "Gwaram · گوارم",
        "Shambay · شمبے",
        "Goru",
        "4 March 1999",
        "Tailor",
        "29 October 2023",
        "From his home near the college, Turbat (tehsil), Kech (district)",
        "At night, by uniformed men – according to: Family of the victim",
        "Counter-Terrorism Department – according to: Family of the victim",
        "4 December 2023: Hearing · Adjourned · next date: 5 February 2024",
        "30 November 2023: The family · An appeal for his release",
        "to: Home Department",
        "Voice of the Missing",
        "office@voice.example",
    ):
        assert fact in text, fact
    assert "2026-11" in paper.follows


def test_the_coied_form_tells_the_four_elements_in_their_order(act):
    titles = [section.title for section in cases.paper(act, Form.COIED).sections]
    assert titles[:4] == ["1. Name with parentage", "2. Date", "3. Tehsil or area", "4. District"]


def test_what_nobody_told_us_is_not_known():
    act = cases.missing(consents=("share-un",))
    paper = cases.paper(act, Form.WGEID)
    rows = {row.label: list(row.statements) for row in paper.sections[0].rows}
    assert rows["Born"] == ["not known"]
    assert rows["Sex"] == ["not known"]


def test_facts_carry_the_numbers_of_sources_that_may_be_named(act):
    paper = cases.paper(act, Form.WGEID)
    sources = paper.sections[-1]
    assert [row.statements[0] for row in sources.rows] == [
        "Dawn · The usual newspaper · 26 November 2023"
    ]
    assert "According to the family he was taken from his home. [1]" in cases.text_of(paper)


def test_a_source_that_says_otherwise_is_said_to(act):
    make.cite(act.incident, make.source("A denial"), stance="disputes")
    text = cases.text_of(cases.paper(act, Form.WGEID))
    assert "taken from his home. [1] [disputed: 2]" in text


def test_in_urdu_words_dates_and_digits_are_urdu(act):
    act.incident.public_account_local = "خاندان کے مطابق اسے گھر سے اٹھایا گیا۔"
    act.incident.save()
    text = cases.text_of(cases.paper(act, Form.WGEID, "ur"))
    assert "خاندان کے مطابق اسے گھر سے اٹھایا گیا۔ [۱]" in text
    assert "۲۹ اکتوبر ۲۰۲۳" in text
    assert "تربت" in text
    assert "Turbat" not in text


def test_each_of_several_acts_is_told_with_what_is_its_own():
    act = cases.missing(consents=ALL)
    later = make.violation(
        act.incident,
        act.person,
        "extrajudicial-killing",
        start="2023-12-20",
        area=make.area().parent,
        area_basis="stated",
        stated_reason="An encounter",
        outcome="Buried at night",
    )
    later.methods.add(make.term("method", "shooting"))
    rows = {row.label: row.statements for row in cases.paper(act, Form.COURT).sections[1].rows}
    first, second = rows["What was done"]
    assert first.startswith("Enforced disappearance")
    assert second.startswith("20 December 2023 · Balochistan (province)")
    for told in ("reason given by those responsible: An encounter", "Buried at night"):
        assert told in second
    assert str(make.term("method", "shooting").label) in second
    assert "Since" in rows


def test_what_did_not_last_has_a_day_and_no_since():
    act = make.violation(make.incident(), cases.victim(), "extrajudicial-killing")
    cases.consent(act.person, "share-court")
    labels = [row.label for row in cases.paper(act, Form.COURT).sections[1].rows]
    assert "When" in labels
    assert "Since" not in labels


def test_words_of_an_act_are_its_place_and_lie_in_the_area_of_the_case(act):
    act.place_text_local = "کالج کے قریب"
    act.save()
    text = cases.text_of(cases.paper(act, Form.WGEID))
    assert "کالج کے قریب, Turbat (tehsil), Kech (district)" in text


def test_how_versions_stand_to_each_other_is_told(act):
    first = make.account(act.incident, "By night", question="how-taken", said="2023-11-02")
    make.account(act.incident, "By day", question="how-taken", replaces=first)
    make.account(act.incident, "Nobody was taken", question="how-taken", stance="denies")
    speaker = make.agency("The police", "police")
    old = make.attribution(act.incident, speaker, "officials-silent")
    make.attribution(act.incident, speaker, "officials-deny", replaces=old)
    make.involvement(act.incident, post="A post", degree=make.term("involvement-degree", "ordered"))
    lines = cases.text_of(cases.paper(act, Form.WGEID)).splitlines()
    told = {line.partition(" [")[0] for line in lines}
    family = "according to: Family of the victim"
    since = "they have since given another version"
    assert f"By night – {family} · said on: 2 November 2023 · {since}" in told
    assert f"By day – {family}" in told
    assert f"denies it · Nobody was taken – {family}" in told
    assert f"Officials silent – according to: The police · {since}" in told
    assert f"A post · Ordered – {family}" in told
    assert Account.objects.count() == 4


@pytest.mark.parametrize("form", WHOLE)
def test_a_paper_says_how_well_established_and_whether_it_was_checked(act, form):
    act.incident.grade = make.term("grade", "corroborated")
    act.incident.grade_reason = "Two sources agree."
    act.incident.save()
    text = cases.text_of(cases.paper(act, form))
    assert "Corroborated · Two sources agree." in text
    assert "not yet checked by a second person" in text
    make.approve(act.incident)
    assert "not yet checked" not in cases.text_of(cases.paper(act, form))


@pytest.mark.parametrize("grade", ["discounted", "retracted"])
def test_what_nobody_stands_up_for_is_not_sent(act, grade):
    act.incident.grade = make.term("grade", grade)
    act.incident.save()
    assert refused_for(act, Form.WGEID) == ["grade"]


@pytest.mark.parametrize(
    ("code", "date", "gaps"),
    [
        ("held-trial", "2023-12-24", ["status-elsewhere"]),
        ("disappeared", "2023-12-24", []),
        ("held-trial", "2019-12-24", []),
    ],
)
def test_what_another_case_knows_better_stops_the_paper(act, code, date, gaps):
    other = make.incident("Seen in another case")
    make.violation(other, act.person)
    make.status(other, act.person, code, date)
    if not gaps:
        assert cases.paper(act, Form.WGEID)
        return
    with pytest.raises(Refused) as refused:
        cases.paper(act, Form.WGEID)
    [gap] = refused.value.gaps
    assert [gap.code] == gaps
    assert gap.incident == other.pk
    assert "Seen in another case" in gap.message


# ------------------------------------------------------------------- what is only for the public


@pytest.fixture
def protected(act):
    """The same victim under the strictest protection that still shows: no name, the province, the
    year."""
    person = act.person
    person.name_protection, person.place_protection = "withheld", "province"
    person.date_protection = "year"
    person.save()
    act.incident.title = "A man taken"
    act.incident.save()
    return act


def test_the_open_sheet_tells_what_the_protection_rules_let_out(protected):
    text = cases.text_of(cases.paper(protected, Form.SHEET))
    for kept in (
        "Gwaram",
        "گوارم",
        "Shambay",
        "Goru",
        "Kech",
        "Turbat",
        "October",
        "college",
        "1999",
    ):
        assert kept not in text, kept
    assert "name withheld" in text
    assert "2023" in text


@pytest.mark.parametrize("form", [Form.FAMILY, Form.COURT])
def test_families_and_courts_read_the_whole(protected, form):
    text = cases.text_of(cases.paper(protected, form))
    for told in ("Gwaram", "Shambay", "Kech (district)", "29 October 2023", "college"):
        assert told in text, told


def test_without_consent_to_publish_there_is_no_open_sheet(act):
    act.person.publication_ground = None
    act.person.save()
    assert refused_for(act, Form.SHEET) == ["not-to-be-shown"]
    cases.consent(act.person, "publish-name")
    assert "Gwaram" in cases.text_of(cases.paper(act, Form.SHEET))


@pytest.mark.parametrize("name", ["Gwaram", "گوارم", "Shambay", "شمبے", "Gwaram's"])
def test_no_text_of_the_open_sheet_may_name_somebody_withheld_or_the_father(act, name):
    act.person.name_protection = "withheld"
    act.person.save()
    act.incident.public_account = f"According to his family {name} was taken."
    act.incident.save()
    assert refused_for(act, Form.SHEET) == ["name-of-others"]
    assert f"{name} was taken" in cases.text_of(cases.paper(act, Form.COURT))


OTHER_KINDS = ("alias", "as-printed", "document", "transliteration")


@pytest.mark.parametrize(("form", "hidden"), [(Form.SHEET, {"document"}), (Form.COURT, set())])
def test_the_open_sheet_tells_no_name_of_a_document_and_no_father_of_an_alias(act, form, hidden):
    for kind in OTHER_KINDS:
        given, father = f"Namemark {kind}", f"Fathermark {kind}"
        PersonName.objects.create(person=act.person, kind=kind, given=given, fathers_name=father)
    text = cases.text_of(cases.paper(act, form))
    assert {kind for kind in OTHER_KINDS if f"Namemark {kind}" not in text} == hidden
    assert ("Fathermark" in text) is form.whole


# --------------------------------------------------------- whose place in public is not told


def public(act, protection):
    """The case published, with the person shown to such an extent."""
    act.person.name_protection = protection
    act.person.save()
    for appeal in act.incident.interventions.all():
        make.cite(appeal)
    make.publish(act.incident)
    act.incident.refresh_from_db()
    act.person.refresh_from_db()
    return cases.subject(act)


@pytest.mark.parametrize("form", WHOLE)
@pytest.mark.parametrize("protection", ["withheld", "initials"])
def test_a_paper_with_the_name_does_not_say_who_that_is_in_public(act, form, protection):
    subject = public(act, protection)
    paper = cases.paper(act, form)
    told = f"{paper.reference} {paper.file_name} {cases.text_of(paper)}"
    assert paper.reference == f"case-{act.incident.pk}-person-{act.person.pk}"
    assert subject.incident.reference not in told
    assert subject.person.reference not in told
    assert "appears" not in told


def test_a_paper_of_somebody_whom_the_public_knows_by_name_carries_the_references(act):
    subject = public(act, "full")
    paper = cases.paper(act, Form.COURT)
    assert paper.reference == f"{subject.incident.reference}-{subject.person.reference}"
    assert "The person appears by name." in cases.text_of(paper)


def test_the_open_sheet_keeps_to_the_strictest_rule_of_all_it_concerns(act):
    other = make.person("Otherbrother", place_protection="province", date_protection="year")
    make.violation(act.incident, other)
    text = cases.text_of(cases.paper(act, Form.SHEET))
    assert "Gwaram" in text
    assert "October" not in text
    assert "(district)" not in text


def test_of_somebody_who_does_not_appear_in_public_there_is_no_open_sheet(act):
    act.person.name_protection = "hidden"
    act.person.save()
    with pytest.raises(Refused) as refused:
        cases.paper(act, Form.SHEET)
    assert [gap.code for gap in refused.value.gaps] == ["hidden"]
    assert "Gwaram" in cases.text_of(cases.paper(act, Form.WGEID))


def test_a_private_person_who_is_accused_is_not_named(act):
    accused = make.person("Accusedmark", protection="full")
    make.involvement(act.incident, person=accused, post="A local commander")
    text = cases.text_of(cases.paper(act, Form.WGEID))
    assert "A local commander" in text
    assert "Accusedmark" not in text


# ------------------------------------------------------------------------- names of other people


def refused_for(act, form):
    with pytest.raises(Refused) as refused:
        cases.paper(act, form)
    return [gap.code for gap in refused.value.gaps]


@pytest.mark.parametrize("form", WHOLE)
def test_a_text_that_names_another_protected_victim_stops_the_paper(act, form):
    other = make.person("Otherbrother", protection="withheld")
    make.violation(act.incident, other)
    act.incident.public_account = "He was taken together with Otherbrother."
    act.incident.save()
    assert refused_for(act, form) == ["name-of-others"]


@pytest.mark.parametrize(
    ("use", "form", "made"),
    [
        ("share-un", Form.WGEID, True),
        ("share-court", Form.WGEID, False),
        ("keep", Form.FAMILY, False),
    ],
)
def test_only_consent_to_that_use_lets_another_victim_be_named(act, use, form, made):
    other = make.person("Otherbrother", protection="withheld")
    make.violation(act.incident, other)
    cases.consent(other, use)
    act.incident.public_account = "He was taken together with Otherbrother."
    act.incident.save()
    if made:
        assert "Otherbrother" in cases.text_of(cases.paper(act, form))
    else:
        assert refused_for(act, form) == ["name-of-others"]


def test_a_text_that_names_who_told_us_stops_the_paper(act):
    act.incident.public_account = "As Witnessmark saw, he was taken."
    act.incident.save()
    assert refused_for(act, Form.COURT) == ["name-of-others"]


HIDDEN = "Otherbrother"


def _in_a_legal_action(act, other, internal):
    make.legal_action(act.incident, people=[act.person, other], internal=internal)


def _in_an_appeal(act, other, internal):
    appeal = Intervention.objects.create(
        incident=act.incident, by_text="The family", internal=internal
    )
    appeal.people.add(other)


def _accused(act, other, internal):
    make.involvement(act.incident, person=other, post="A commander", internal=internal)


def _victim(act, other, internal):
    make.violation(act.incident, other, internal=internal)


def _informant(act, other, internal):
    row = make.involvement(act.incident, description="Men", internal=internal)
    make.cite(row, make.source("Told in trust", confidential=True, informant=other))


def _relative(act, other, internal):
    of, to = (act.person, other) if internal else (other, act.person)
    kind = make.term("person-relation", "sibling")
    PersonRelation.objects.create(person=of, kind=kind, other=to)


@pytest.mark.parametrize("internal", [False, True])
@pytest.mark.parametrize(
    "known_by", [_in_a_legal_action, _in_an_appeal, _accused, _victim, _informant, _relative]
)
def test_nobody_whom_the_case_knows_is_named_without_consent(act, known_by, internal):
    other = make.person(HIDDEN, protection="hidden")
    known_by(act, other, internal)
    act.incident.public_account = f"He was taken together with {HIDDEN}."
    act.incident.save()
    assert refused_for(act, Form.WGEID) == ["name-of-others"]


@pytest.mark.parametrize("giver", [HIDDEN, f"{HIDDEN} s/o Somebody"])
def test_whoever_consented_is_not_named(act, giver):
    cases.consent(act.person, "share-media", giver_name=giver)
    act.incident.public_account = f"As {HIDDEN} told, he was taken."
    act.incident.save()
    assert refused_for(act, Form.WGEID) == ["name-of-others"]


def test_the_father_who_consented_may_stand_as_the_father(act):
    cases.consent(act.person, "share-media", giver_name="Shambay")
    assert cases.paper(act, Form.WGEID)


def test_a_victim_named_in_public_may_be_named_here(act):
    make.violation(act.incident, make.person(HIDDEN))
    act.incident.public_account = f"He was taken together with {HIDDEN}."
    act.incident.save()
    assert cases.paper(act, Form.WGEID)


@pytest.mark.parametrize(
    ("own", "other", "text", "stands"),
    [
        ("Ali", "Ali Raza", "Ali was taken with Ali Raza.", True),
        ("Mola Bakhsh", "Bakhsh", "Mola Bakhsh was taken.", False),
        ("Mola Bakhsh", "Bakhsh", "Mola Bakhsh was taken with Bakhsh.", True),
        ("Gwaram", "Gwaram Shambay", "Gwaram was taken, as Shambay says.", False),
        ("Gwaram", "Shambay Gwaram", "Shambay Gwaram was taken too.", True),
        ("Gwaram", "Shambay", "Shambay, his father, filed it.", False),
    ],
)
def test_only_a_name_inside_the_victims_own_is_not_another(act, own, other, text, stands):
    PersonName.objects.filter(person=act.person, given="Gwaram").update(given=own)
    make.violation(act.incident, make.person(other, protection="withheld"))
    act.incident.public_account = text
    act.incident.save()
    if stands:
        assert refused_for(act, Form.WGEID) == ["name-of-others"]
    else:
        assert cases.paper(act, Form.WGEID)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("نور", "وہ نور کے ساتھ اٹھایا گیا۔"),
        ("حسن", "وہ حسن کے ساتھ اٹھایا گیا۔"),
        ("Karim", "وہ کریم کے ساتھ اٹھایا گیا۔"),
        ("کریم", "He was taken with Karim."),
        ("Noor", "He was taken with Noor."),
    ],
)
def test_short_names_and_those_in_the_other_script_are_found(act, name, text):
    make.violation(act.incident, make.person(name, protection="withheld"))
    act.incident.public_account = act.incident.public_account_local = text
    act.incident.save()
    assert refused_for(act, Form.WGEID) == ["name-of-others"]


@pytest.mark.parametrize(
    ("name", "local", "text"),
    [
        ("کریم", "", "It was a crime."),
        ("Karim", "کریم بخش", "وہ کرم سے تھا۔"),
        ("نور", "", "وہ نورانی سے تھا۔"),
    ],
)
def test_what_only_sounds_like_a_name_is_none(act, name, local, text):
    make.violation(act.incident, make.person(name, local=local, protection="withheld"))
    act.incident.public_account = act.incident.public_account_local = text
    act.incident.save()
    assert cases.paper(act, Form.WGEID)


def test_a_refusal_tells_no_more_than_the_text_does(act):
    other = make.person("Otherbrother", protection="withheld")
    PersonName.objects.update(honorific="Nawab", tribe_or_place="Tribemark")
    make.violation(act.incident, other)
    act.incident.public_account = "He was taken with otherbrother's car."
    act.incident.save()
    with pytest.raises(Refused) as refused:
        cases.paper(act, Form.WGEID)
    [gap] = refused.value.gaps
    assert "“otherbrother's”" in gap.message
    assert "Tribemark" not in gap.message
    assert "C. Place" in gap.message
    assert gap.where is Where.INCIDENT


def test_a_headline_with_a_name_is_left_out_with_its_address(act):
    make.violation(act.incident, make.person("Otherbrother", protection="withheld"))
    url = "https://news.example/otherbrother-and-another"
    headline = make.source(
        "Otherbrother missing", publisher="Intekhab", published="2023-11-20", url=url
    )
    make.cite(act.incident, headline)
    sources = cases.paper(act, Form.WGEID).sections[-1]
    assert "Intekhab · 20 November 2023" in {row.statements[0] for row in sources.rows}
    assert "Otherbrother" not in str(sources)
    assert url not in str(sources)


def test_part_of_the_victims_name_is_not_another_name(act):
    other = make.person("Gwar", protection="withheld")
    make.violation(act.incident, other)
    act.incident.public_account = "He was taken together with Gwar."
    act.incident.save()
    assert refused_for(act, Form.WGEID) == ["name-of-others"]


def test_no_paper_is_made_while_nobody_can_read_who_told_us(act, settings):
    settings.GAWAH_SOURCE_KEYS = ["first"]
    other = make.person("Otherbrother")
    make.cite(act, make.source("Told in trust", confidential=True, informant=other))
    assert cases.paper(act, Form.WGEID)
    settings.GAWAH_SOURCE_KEYS = ["another"]
    assert refused_for(act, Form.WGEID) == ["unreadable-ties"]


def test_an_informant_with_the_fathers_name_is_the_father(act):
    father = make.person("Shambay")
    make.cite(act, make.source("Told in trust", confidential=True, informant=father))
    assert cases.paper(act, Form.WGEID)


# ------------------------------------------------------------------------------------ the files


@pytest.mark.parametrize("language", ["en", "ur"])
@pytest.mark.parametrize("form", Form)
def test_the_docx_says_what_the_paper_says(act, form, language):
    paper = cases.paper(act, form, language)
    document = docx.Document(BytesIO(as_docx(paper)))
    written = [each.text for each in document.paragraphs]
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert paper.heading in written
    rows = [row for section in paper.sections for row in section.rows]
    assert [row.label for row in rows] == cells[::2]
    said = [steadied("\n".join(row.statements), rtl=paper.is_rtl) for row in rows]
    assert cells[1::2] == said


def test_numbers_keep_their_side_between_words_of_the_other_script():
    assert steadied("Dawn · ۳ نومبر [۱]", rtl=True) == "Dawn\u200f · \u200f۳ نومبر\u200f [۱]"
    assert steadied("آزادی · 3 November [1]", rtl=False) == (
        "آزادی\u200e · \u200e3 November\u200e [1]"
    )


def test_the_urdu_docx_runs_from_the_right(act):
    document = docx.Document(BytesIO(as_docx(cases.paper(act, Form.WGEID, "ur"))))
    assert document.sections[0]._sectPr.find(qn("w:bidi")) is not None
    assert all(table._tblPr.find(qn("w:bidiVisual")) is not None for table in document.tables)
    for paragraph in document.paragraphs:
        assert paragraph._p.pPr.find(qn("w:bidi")) is not None
        assert all(run.font.rtl for run in paragraph.runs)


def test_the_pdf_says_what_the_paper_says(act):
    paper = cases.paper(act, Form.WGEID)
    pages = PdfReader(BytesIO(as_pdf(paper))).pages
    text = " ".join(" ".join(page.extract_text() for page in pages).split())
    for fact in (
        "Communication to WGEID",
        "Gwaram",
        "29 October 2023",
        "Voice of the Missing",
        "page 1",
    ):
        assert fact in text, fact


def test_the_urdu_pdf_holds_every_letter(act):
    """A letter that the font lacks would be told by fpdf2 as a warning, which fails tests."""
    act.incident.public_account_local = "ٹ ڈ ڑ ں ے ہ ھ گ چ پ ژ ئ ؤ ۓ ء آ ۔ ، ؟ “ ” Latin ۱۲۳"
    act.incident.save()
    reader = PdfReader(BytesIO(as_pdf(cases.paper(act, Form.WGEID, "ur"))))
    assert reader.trailer["/Root"]["/Lang"] == "ur"
    assert len(reader.pages) >= 1


def test_the_properties_of_the_files_name_nobody_and_no_hour(act):
    paper = cases.paper(act, Form.WGEID)
    about = PdfReader(BytesIO(as_pdf(paper))).metadata
    assert dict(about) == {
        "/Title": f"Communication to WGEID – case-{act.incident.pk}-person-{act.person.pk}",
        "/Author": "Voice of the Missing",
        "/Creator": "Gawah",
        "/Producer": "Gawah",
        "/CreationDate": "D:20240115000000Z",
    }
    core = docx.Document(BytesIO(as_docx(paper))).core_properties
    assert core.author == core.last_modified_by == "Voice of the Missing"
    assert core.title == about.title
    assert core.created == core.modified
    assert core.created.isoformat()[:19] == "2024-01-15T00:00:00"
    assert core.comments == ""


def test_the_file_is_called_by_references_and_not_by_a_name(act):
    paper = cases.paper(act, Form.COURT, "ur")
    assert paper.file_name == f"court-case-{act.incident.pk}-person-{act.person.pk}-ur"
    subject = public(act, "full")
    name = f"court-{subject.incident.reference}-{subject.person.reference}-en"
    assert cases.paper(act, Form.COURT).file_name == name


FOREIGN = (b'TargetMode="External"', b"customXml", b"thumbnail", b"extended-properties", b"/image")


def test_the_docx_holds_no_picture_nothing_of_its_template_and_no_link_to_elsewhere(act):
    with zipfile.ZipFile(BytesIO(as_docx(cases.paper(act, Form.WGEID)))) as parts:
        names = parts.namelist()
        relations = b"".join(parts.read(name) for name in names if name.endswith(".rels"))
        declared = parts.read("[Content_Types].xml")
    assert b"styles.xml" in relations
    assert [word for word in FOREIGN if word in relations or word in declared] == []
    assert [name for name in names if not name.endswith((".xml", ".rels"))] == []
    assert not {"docProps/app.xml"} & {*names}


def test_no_part_of_the_docx_tells_the_hour_at_which_it_was_made(act):
    with zipfile.ZipFile(BytesIO(as_docx(cases.paper(act, Form.WGEID)))) as parts:
        assert {entry.date_time for entry in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_no_label_runs_over_the_end_of_a_page(act):
    label = " ".join(f"word{number}" for number in range(40))
    rows = [*(Row(f"Row {number}", ("Said.",)) for number in range(26)), Row(label, ("Beside.",))]
    paper = replace(
        cases.paper(act, Form.WGEID), follows="", sections=(Section("All", tuple(rows)),)
    )
    texts = [page.extract_text() for page in PdfReader(BytesIO(as_pdf(paper))).pages]
    [told] = [text for text in texts if "Beside." in text]
    assert "word0 " in told
    assert "word39" in told


@pytest.mark.parametrize("write", [as_pdf, as_docx])
def test_a_very_long_account_runs_over_pages(act, write):
    act.incident.public_account = "A sentence of the account. " * 600
    act.incident.save()
    assert write(cases.paper(act, Form.WGEID))
