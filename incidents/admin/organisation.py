"""The organisation that publishes the record: its name, contacts, licence and logo. One row."""

from base64 import b64encode
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from incidents.admin.base import StaffModelAdmin
from incidents.admin.forms import StaffForm
from incidents.admin.texts_by_language import add_boxes, boxes_of, gathered, show_at_boxes
from reference.logos import MAX_UPLOAD, DrawnLogo, read_logo
from reference.models import Organisation
from reference.models.organisation import THE_ONLY

NAMES, SHORT_NAMES, LOGO_TEXTS = (boxes_of(name) for name in ("names", "short_names", "logo_texts"))
LOGO_FILE, NO_LOGO = "logo_file", "no_logo"
BODIES = boxes_of("collecting_bodies")
_TEXTS = ("names", "short_names", "collecting_bodies", "logo_texts")


class OrganisationForm(StaffForm):
    """The organisation, with a box for each language and an upload for the logo."""

    logo_file = forms.FileField(
        label=_("New logo"),
        required=False,
        help_text=_(
            "A PNG or JPEG picture of at most 200 KB. It is made small, and everything but the "
            "picture itself is taken out of the file. Every page carries it: a plain one helps "
            "readers on slow lines."
        ),
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg"}),
    )
    no_logo = forms.BooleanField(label=_("Show no logo"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._drawn: DrawnLogo | None = None
        row = self.instance
        unset = gettext("If left empty: “%(setting)s”, from the settings of this installation.")
        name = unset % {"setting": settings.GAWAH_ORGANISATION}
        add_boxes(self, "names", row.names, gettext("Name"), help_text=name)
        add_boxes(
            self,
            "short_names",
            row.short_names,
            gettext("Short name"),
            help_text=gettext("For the head of each page and the title in the browser."),
        )
        add_boxes(
            self,
            "collecting_bodies",
            row.collecting_bodies,
            gettext("Who collected the data"),
            help_text=gettext(
                "Every organisation whose collecting stands behind the record, one a line, in the "
                "same order in each language. Every answer and file names them. If left empty: the "
                "organisation itself."
            ),
            rows=4,
        )
        add_boxes(
            self,
            "logo_texts",
            row.logo_texts,
            gettext("What the logo shows"),
            help_text=gettext("For those who cannot see it. Not needed where it is only the name."),
        )
        if "licence" in self.fields:
            licence = unset % {"setting": settings.GAWAH_LICENCE}
            self.fields["licence"].help_text = f"{self.fields['licence'].help_text} {licence}"

    def clean_logo_file(self) -> Any:
        """Read the picture, so that a refusal stands beside its box."""
        given = self.cleaned_data.get(LOGO_FILE)
        if given:
            # One byte more than allowed is enough to refuse it.
            self._drawn = read_logo(given.read(MAX_UPLOAD + 1))
        return given

    def clean(self) -> dict[str, Any] | None:
        """Put texts and logo into the row before the model checks them."""
        cleaned = super().clean()
        if self._drawn and self.cleaned_data.get(NO_LOGO):
            raise ValidationError(
                {NO_LOGO: _("Either choose a new logo or show none; not both at once.")}
            )
        for field in _TEXTS:
            setattr(self.instance, field, gathered(self, field))
        if self._drawn:
            _put_logo(self.instance, self._drawn)
        elif self.cleaned_data.get(NO_LOGO):
            _put_logo(self.instance, None)
        return cleaned

    def add_error(self, field: str | None, error: Any) -> None:
        """Show what the model says of its texts beside their boxes."""
        for name in _TEXTS:
            show_at_boxes(self, name, error)
        if getattr(error, "error_dict", True):
            super().add_error(field, error)


def _put_logo(row: Organisation, drawn: DrawnLogo | None) -> None:
    row.logo = drawn.data if drawn else None
    row.logo_type = drawn.media_type if drawn else ""
    row.logo_width = drawn.width if drawn else None
    row.logo_height = drawn.height if drawn else None
    row.logo_sha256 = drawn.sha256 if drawn else ""


@admin.register(Organisation)
class OrganisationAdmin(StaffModelAdmin):
    """One page, without a list before it."""

    form = OrganisationForm
    readonly_fields = ("logo_now",)
    fieldsets = (
        (_("Name"), {"fields": (NAMES, SHORT_NAMES)}),
        (
            _("Contact for readers"),
            {
                "description": _(
                    "Shown on every page, and on the page about corrections. A family must be "
                    "able to reach you with any of these."
                ),
                "fields": ("email", "phone", "address", "website"),
            },
        ),
        (_("Who collected the data"), {"fields": (BODIES,)}),
        (_("Licence"), {"fields": ("licence", "licence_address")}),
        (_("Logo"), {"fields": ("logo_now", LOGO_FILE, NO_LOGO, LOGO_TEXTS)}),
    )

    def has_add_permission(self, request: HttpRequest) -> bool:
        """There is one organisation."""
        return super().has_add_permission(request) and not Organisation.objects.exists()

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **options: Any
    ) -> Any:
        """The boxes for texts and logo are those of the form itself, not of the model."""
        if options.get("fields"):
            own = {*NAMES, *SHORT_NAMES, *BODIES, *LOGO_TEXTS}
            options["fields"] = [name for name in options["fields"] if name not in own]
        return super().get_form(request, obj, change=change, **options)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """The page of the only row, or the empty form for it."""
        if Organisation.objects.exists():
            address = reverse("admin:reference_organisation_change", args=[THE_ONLY])
        elif self.has_add_permission(request):
            address = reverse("admin:reference_organisation_add")
        else:
            return super().changelist_view(request, extra_context)
        return HttpResponseRedirect(address)

    def view_on_site(self, row: Organisation) -> str | None:  # type: ignore[override]
        """The page that shows all of it; none where this process serves no public pages."""
        return reverse("website:about") if settings.HAS_PUBLIC_SIDE else None

    @admin.display(description=_("logo now"))
    def logo_now(self, row: Organisation) -> SafeString | str:
        """The logo as readers see it. Inside the page, since the staff side may serve no files."""
        if row.logo is None:
            return gettext("none")
        picture = b64encode(bytes(row.logo)).decode()
        return format_html(
            '<img src="data:{};base64,{}" width="{}" height="{}" alt="{}">',
            row.logo_type,
            picture,
            row.logo_width,
            row.logo_height,
            row.logo_texts.get("en", ""),
        )
