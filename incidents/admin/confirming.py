"""Asking once more before something enters or leaves the public record. Works without scripts."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.http.response import HttpResponse
from django.template.response import TemplateResponse

CONFIRMED = "confirmed"
_NOT_REPEATED = frozenset({"csrfmiddlewaretoken", CONFIRMED})


@dataclass(frozen=True, slots=True)
class Concerned:
    """A record that the question is about: its page, what it is called, what is to be known."""

    address: str
    label: str
    told: Sequence[str]


@dataclass(frozen=True, slots=True)
class Question:
    """What is about to happen, in sentences, and the words on the button that lets it happen.

    ``concerned`` are the records that need a look before.
    """

    title: str
    sentences: Sequence[str]
    button: str
    back: str
    concerned: Sequence[Concerned] = ()


def is_confirmed(request: HttpRequest) -> bool:
    """Whether the person has seen the question and said yes."""
    return request.POST.get(CONFIRMED) == "yes"


def ask(request: HttpRequest, question: Question, **context: Any) -> HttpResponse:
    """The page with the question. What was typed before comes along."""
    typed = [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name not in _NOT_REPEATED
    ]
    return TemplateResponse(
        request,
        "admin/incidents/confirm.html",
        {
            **admin.site.each_context(request),
            "title": question.title,
            "question": question,
            "typed": typed,
            **context,
        },
    )
