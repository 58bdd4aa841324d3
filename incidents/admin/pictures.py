"""Photographs on the page of a person: taken in, looked at, chosen for the public, taken out."""

from typing import Any, Self

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponse, HttpResponseBase
from django.urls import URLPattern, path, reverse
from django.utils.functional import lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views import View

from incidents import publishing
from incidents.admin.base import RowsFormSet, StaffInline, StaffModelAdmin, staff_member
from incidents.admin.confirming import Question, ask, is_confirmed
from incidents.admin.forms import StaffForm
from incidents.admin.picture_addresses import original_address, picture_address
from incidents.models import Person, Picture
from incidents.models.picture import DOWNLOAD_ORIGINAL
from incidents.pictures.opening import MAX_FILE_BYTES, PictureRefused
from incidents.pictures.receiving import Examined, examine, fill_in, forget
from incidents.publishing.photographs import is_public
from incidents.readiness import PUBLISH
from record.pictures import MEDIA_TYPE

VIEW = "incidents.view_picture"

_ACCEPTED = "image/jpeg,image/png,image/webp"
_ENDINGS = {"image/jpeg": "jpg", "image/png": "png", "image/webp": "webp"}


def _told_of_upload() -> str:
    return gettext(
        "JPEG, PNG or WebP, at most %(size)d MB. It is kept as you send it, and nobody "
        "outside can open it. What staff and the public see is a small copy without place, "
        "time and camera."
    ) % {"size": MAX_FILE_BYTES // 1024**2}


_upload_help = lazy(_told_of_upload, str)


class PictureForm(StaffForm):
    """A photograph. Its file is sent once; afterwards only what is said of it can change."""

    upload = forms.FileField(
        label=_("File"),
        required=False,
        help_text=_upload_help(),
        widget=forms.FileInput(attrs={"accept": _ACCEPTED}),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.found: Examined | None = None
        box = self.fields["upload"]
        if self.instance.pk is not None:
            box.disabled, box.widget, box.help_text = True, forms.HiddenInput(), ""

    def clean_upload(self) -> Any:
        """The file, if it is a photograph whole and sound."""
        upload = self.cleaned_data.get("upload")
        if self.instance.pk is not None:
            return None
        if not upload:
            raise ValidationError(gettext("Choose the file of the photograph."), code="required")
        try:
            self.found = examine(upload)
        except PictureRefused as refused:
            raise ValidationError(str(refused), code="refused") from refused
        return upload

    def validate_constraints(self) -> None:
        """That only one is shown is seen from all the rows together."""

    def save(self, commit: bool = True) -> Any:
        """Keep the file together with its row, or neither."""
        if self.found is None:
            return super().save(commit)
        fill_in(self.instance, self.cleaned_data["upload"], self.found)
        try:
            return super().save(commit)
        except BaseException:
            forget(self.instance)
            raise


class PictureFormSet(RowsFormSet):
    """All photographs of a person, of which one may be shown."""

    def clean(self) -> None:
        """Refuse two that would be shown."""
        super().clean()
        if len([form for form in self.forms if _is_chosen(form)]) > 1:
            raise ValidationError(gettext("Only one photograph of a person can be shown."))

    def save(self, commit: bool = True) -> Any:
        """Save the rows, what is hidden first: another one may take its place."""
        hidden = [form.instance.pk for form in self.initial_forms if not _is_chosen(form)]
        Picture.objects.filter(pk__in=hidden, shown=True).update(shown=False)
        return super().save(commit)


def _is_chosen(form: Any) -> bool:
    """Whether the photograph would be shown. A row that nobody touched is not read again."""
    return bool(form.cleaned_data.get("shown") if form.has_changed() else form.instance.shown)


class PictureInline(StaffInline):
    """The photographs of a person."""

    asks_why = False
    model = Picture
    form = PictureForm
    formset = PictureFormSet
    can_delete = False
    readonly_fields = ("looks",)
    fieldsets = (
        (
            None,
            {
                "fields": (
                    "looks",
                    "upload",
                    ("credit", "obtained"),
                    ("description", "description_local"),
                    "shown",
                )
            },
        ),
    )
    may_download = False

    def get_queryset(self, request: HttpRequest) -> Any:
        """The rows without the pictures themselves, which have addresses of their own."""
        self.may_download = staff_member(request).has_perm(DOWNLOAD_ORIGINAL)
        return super().get_queryset(request).defer("copy")

    @admin.display(description=_("photograph"))
    def looks(self, picture: Picture) -> SafeString | str:
        """The working copy, and the way to the original for those who may have it."""
        if picture.pk is None:
            return "–"
        image = format_html(
            '<img src="{}" width="{}" height="{}" alt="{}" class="photograph">',
            picture_address(picture),
            picture.copy_width,
            picture.copy_height,
            picture.description or gettext("Photograph of this person"),
        )
        told = f"{picture.media_type}, {picture.width} × {picture.height}, {picture.sha256}"
        if not self.may_download:
            return format_html("{}<br><small>{}</small>", image, told)
        return format_html(
            '{}<br><small>{}</small><br><a href="{}">{}</a>',
            image,
            told,
            original_address(picture),
            gettext("Download the original"),
        )


class PictureFileView(View):
    """A file of a photograph, for staff who may know of the person."""

    section: StaffModelAdmin = None  # type: ignore[assignment] # given by addresses()
    original = False
    http_method_names = ["get", "head"]

    @classmethod
    def addresses(cls: type[Self], section: StaffModelAdmin) -> list[URLPattern]:
        """The working copy to look at, and the original to keep."""
        view = section.admin_site.admin_view
        return [
            path(
                "<int:pk>/pictures/<int:picture>/copy.jpg",
                view(cls.as_view(section=section)),
                name="incidents_person_picture_copy",
            ),
            path(
                "<int:pk>/pictures/<int:picture>/original/",
                view(cls.as_view(section=section, original=True)),
                name="incidents_person_picture_original",
            ),
        ]

    def get(self, request: HttpRequest, pk: int, picture: int) -> HttpResponseBase:
        """The copy as a picture; the original never as a page, only as a file to keep."""
        user = staff_member(request)
        if not user.has_perm(DOWNLOAD_ORIGINAL if self.original else VIEW):
            raise PermissionDenied
        # Of a person whom the reader may know of; of anybody else there is nothing.
        if not self.section.get_queryset(request).filter(pk=pk).exists():
            raise Http404
        rows = Picture.objects.filter(pk=picture, person=pk)
        found = (rows.defer("copy") if self.original else rows).first()
        if found is None:
            raise Http404
        answer = _original(found) if self.original else _copy(found)
        answer.headers["Cache-Control"] = "private, no-store"
        return answer


def _copy(picture: Picture) -> HttpResponseBase:
    return HttpResponse(bytes(picture.copy), content_type=MEDIA_TYPE)


def _original(picture: Picture) -> HttpResponseBase:
    # Nothing typed stands in the name: the one it came under can name somebody.
    name = f"photograph-{picture.pk}.{_ENDINGS[picture.media_type]}"
    file = picture.original.open("rb")
    return FileResponse(
        file, as_attachment=True, filename=name, content_type="application/octet-stream"
    )


class TakeDownView(View):
    """Take the photograph of a person out of the public record, at once."""

    section: StaffModelAdmin = None  # type: ignore[assignment] # given by address()
    http_method_names = ["get", "head", "post"]

    @classmethod
    def address(cls: type[Self], section: StaffModelAdmin) -> URLPattern:
        """The address of this page below that of the person."""
        view = section.admin_site.admin_view(cls.as_view(section=section))
        return path("<int:pk>/take-down/", view, name="incidents_person_take_down")

    def get(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """Ask whether it is meant."""
        return self._ask(request, self._person(request, pk))

    def post(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """Take it out after a confirmation."""
        person = self._person(request, pk)
        if not is_confirmed(request):
            return self._ask(request, person)
        if publishing.take_down(person, by=staff_member(request)):
            messages.success(request, gettext("The photograph is public no longer."))
        else:
            messages.info(request, gettext("No photograph of this person was public."))
        return HttpResponseRedirect(reverse("admin:incidents_person_change", args=[person.pk]))

    def _person(self, request: HttpRequest, pk: int) -> Person:
        if not staff_member(request).has_perm(PUBLISH):
            raise PermissionDenied
        person = self.section.get_queryset(request).filter(pk=pk).first()
        if not isinstance(person, Person):
            raise Http404
        return person

    def _ask(self, request: HttpRequest, person: Person) -> HttpResponse:
        question = Question(
            title=gettext("Take the photograph down: %s") % person,
            sentences=[
                gettext(
                    "It disappears at once from the page of the person, and its address answers "
                    "nothing any more. Earlier versions of the page that showed it are emptied."
                ),
                gettext("It is not published again until somebody chooses it anew."),
            ],
            button=gettext("Take the photograph down"),
            back=reverse("admin:incidents_person_change", args=[person.pk]),
        )
        return ask(request, question, opts=self.section.opts, original=person)


def public_photograph(person: Person) -> dict[str, bool]:
    """For the page of a person: whether there is a photograph to take down."""
    return {"photograph_is_public": is_public(person)}
