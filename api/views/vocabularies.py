"""Vocabularies: the codes of the record, with labels and definitions in every language."""

import json
from typing import Any

from django.http import HttpResponseBase
from django.urls import reverse
from rest_framework.request import Request

from api.envelope import write_envelope
from api.errors import Problem
from api.meta import reference_meta
from api.problem_types import NOT_FOUND
from api.views.base import ReadView, as_published, json_response, refuse_parameters
from record.public_vocabularies import PUBLIC_VOCABULARIES
from record.snapshots import bounded
from reference.models import Term
from reference.vocabularies import UnknownTerm, terms, version, vocabularies


class VocabularyView(ReadView):
    """What both addresses have in common: whole, small, and the same until a term changes."""

    def answer(
        self,
        request: Request,
        unit: str,
        state: str,
        documents: list[dict[str, Any]],
        **head: object,
    ) -> HttpResponseBase:
        """The envelope of terms in this ``state``, or 304."""
        lines = [json.dumps(each, ensure_ascii=False) for each in documents]
        head = {"count": len(lines), **head}
        return self.tagged(
            request,
            state,
            lambda: json_response(write_envelope(head, lines, reference_meta(unit))),
        )


class VocabularyListView(VocabularyView):
    """The vocabularies whose codes stand in public documents."""

    def get(self, request: Request) -> HttpResponseBase:
        """All of them, with what each is for."""
        refuse_parameters(request)
        with bounded():
            state = as_published(version())
            found = [each for each in vocabularies() if each.code in PUBLIC_VOCABULARIES]
        listed = [_index_entry(request, each) for each in found]
        return self.answer(request, "vocabularies", state, listed)


class VocabularyDetailView(VocabularyView):
    """The terms of one vocabulary."""

    def get(self, request: Request, slug: str) -> HttpResponseBase:
        """Every term in the order of the tree, those out of use included."""
        refuse_parameters(request)
        try:
            with bounded():
                state = as_published(version())
                found = terms(slug, hidden=True) if slug in PUBLIC_VOCABULARIES else None
        except UnknownTerm:
            found = None
        if found is None:
            index = reverse("api:vocabularies")
            raise Problem(NOT_FOUND, f"There is no such vocabulary; {index} lists those there are.")
        described = [_term(each) for each in found]
        return self.answer(request, "terms", state, described, vocabulary=slug)


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
