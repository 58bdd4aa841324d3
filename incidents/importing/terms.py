"""The terms of a vocabulary, found by what lists write for them."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from incidents.importing.mapping.nearest import nearest
from reference.models import Term


@dataclass(frozen=True)
class NotFound:
    """A text that leads nowhere: why, and the nearest known words."""

    reason: str
    nearest: tuple[str, ...] = ()


class Terms:
    """The terms of one vocabulary, by code and by folded label."""

    def __init__(self, slug: str, terms: Iterable[Term]) -> None:
        self.slug = slug
        terms = list(terms)
        self.by_id = {term.pk: term for term in terms}
        self._by_code = {term.code: term.pk for term in terms}
        self._by_label: dict[str, int | None] = {}
        for term in terms:
            for label in {" ".join(text.casefold().split()) for text in term.labels.values()}:
                # Two terms of one label: neither is meant for certain.
                known = self._by_label.get(label, term.pk)
                self._by_label[label] = term.pk if known == term.pk else None

    def find(self, text: str) -> int | NotFound:
        """The id of the term with this code or label."""
        found = self._by_code.get(text)
        if found is None:
            plain = " ".join(text.casefold().split())
            found = self._by_code.get(plain.replace(" ", "-")) or self._by_label.get(plain)
        if found is not None:
            return found
        reason = _("“%(value)s” is not a term of the list “%(list)s”.") % {
            "value": text,
            "list": self.slug,
        }
        return NotFound(reason, tuple(nearest(text, (*self._by_code, *self._by_label))))
