"""Vocabularies: the codes of the record, with labels and definitions in every language."""

import json
from typing import Any, Final

from django.http import HttpResponseBase
from django.urls import reverse
from rest_framework.request import Request

from api.envelope import write_envelope
from api.errors import NOT_FOUND, Problem
from api.meta import reference_meta
from api.views.base import (
    ReadView,
    entity_tag,
    is_conditional,
    json_response,
    refuse_parameters,
    unchanged,
)
from reference.models import Term
from reference.vocabularies import UnknownTerm, terms, version, vocabularies

PUBLIC: Final = frozenset(
    {
        "account-question",
        "age-group",
        "agency-type",
        "attribution",
        "body-event",
        "counting-unit",
        "disappearance-element",
        "element-finding",
        "grade",
        "incident-kind",
        "incident-link",
        "information-reliability",
        "intervention-response",
        "intervention-type",
        "involvement-basis",
        "involvement-degree",
        "language",
        "legal-action-type",
        "legal-compliance",
        "legal-outcome",
        "legal-stage",
        "method",
        "occupation",
        "perpetrator-status",
        "place-precision",
        "place-type",
        "protest-kind",
        "sex",
        "source-independence",
        "source-perspective",
        "source-reliability",
        "source-scale",
        "source-type",
        "state-response",
        "victim-function",
        "victim-status",
        "violation-status",
        "violation-type",
        "withdrawal-reason",
    }
)
"""Those whose codes stand in public documents. Staff add terms of their own to the others, about
consent or contacts for example, and such words tell how a team works."""


class VocabularyView(ReadView):
    """What both addresses have in common: whole, small, and the same until a term changes."""

    def answer(
        self, request: Request, unit: str, documents: list[dict[str, Any]], **head: object
    ) -> HttpResponseBase:
        """The envelope, or 304."""
        etag = entity_tag(request, version())
        same = unchanged(request, etag) if is_conditional(request) else None
        if same is not None:
            return same
        lines = [json.dumps(each, ensure_ascii=False) for each in documents]
        head = {"count": len(lines), **head}
        response = json_response(write_envelope(head, lines, reference_meta(unit)))
        response.headers["ETag"] = etag
        return response


class VocabularyListView(VocabularyView):
    """The vocabularies whose codes stand in public documents."""

    def get(self, request: Request) -> HttpResponseBase:
        """All of them, with what each is for."""
        refuse_parameters(request)
        found = [_index_entry(request, each) for each in vocabularies() if each.code in PUBLIC]
        return self.answer(request, "vocabularies", found)


class VocabularyDetailView(VocabularyView):
    """The terms of one vocabulary."""

    def get(self, request: Request, slug: str) -> HttpResponseBase:
        """Every term in the order of the tree, those out of use included."""
        refuse_parameters(request)
        try:
            found = terms(slug, hidden=True) if slug in PUBLIC else None
        except UnknownTerm:
            found = None
        if found is None:
            index = reverse("api:vocabularies")
            raise Problem(NOT_FOUND, f"There is no such vocabulary; {index} lists those there are.")
        return self.answer(request, "terms", [_term(each) for each in found], vocabulary=slug)


def _index_entry(request: Request, vocabulary: Term) -> dict[str, Any]:
    address = reverse("api:vocabulary", args=[vocabulary.code])
    return {
        "code": vocabulary.code,
        "labels": vocabulary.labels,
        "definitions": vocabulary.definitions,
        "url": request.build_absolute_uri(address),
    }


def _term(term: Term) -> dict[str, Any]:
    """What is said of a term. ``offered`` is false for one that is out of use."""
    return {
        "code": term.code,
        "parent": term.parent.code if term.parent else None,
        "labels": term.labels,
        "definitions": term.definitions,
        "huridocs": term.huridocs,
        "offered": not term.hidden,
    }
