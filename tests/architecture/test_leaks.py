"""Nothing leaves the case file unless it is named here.

A case is filled with a different secret in every text of every row, published, and looked for in
everything the public can reach: each row of the record, each page in each language, each answer of
the API. What is found must be exactly what ``PUBLISHED`` allows. A new field is therefore private
until somebody adds it both to a builder and to this list.
"""

import io
import re
import zipfile
from itertools import count

import pytest
from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import connection, models
from django.urls import resolve
from django.utils import timezone
from PIL import Image

from api.formats import formats_of
from api.urls import urlpatterns as of_the_api
from incidents import publishing
from incidents.link_checking.telling import tell
from incidents.models import (
    BodyEntry,
    Capture,
    Casualties,
    Consent,
    Contact,
    CustodyEntry,
    DisappearanceElement,
    Intervention,
    LegalStep,
    LinkCheck,
    Person,
    PersonName,
    Picture,
    Posting,
    Protest,
    ReviewComment,
)
from incidents.models.sealed import sealed, sealed_fields
from record.kinds import Kind
from record.models import PublishedFile, PublishedPicture, Revision, SourceLink
from record.models.entry import ENTRY_OF
from record.pictures import address_of
from record.releasing.making import make_release
from record.source_files import address_of as address_of_file
from reference.fields import UncertainDateField
from reference.publisher import publisher
from tests.incidents import factories as make
from tests.incidents.evidence import files
from tests.incidents.pictures.drawing import SECRET as OF_THE_CAMERA
from tests.incidents.pictures.drawing import consent as make_consent
from tests.incidents.pictures.drawing import picture as make_picture
from tests.incidents.pictures.drawing import with_everything
from tests.record.factories import publish_incident
from tests.reference.organisation_factory import fully
from website.urls import urlpatterns as of_the_website

pytestmark = pytest.mark.django_db

PUBLISHED = {
    "incident": {
        "title",
        "title_local",
        "time_of_day",
        "public_account",
        "public_account_local",
        "grade_reason",
        "place_text",
        "place_text_local",
    },
    "casualties": {"claimant_text", "claimant_text_local"},
    "protest": {"organisers", "crowd_text", "demands", "demands_local", "route"},
    "named person": {"occupation_note", "about", "about_local"},
    "name of named person": {"honorific", "given", "fathers_name", "tribe_or_place"},
    "violation": {"place_text", "place_text_local", "stated_reason", "outcome"},
    "violation of withheld person": {
        "place_text",
        "place_text_local",
        "stated_reason",
        "outcome",
    },
    "element": {"note"},
    "attribution": {"words", "words_local"},
    "involvement": {
        "post",
        "description",
        "description_local",
        "alleged_by_text",
        "alleged_by_text_local",
    },
    "involvement of accused person": {
        "post",
        "description",
        "description_local",
        "alleged_by_text",
        "alleged_by_text_local",
    },
    "status": {"note", "note_local", "claimant_text", "claimant_text_local"},
    "body entry": {"note", "place_text", "claimant_text", "claimant_text_local"},
    "account": {"answer", "answer_local", "claimant_text", "claimant_text_local"},
    "agency": {
        "name",
        "name_local",
        "abbreviation",
        "other_names",
        "seat",
        "note",
        "note_local",
    },
    "legal action": {
        "title",
        "title_local",
        "number",
        "filed_by",
        "accused_text",
        "offences",
        "subject",
        "subject_local",
    },
    "legal step": {"what", "what_local", "result", "result_local"},
    "intervention": {"by_text", "by_text_local", "text", "text_local"},
    "public source": {
        "title",
        "title_local",
        "publisher",
        "author",
        "url",
        "archived_url",
        "public_note",
    },
    "capture": {"media_type", "sha256"},
    "citation": {"locator", "quotation"},
    "photograph": {"credit", "description", "description_local"},
}
"""Role of the row in the case → its texts that the public may read. Roles not named: none."""

