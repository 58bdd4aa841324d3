"""Feeds of what a question finds, and of all changes: the newest first, in pages."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpResponse
from django.utils import translation
from django.utils.translation import gettext, pgettext
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request

from api.atom import MEDIA_TYPE, Feed, FeedEntry, write_feed
from api.errors import wrong_parameters
from api.parameters import read_field, read_parameters
from api.views.details import address
from api.views.questions import QuestionView
from record.caveat import CAVEAT
from record.citing import title_of
from record.kinds import Kind
from record.models import Revision
from record.models.revision import Action
from record.parameter_fields import NumberField, OneOfField, ParameterField
from record.parameters import ParameterError
from record.questions import Question, ask
from reference.publisher import publisher

ATOM: Final = "atom"
LANG: Final = "lang"

NEWEST_FIRST: Final = "-changed"
OF_LISTS: Final = ("page", "fields", "sample", "seed")
"""Parameters that choose a stretch or a part of records, which a feed does itself."""

LANGUAGE: Final[ParameterField] = OneOfField(choices=settings.LANGUAGES)

PAGE_SIZE: Final = 50
CHANGES_PARAMETERS: Final[Mapping[str, ParameterField]] = {
    LANG: LANGUAGE,
    "before": NumberField(),
}


class _AtomRenderer(BaseRenderer):
    """Stands for the one format of feeds, which the views write themselves."""

    media_type = MEDIA_TYPE
    format = ATOM
    charset = None


class FeedView(QuestionView):
    """What a question finds, what changed last first. The address decides the ``kind``."""

    kind: Kind = Kind.INCIDENT
    renderer_classes = (_AtomRenderer,)

    def answer(self, request: Request, version: int) -> HttpResponse:
        """A page of the feed; what is withdrawn is not in it."""
        question = _question(request, self.kind)
        documents, following, _preceding = question.stretch()
        language = question.language
        found = [json.loads(document) for document in documents]
        own = _own(request, language)
        feed = _feed(
            request,
            language,
            title=question.sentence(),
            first=_joined(question.filter_query, own),
            following=_joined(question.cursor_link(following), own) if following else None,
            page=_page(request, language, f"{self.kind.plural}/", question.filter_query),
            updated=_moment(found[0]["published_at"]) if found else _last_change(),
            entries=[_entry(request, document, language) for document in found],
        )
        return _response(feed)


class ChangesFeedView(QuestionView):
    """Everything that was published, corrected, withdrawn or merged, the newest first. It names
    references and says nothing of what the records say."""

    renderer_classes = (_AtomRenderer,)

    def answer(self, request: Request, version: int) -> HttpResponse:
        """A page of the feed; the older changes are those ``before`` its last."""
        values = read_parameters(request.query_params, CHANGES_PARAMETERS)
        language = values[LANG] or settings.LANGUAGE_CODE
        rows = Revision.objects.order_by("-sequence").defer("document", "note")
        if values["before"]:
            rows = rows.filter(sequence__lt=values["before"])
        found = list(rows[: PAGE_SIZE + 1])
        shown, own = found[:PAGE_SIZE], _own(request, language)
        more = len(found) > PAGE_SIZE
        with translation.override(language):
            title = gettext("Changes of the record")
        feed = _feed(
            request,
            language,
            title=title,
            first=own,
            following=_joined(f"before={shown[-1].sequence}", own) if more else None,
            page=_page(request, language, "corrections/", ""),
            updated=shown[0].published_at if shown else _last_change(),
            entries=[_change(request, revision, language) for revision in shown],
        )
        return _response(feed)


def _question(request: Request, kind: Kind) -> Question:
    """The question in the parameters, in the order of feeds. Raises ``Problem``."""
    params = request.query_params.copy()
    language, errors = read_field(params, LANG, LANGUAGE)
    message = "A feed holds what changed last, first. Leave this out."
    errors += [ParameterError(name, message) for name in OF_LISTS if name in params]
    if params.getlist("ordering") not in ([], [NEWEST_FIRST]):
        errors.append(ParameterError("ordering", message, NEWEST_FIRST))
    for name in OF_LISTS:
        params.pop(name, None)
    params["ordering"] = NEWEST_FIRST
    question = ask(
        kind.plural,
        params,
        language or settings.LANGUAGE_CODE,
        also=(LANG,),
        formats=(ATOM,),
        cursors=True,
    )
    if errors or question.errors:
        raise wrong_parameters([*errors, *question.errors])
    return question


def _feed(
    request: Request,
    language: str,
    *,
    title: str,
    first: str,
    following: str | None,
    page: str,
    updated: datetime,
    entries: list[FeedEntry],
) -> Feed:
    with translation.override(language):
        caveat = gettext(CAVEAT)
        name, licence = publisher().name, publisher().licence
        bodies = publisher().collecting_bodies
    return Feed(
        title=f"{name}: {title}",
        subtitle=caveat,
        language=language,
        author=name,
        contributors=bodies,
        rights=licence,
        address=request.build_absolute_uri(),
        first=request.build_absolute_uri(_with_query(request.path, first)),
        next=None if following is None else _absolute(request, following),
        page=page,
        updated=updated,
        entries=entries,
    )


def _entry(request: Request, document: dict[str, Any], language: str) -> FeedEntry:
    kind, reference = Kind(document["kind"]), document["reference"]
    with translation.override(language):
        version = document["version"]
        summary = (
            pgettext("entry of a feed", "Published.")
            if version == 1
            else gettext("Corrected: this is revision %(number)s.") % {"number": version}
        )
        label = str(kind.label)
    return FeedEntry(
        id=_tag(request, reference),
        title=title_of(document, language),
        summary=summary,
        page=_page(request, language, f"{kind.plural}/{reference}/", ""),
        data=request.build_absolute_uri(address(kind, reference)),
        published=_moment(document["first_published"]),
        updated=_moment(document["published_at"]),
        categories=(label,),
    )


def _change(request: Request, revision: Revision, language: str) -> FeedEntry:
    kind, reference, version = Kind(revision.kind), revision.reference, revision.version
    with translation.override(language):
        action = str(Action(revision.action).label)
    data = address(kind, reference, version)
    return FeedEntry(
        id=f"{_tag(request, reference)}/r/{version}",
        title=f"{reference}: {action}",
        summary=f"{reference} r{version}: {action}",
        page=_page(request, language, f"{kind.plural}/{reference}/r/{version}/", ""),
        data=request.build_absolute_uri(data),
        published=revision.published_at,
        updated=revision.published_at,
        categories=(revision.action, str(kind.value)),
    )


def _tag(request: Request, reference: str) -> str:
    """A tag URI (RFC 4151): the same for ever, whatever becomes of scheme, port and paths."""
    host = urlsplit(request.build_absolute_uri("/")).hostname
    return f"tag:{host},{reference.split('-')[1]}:{reference}"


def _page(request: Request, language: str, path: str, query: str) -> str:
    """The address of a page of the website; written out, as the website writes ours."""
    prefix = "/" if language == settings.LANGUAGE_CODE else f"/{language}/"
    return request.build_absolute_uri(_with_query(f"{prefix}{path}", query))


def _own(request: Request, language: str) -> str:
    return f"{LANG}={language}" if LANG in request.query_params else ""


def _joined(*parts: str) -> str:
    return "&".join(part for part in parts if part)


def _with_query(path: str, query: str) -> str:
    return f"{path}?{query}" if query else path


def _absolute(request: Request, query: str) -> str:
    return request.build_absolute_uri(_with_query(request.path, query))


def _last_change() -> datetime:
    """When the record last changed, for a feed that holds nothing."""
    newest = Revision.objects.order_by("-sequence").values_list("published_at", flat=True).first()
    return newest or datetime(1970, 1, 1, tzinfo=UTC)


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _response(feed: Feed) -> HttpResponse:
    response = HttpResponse(write_feed(feed), content_type=f"{MEDIA_TYPE}; charset=utf-8")
    if feed.next:
        response.headers["Link"] = f'<{feed.next}>; rel="next"'
    return response
