"""Sources, with the files we hold of them."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.db.models import Count, Model, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from incidents.admin.base import StaffModelAdmin, staff_member
from incidents.admin.capture_files import PAGES
from incidents.admin.captures import CaptureInline
from incidents.admin.evidence import BundleView, VerifyFilesView
from incidents.admin.filters import monitoring_filter, term_filter
from incidents.admin.labels import source_label
from incidents.admin.paging import ColumnsApart
from incidents.admin.public_files import held_while_saving_source, obey_saved_source
from incidents.admin.search import in_any_order, sealed_sources_like
from incidents.admin.source_links import (
    ChecksLinks,
    LinkFilter,
    check_links_now,
    checks_in_words,
    link_in_words,
    with_links,
)
from incidents.admin.withdrawing import WithdrawView
from incidents.evidence.searching import files_that_say
from incidents.evidence.storing import all_or_none
from incidents.models import Citation, Source
from incidents.visibility import visible_to
from reference.date_text import render_date


@admin.register(Source)
class SourceAdmin(ChecksLinks, ColumnsApart, StaffModelAdmin):
    """Articles, statements, testimonies, court records."""

    inlines = (CaptureInline,)
    autocomplete_fields = ("origin", "informant")
    readonly_fields = ("link_checks_shown",)
    actions = (check_links_now,)
    small_texts = ("public_note",)
    search_fields = ("title",)
    search_help_text = _("Words of title, publisher, author or address, or of the files we hold.")
    list_display = (
        "title",
        "publisher",
        "type",
        "published_shown",
        "link_shown",
        "language",
        "reliability",
        "confidential",
        "facts",
        "reference",
    )
    list_select_related = ("type", "language", "reliability")
    list_filter = (
        "confidential",
        LinkFilter,
        term_filter("type", "source-type", _("type")),
        term_filter("perspective", "source-perspective", _("perspective")),
        term_filter("reliability", "source-reliability", _("reliability")),
        monitoring_filter(),
    )
    fieldsets = (
        (
            None,
            {
                "fields": (
                    "title",
                    "title_local",
                    "type",
                    ("publisher", "author"),
                    ("published", "accessed"),
                    "language",
                    "url",
                    "link_checks_shown",
                    "archived_url",
                )
            },
        ),
        (
            _("How far it can be trusted"),
            {
                "fields": (
                    "scale",
                    "perspective",
                    "reliability",
                    "independence",
                    "origin",
                    "public_note",
                )
            },
        ),
        (_("Told in trust"), {"fields": ("confidential", "informant")}),
        (
            _("For the office only"),
            {
                "classes": ("collapse",),
                "fields": ("received_on", "project", "monitoring", "internal_notes"),
            },
        ),
    )

    def with_columns(self, request: HttpRequest, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Sources with the number of facts that rest on each, and what their address answered.
        Facts of cases that this person may not know of are not counted."""
        citations = Citation.objects.filter(source=OuterRef("pk"))
        facts = (
            visible_to(staff_member(request), citations)
            .order_by()
            .values("source")
            .annotate(number=Count("pk"))
        )
        number = Coalesce(Subquery(facts.values("number")), 0)
        return with_links(rows.annotate(fact_count=number))

    @admin.display(description=_("published on"), ordering="published_earliest")
    def published_shown(self, source: Any) -> str:
        """The date in words."""
        return render_date(source.published)

    @admin.display(description=_("facts"), ordering="fact_count")
    def facts(self, source: Any) -> int:
        """How many facts rest on it."""
        count: int = source.fact_count
        return count

    @admin.display(description=_("link"), ordering="link_checked", empty_value="–")
    def link_shown(self, source: Any) -> str:
        """What the address answered last, and how long ago."""
        return link_in_words(source)

    @admin.display(description=_("asked whether it answers"))
    def link_checks_shown(self, source: Any) -> str:
        """When the address was asked, and what it answered."""
        return checks_in_words(source)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Sources that have the words, in any order, or a file that has all of them."""
        text = search_term.replace("\0", "").strip()
        if not text:
            return queryset, False
        inside = Q(pk__in=files_that_say(text).values("capture__source"))
        told_in_trust = Q(pk__in=sealed_sources_like(text, queryset))
        return queryset.filter(in_any_order(text, _matching) | inside | told_in_trust), False

    def autocomplete_labels(self, request: HttpRequest, rows: Iterable[Model]) -> dict[Any, str]:
        """Publisher, title and date."""
        found: list[Any] = list(rows)
        return {row.pk: source_label(row) for row in found}

    def changeform_view(self, request: HttpRequest, *arguments: Any, **options: Any) -> Any:
        """The page of a source; where saving it is undone, the files sent with it go too."""
        key = options.get("object_id") or next(iter(arguments), None)
        with all_or_none(), held_while_saving_source(request, key):
            return super().changeform_view(request, *arguments, **options)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Save the files, then take down what is not to be shown any longer."""
        super().save_related(request, form, formsets, change)
        obey_saved_source(request, form.instance)

    def get_urls(self) -> list[Any]:
        """The pages for withdrawing a source, and for its files."""
        return [
            WithdrawView.address(self),
            BundleView.address(self),
            VerifyFilesView.address(self),
            *(page.address(self) for page in PAGES),
            *super().get_urls(),
        ]


def _matching(text: str) -> Q:
    return (
        Q(title__icontains=text)
        | Q(title_local__icontains=text)
        | Q(publisher__icontains=text)
        | Q(author__icontains=text)
        | Q(url__icontains=text)
        | Q(reference__iexact=text)
    )
