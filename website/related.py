"""Lists that stand on another object's page, asked through the one filter like any other."""

import json
from dataclasses import dataclass

from django.http import QueryDict

from record.kinds import Kind
from record.questions import ask
from website.published import Document
from website.resources import list_address

SHOWN = 20
"""Records listed in place; the whole list is one click away."""


@dataclass(frozen=True, slots=True)
class Related:
    """The first of the records found, how many there are, and the address of them all."""

    documents: list[Document]
    count: int
    address: str

    @property
    def more(self) -> bool:
        """Whether there are others than those shown."""
        return self.count > len(self.documents)


def related(kind: Kind, query: str) -> Related:
    """What a question finds; nothing where it cannot be asked."""
    question = ask(kind.plural, QueryDict(query))
    if question.errors:
        return Related([], 0, list_address(kind))
    documents = [json.loads(text) for text in question.entries(size=SHOWN)]
    return Related(documents, question.count(), list_address(kind, question.canonical))
