"""How to cite a record, or one of its revisions: as text, for BibTeX and as CSL-JSON."""

import json
from typing import Any, Final

from django.conf import settings
from django.http import HttpResponse, HttpResponseBase
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.request import Request

from api.parameters import read_parameters
from api.views.base import as_published, entity_tag, is_conditional
from api.views.details import DetailView, RevisionView, cited_address
from record.citing import Citation, cite, today
from record.parameter_fields import OneOfField

CSL: Final = "csl"
BIBTEX: Final = "bibtex"
TEXT: Final = "text"

PARAMETERS: Final = {"lang": OneOfField(choices=settings.LANGUAGES)}


class _CslRenderer(BaseRenderer):
    """Stands for CSL-JSON, which the view writes itself."""

    media_type, format, charset = "application/vnd.citationstyles.csl+json", CSL, None


class _BibtexRenderer(BaseRenderer):
    """Stands for BibTeX."""

    media_type, format, charset = "application/x-bibtex", BIBTEX, None


class _TextRenderer(BaseRenderer):
    """Stands for plain text."""

    media_type, format, charset = "text/plain", TEXT, None


RENDERERS: Final = (JSONRenderer, _TextRenderer, _BibtexRenderer, _CslRenderer)


class CitationView(DetailView):
    """The citation of a record as it stands: of its current revision."""

    renderer_classes = RENDERERS
    behind = "citation/"

    def get(self, request: Request, reference: str) -> HttpResponseBase:
        """In the format asked for, all of them in JSON; 308 and 410 as for the record itself."""
        language = _language(request)
        entry = self._read(request, reference, "document")
        return _answer(self, request, json.loads(entry["document"]), language)


class RevisionCitationView(RevisionView):
    """The citation of a numbered revision."""

    renderer_classes = RENDERERS
    behind = "citation/"

    def get(self, request: Request, reference: str, version: int) -> HttpResponseBase:
        """In the format asked for; 410 where the revision is withdrawn."""
        language = _language(request)
        revision = self._read(request, reference, version, "document")
        return _answer(self, request, json.loads(revision["document"]), language)


def _language(request: Request) -> str:
    return str(read_parameters(request.query_params, PARAMETERS)["lang"] or settings.LANGUAGE_CODE)


def _answer(
    view: DetailView | RevisionView, request: Request, document: dict[str, Any], language: str
) -> HttpResponseBase:
    day = today()
    etag = entity_tag(request, as_published(document["reference"], document["version"], day))
    if is_conditional(request):
        same = view.held_already(request, etag)
        if same is not None:
            return same
    citation = cite(document, cited_address(request, document), language, accessed=day)
    renderer = request.accepted_renderer
    response = HttpResponse(
        _written(citation, str(renderer.format)),
        content_type=f"{renderer.media_type}; charset=utf-8"
        if renderer.format in (TEXT, BIBTEX)
        else renderer.media_type,
    )
    response.headers["ETag"] = etag
    return response


def _written(citation: Citation, format_: str) -> str:
    match format_:
        case "text":
            return f"{citation.text}\n"
        case "bibtex":
            return citation.bibtex
        case "csl":
            return json.dumps([citation.csl], ensure_ascii=False, indent=1) + "\n"
        case _:
            return json.dumps(_all_of(citation), ensure_ascii=False, indent=1) + "\n"


def _all_of(citation: Citation) -> dict[str, Any]:
    return {
        "record": citation.reference,
        "revision": citation.version,
        "date": citation.issued.isoformat(),
        "url": citation.url,
        "text": citation.text,
        "bibtex": citation.bibtex,
        "csl": citation.csl,
    }