WITHOUT_RECORDS = (
    "/",
    "/about/",
    "/api-guide/",
    "/corrections/",
    "/coverage/",
    "/definitions/",
    "/definitions/violation-type/",
    "/downloads/",
    "/methodology/",
    "/privacy/",
    "/robots.txt",
    "/sitemap.xml",
    "/sitemap-pages.xml",
    "/statistics/",
    "/statistics/table.csv",
    "/statistics/chart.svg",
    "/statistics/chart.png",
)
"""Addresses of the site that name no record, though what they show may."""

OF_THE_API = (
    "",
    "areas/",
    "areas/?format=geojson",
    "changes/",
    "changes.atom",
    "coverage/",
    "limits/",
    "problems/",
    "problems/not-found/",
    "schema/",
    "vocabularies/",
    "vocabularies/violation-type/",
)

LOOKED_AT_ELSEWHERE = {
    "api.views.problems.UnknownView",
    "website.views.downloads.latest_file",
    "website.views.downloads.release_file",
}
"""Views that need a release, which has a test of its own, or that say only what is not there."""

SHORT = ("property_currency",)
"""Columns of fewer letters than a secret has."""

SECRET = re.compile(r"zq\d+qz")
GPS = 0x8825
"""The part of EXIF that says where a picture was taken."""


class Secrets:
    """Fills rows with secrets and remembers which secret stands where."""

    def __init__(self):
        self._numbers = count(1)
        self.where = {}
        self.sealed = set()

    def fill(self, role, row):
        """Put a secret into every text of a row, past all forms, and save it."""
        values = {
            field.name: self.value(role, field)
            for field in row._meta.concrete_fields
            if _is_text(field)
        }
        if getattr(row, "told_in_trust", False):
            for name in sealed_fields(type(row)):
                self.sealed.add((role, name))
                values[name] = sealed(values[name])
        type(row)._base_manager.filter(pk=row.pk).update(**values)
        row.refresh_from_db()
        return row

    def file_name(self, role):
        """A secret as the name of a file that comes in."""
        return f"{self.value(role, Picture._meta.get_field('file_name'))}.jpg"

    def found_in(self, text):
        """(role, field) of every secret in a text."""
        return {self.where[secret] for secret in SECRET.findall(text)}

    def value(self, role, field):
        """A new secret for a field of a row in this role."""
        secret = f"zq{next(self._numbers)}qz"
        self.where[secret] = (role, field.name)
        if isinstance(field, ArrayField):
            return [secret]
        return f"https://example.org/{secret}" if isinstance(field, models.URLField) else secret


def _is_text(field):
    if isinstance(field, ArrayField):
        return True
    return (
        isinstance(field, models.CharField | models.TextField)
        and not isinstance(field, UncertainDateField)
        and not field.choices
        and field.name
        not in {*("reference", "folded", "skeleton", "area_basis", "sha256", "password"), *SHORT}
        and not field.name.endswith("hash")
        and field.name != "fingerprint"
    )


@pytest.fixture
def secrets():
    return Secrets()


