"""What the organisation says on the pages that explain the record, in each language."""

from typing import Any

from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from incidents.admin.base import StaffModelAdmin
from incidents.admin.forms import StaffForm
from incidents.admin.labels import joined
from incidents.admin.texts_by_language import add_boxes, boxes_of, gathered, show_at_boxes
from reference.models import PageText

TEXTS = boxes_of("texts")
_ROWS = 18


class PageTextForm(StaffForm):
    """The text of a page, the languages side by side."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        add_boxes(
            self,
            "texts",
            self.instance.texts,
            gettext("Text"),
            rows=_ROWS,
            help_text=gettext(
                "An empty line begins a paragraph, ## a heading, - an item of a list, 1. a "
                "numbered one. **strong** is strong, [words](https://example.org) is a link. No "
                "HTML and no pictures. If one language is left empty, its readers see the other."
            ),
        )
        if "page" in self.fields:
            self._offer_pages()

    def clean(self) -> dict[str, Any] | None:
        """Put the texts together before the model checks them."""
        cleaned = super().clean()
        self.instance.texts = gathered(self, "texts")
        return cleaned

    def add_error(self, field: str | None, error: Any) -> None:
        """Show what the model says of the texts beside their boxes."""
        show_at_boxes(self, "texts", error)
        if getattr(error, "error_dict", True):
            super().add_error(field, error)

    def _offer_pages(self) -> None:
        """Those that have no text yet."""
        taken = set(PageText.objects.values_list("page", flat=True))
        field: Any = self.fields["page"]
        field.choices = [choice for choice in field.choices if choice[0] not in taken]


@admin.register(PageText)
class PageTextAdmin(StaffModelAdmin):
    """A text a page. To take one off, empty it."""

    form = PageTextForm
    list_display = ("page", "languages", "instead", "updated_at")
    fieldsets = ((None, {"fields": ("page", TEXTS, "instead")}),)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """While a page is left that has no text."""
        return super().has_add_permission(request) and (
            PageText.objects.count() < len(PageText.Page)
        )

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """A text stays on its page."""
        return ("page",) if obj is not None else ()

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **options: Any
    ) -> Any:
        """The boxes for texts are added by the form itself, not by the model."""
        if options.get("fields"):
            options["fields"] = [name for name in options["fields"] if name not in TEXTS]
        return super().get_form(request, obj, change=change, **options)

    def view_on_site(self, row: PageText) -> str | None:  # type: ignore[override]
        """The page itself; none where this process serves no public pages."""
        return reverse(f"website:{row.page}") if settings.HAS_PUBLIC_SIDE else None

    @admin.display(description=_("languages"))
    def languages(self, row: PageText) -> str:
        """In which languages there is a text."""
        return joined(name for code, name in settings.LANGUAGES if code in row.texts)