@pytest.fixture
def case(secrets):
    """A published case in which every row of the case file occurs, with secrets everywhere."""
    fully()
    fill = secrets.fill
    clerk = fill("staff", make.staff())
    public = fill("public source", make.source())
    confidential = fill("confidential source", make.source("x", confidential=True))
    agency = fill("agency", make.agency())
    case = fill("incident", make.incident())

    def cite(fact):
        fill("citation", make.cite(fact, public))

    cite(case)
    fill("citation of confidential source", make.cite(case, confidential))

    def person(role, **values):
        row = fill(role, make.person("x", **values))
        for name in PersonName.objects.filter(person=row):
            fill(f"name of {role}", name)
        fill("contact", Contact.objects.create(person=row, text="x"))
        post = {"agency": agency, "source": public, "post": "x", "since": "2023"}
        fill("posting", Posting.objects.create(person=row, **post))
        fill(
            "consent",
            Consent.objects.create(
                person=row,
                use=make.term("consent-use", "keep"),
                answer=make.term("consent-answer", "granted"),
            ),
        )
        return row

    named = person("named person")
    withheld = person("withheld person", protection="withheld")
    hidden = person("hidden person", protection="hidden")
    accused = person("accused person")
    act = fill("violation", make.violation(case, named))
    fill("violation of withheld person", make.violation(case, withheld))
    fill("violation of hidden person", make.violation(case, hidden))
    fill("internal violation", make.violation(case, named, internal=True))
    element = fill(
        "element",
        DisappearanceElement.objects.create(
            violation=act,
            element=make.term("disappearance-element", "el-state"),
            finding=make.term("element-finding", "alleged"),
        ),
    )
    cite(element)
    fill("attribution", make.attribution(case, agency, violation=act))
    fill("involvement", make.involvement(case, agency=agency, post="x"))
    fill("involvement of accused person", make.involvement(case, person=accused))
    fill("status", make.status(case, named, "disappeared", "2023-10-29"))
    fill("status of hidden person", make.status(case, hidden, "disappeared", "2023-10-29"))
    body = fill(
        "body entry",
        BodyEntry.objects.create(
            incident=case, person=named, event=make.term("body-event", "buried"), claimant_text="x"
        ),
    )
    cite(body)
    counted = fill(
        "casualties",
        Casualties.objects.create(incident=case, harm="killed", best=4, claimant_text="x"),
    )
    cite(counted)
    fill("account", make.account(case, "x"))
    fill("internal account", make.account(case, "x", internal=True))
    fill("protest", Protest.objects.create(incident=case))
    appeal = fill("intervention", Intervention.objects.create(incident=case, by_text="x"))
    cite(appeal)
    action = fill("legal action", make.legal_action(case, people=[named]))
    fill("legal step", LegalStep.objects.create(action=action, what="x"))
    fill("internal legal action", make.legal_action(case, internal=True))
    for each in (named, withheld, hidden, accused):
        role = "photograph" if each is named else "photograph that nobody may see"
        fill(role, make_picture(each, with_everything(), name=secrets.file_name(role)))
        make_consent(each)
    fill("photograph that nobody chose", make_picture(named, shown=False))
    Person.objects.update(photo_allowed=True)
    capture = fill("capture", Capture.objects.create(source=public, sha256="a" * 64))
    for each in files.redacted(public):
        # What it was called, how it came and where from; the copy of the redaction is shown.
        names = ("file_name", "method", "url")
        hidden = {name: secrets.value("file", Capture._meta.get_field(name)) for name in names}
        is_copy = each.copy_kind == "cleaned"
        Capture.objects.filter(pk=each.pk).update(public=is_copy, **hidden)
    # The log is append-only, so its secret has to be there from the start.
    CustodyEntry.objects.create(
        capture=capture,
        act="received",
        actor=clerk,
        reason=secrets.value("custody", CustodyEntry._meta.get_field("reason")),
    )
    fill(
        "comment of somebody who checks it",
        ReviewComment.objects.create(
            incident=case,
            row_kind="incident",
            row_id=case.pk,
            text="x",
            written_by=clerk,
            answer="x",
            answered_by=clerk,
            answered_at=timezone.now(),
        ),
    )
    make.approve(case, clerk=clerk, reviewer=fill("reviewer", make.publisher()))
    for review in case.reviews.all():
        fill("review", review)
    publishing.publish(case, by=fill("publisher", make.publisher()))
    ask_for_the_page(secrets, public)
    case.refresh_from_db()
    case.time_of_day += ", later"
    case.save()
    make.correct(case)
    draft = fill("draft", make.incident("x"))
    fill("violation of draft", make.violation(draft, named))
    return case


def ask_for_the_page(secrets, source):
    """Two checks of a source's link; the second one is told to the public. No filling afterwards:
    their log is append-only too."""
    source.refresh_from_db()
    for address in (secrets.value("link check", LinkCheck._meta.get_field("address")), source.url):
        LinkCheck.objects.create(
            source=source,
            checked_at=timezone.now(),
            address=address,
            outcome="works",
            final_address=secrets.value("link check", LinkCheck._meta.get_field("final_address")),
            milliseconds=1,
        )
    tell([source])
    assert SourceLink.objects.count() == 1


@pytest.fixture
def placed(case):
    """Beside the case, whose protected people keep it off every map, one that can be drawn."""
    return publish_incident()


def allowed():
    return {(role, field) for role, fields in PUBLISHED.items() for field in fields}


def record_as_text():
    """Every row of every table that a public server holds, reference data aside."""
    with connection.cursor() as cursor:
        for model in apps.get_app_config("record").get_models():
            cursor.execute(f"SELECT row.*::text FROM {model._meta.db_table} AS row")
            yield from (row[0] for row in cursor.fetchall())


def public_addresses():
    """Every kind of address of the site and the API, with every published object."""
    for kind, model in ENTRY_OF.items():
        for language in ("", "/ur"):
            yield f"{language}/{kind.plural}/"
            yield f"{language}/{kind.plural}/table/"
            for reference in model.objects.values_list("reference", flat=True):
                yield f"{language}/{kind.plural}/{reference}/"
                yield f"{language}/{kind.plural}/{reference}/r/1/"
        yield f"/api/v1/{kind.plural}/"
        yield f"/api/v1/{kind.plural}/?cursor=first"
        for name in formats_of(kind):
            yield f"/api/v1/{kind.plural}/?format={name}"
        for reference in model.objects.values_list("reference", flat=True):
            yield f"/api/v1/{kind.plural}/{reference}/"
            yield f"/api/v1/{kind.plural}/{reference}/r/1/"
            yield f"/api/v1/{kind.plural}/{reference}/r/1/seal/"
            if kind is Kind.SOURCE:
                yield f"/api/v1/{kind.plural}/{reference}/link/"
            for format_ in ("json", "text", "bibtex", "csl"):
                yield f"/api/v1/{kind.plural}/{reference}/citation/?format={format_}"
                yield f"/api/v1/{kind.plural}/{reference}/r/1/citation/?format={format_}"
        yield f"/api/v1/{kind.plural}.atom"
        yield f"/api/v1/{kind.plural}.atom?lang=ur"
    for kind, reference, version in Revision.objects.filter(version__gt=1).values_list(
        "kind", "reference", "version"
    ):
        yield f"/{Kind(kind).plural}/{reference}/r/{version}/changes/"
    for picture in PublishedPicture.objects.all():
        yield address_of(picture.sha256)
        yield f"/ur{address_of(picture.sha256)}"
    for file in PublishedFile.objects.all():
        yield address_of_file(file.sha256, file.media_type)
        yield f"/ur{address_of_file(file.sha256, file.media_type)}"
    for language in ("", "/ur"):
        yield from (f"{language}{address}" for address in WITHOUT_RECORDS)
        for unit in ("violations", "incidents", "victims"):
            for view in ("timeline/", "map/", "map.svg", "map.png"):
                yield f"{language}/{unit}/{view}"
    yield f"/logo/{publisher().logo.file_name}"
    yield from (f"/sitemap-{kind.plural}-1.xml" for kind in ENTRY_OF)
    for address in OF_THE_API:
        yield f"/api/v1/{address}"
    for unit in ("violations", "incidents", "victims"):
        yield f"/api/v1/statistics/?unit={unit}&group_by=district"


def view_of(function):
    view = getattr(function, "view_class", function)
    return f"{view.__module__}.{view.__name__}"


def views_behind(addresses):
    paths = (address.partition("?")[0].removeprefix("/ur") for address in addresses)
    return {view_of(resolve(path).func) for path in paths}


def release_addresses(within):
    """Every file of a release made now."""
    for file in make_release("2026-02-01", within=within).files:
        yield f"/downloads/2026-02-01/{file.name}"
    yield "/downloads/2026-02-01/manifest.json"


def text_of(response):
    """All that an answer says; a workbook is a packed folder of texts."""
    body = response.getvalue()
    if not body.startswith(b"PK"):
        return body.decode(errors="replace")  # a photograph is none
    with zipfile.ZipFile(io.BytesIO(body)) as folder:
        return "\n".join(folder.read(name).decode() for name in folder.namelist())


def test_the_record_holds_exactly_what_may_be_published(secrets, case):
    found = {place for text in record_as_text() for place in secrets.found_in(text)}
    assert found - allowed() == set(), "these left the case file and may not"
    assert allowed() - found - {("capture", "sha256")} == set(), (
        "these may be published and are not"
    )


def test_no_public_page_or_answer_shows_anything_else(secrets, case, placed, client):
    shown = {}
    for address in public_addresses():
        response = client.get(address)
        assert response.status_code == 200, address
        for place in secrets.found_in(text_of(response)):
            shown.setdefault(place, address)
    assert {place: shown[place] for place in shown.keys() - allowed()} == {}


def test_every_view_of_the_public_side_is_looked_at(case, placed):
    views = {view_of(pattern.callback) for pattern in (*of_the_website, *of_the_api)}
    assert views - views_behind(public_addresses()) == LOOKED_AT_ELSEWHERE


def test_the_secrets_themselves_are_where_they_should_be(secrets, case):
    """The test above would pass on an empty case: the case file does hold every secret, open
    unless it was told in trust."""
    with connection.cursor() as cursor:
        texts = []
        for model in apps.get_app_config("incidents").get_models():
            if model._meta.proxy or "Event" in model.__name__:
                continue
            cursor.execute(f"SELECT row.*::text FROM {model._meta.db_table} AS row")
            texts += [row[0] for row in cursor.fetchall()]
    found = secrets.found_in(" ".join(texts))
    assert found == set(secrets.where.values()) - secrets.sealed


def test_of_a_photograph_nothing_but_pixels_is_public(secrets, case, client):
    """Neither what the camera wrote, place and owner included, nor what the file was called."""
    [shown] = PublishedPicture.objects.all()
    [chosen] = Picture.objects.filter(copy_hash=shown.sha256, person__name_protection="full")[:1]
    original = chosen.original.open("rb").read()
    assert OF_THE_CAMERA.encode() in original
    assert Image.open(io.BytesIO(original)).getexif().get_ifd(GPS)
    answer = client.get(address_of(shown.sha256))
    assert OF_THE_CAMERA.encode() not in answer.content
    assert not Image.open(io.BytesIO(answer.content)).getexif()
    held = " ".join(record_as_text())
    for private in (chosen.sha256, chosen.file_name, chosen.original.name, OF_THE_CAMERA):
        assert private not in held


def test_of_a_file_nothing_but_its_clean_redaction_is_public(secrets, case, client):
    [shown] = PublishedFile.objects.all()
    served = client.get(address_of_file(shown.sha256, shown.media_type)).content
    assert files.SECRET.encode() not in served
    for row in Capture.objects.exclude(sha256=shown.sha256):
        assert client.get(address_of_file(row.sha256, "application/pdf")).status_code == 404


def test_no_file_of_a_release_shows_anything_else(secrets, case, client, settings, tmp_path):
    settings.GAWAH_RELEASES = tmp_path
    shown = {}
    for address in release_addresses(tmp_path):
        response = client.get(address)
        assert response.status_code == 200, address
        for place in secrets.found_in(text_of(response)):
            shown.setdefault(place, address)
    assert {place: shown[place] for place in shown.keys() - allowed()} == {}
    assert {("incident", "title"), ("violation", "outcome"), ("legal step", "what")} <= shown.keys()


def test_no_staff_name_stands_in_any_public_table(case):
    names = {"data-entry", "publisher-", "reviewer-"}
    assert not [text for text in record_as_text() for name in names if name in text]


@pytest.mark.parametrize("format_", ["csv", "xlsx", "ndjson", "geojson"])
def test_files_are_searched_for_secrets_in_earnest(secrets, case, client, format_):
    """What may be published is found in each kind of file, so what may not would be."""
    response = client.get(f"/api/v1/incidents/?format={format_}")
    found = secrets.found_in(text_of(response))
    assert ("incident", "title") in found
    assert ("incident", "public_account_local") in found
