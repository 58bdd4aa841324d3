"""The page “Counts”, its table as a file, and saving what it asks under a name."""

import io
from typing import Any, Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponse, HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.views import View

from incidents.accounts.recording import Act, record
from incidents.accounts.watching import is_export
from incidents.admin.base import StaffModelAdmin, staff_member
from incidents.admin.counts.asked import CountForm
from incidents.admin.counts.saved import SaveForm, lines_of, page_of
from incidents.admin.counts.shown import caption_of, has_words, other_units, shown, told
from incidents.counting.as_csv import write_table
from incidents.counting.table import Table, count

_FILE: Final = "counts.csv"


class CountsBase(View):
    """A page that counts acts. ``section`` is the list of acts, whose filter it has."""

    section: StaffModelAdmin = None  # type: ignore[assignment] # given by address()
    place = name = ""

    @classmethod
    def address(cls, section: StaffModelAdmin) -> URLPattern:
        """The address of this page below that of the list of acts."""
        view = section.admin_site.admin_view(cls.as_view(section=section))
        return path(cls.place, view, name=cls.name)

    def dispatch(self, request: HttpRequest, *arguments: Any, **options: Any) -> HttpResponseBase:
        """Only for those who may see acts."""
        if not self.section.has_view_permission(request):
            raise PermissionDenied
        return super().dispatch(request, *arguments, **options)

    def form(self, request: HttpRequest) -> CountForm:
        """What the address asks for. A search by words is noted, without the words."""
        form = CountForm(request.GET.dict(), request, self.section)
        if form.is_valid() and has_words(form):
            record(Act.SEARCHED, member=staff_member(request), request=request, section="violation")
        return form

    def table(self, request: HttpRequest, form: CountForm) -> Table:
        """The counts."""
        rows, columns = form.by()
        member = staff_member(request)
        return count(form.acts(), rows, columns, form.counted, days=form.days(), member=member)


class CountsView(CountsBase):
    """The page: choices, table, saved questions."""

    http_method_names = ["get", "head", "post"]
    place, name = "counts/", "incidents_violation_counts"

    def get(self, request: HttpRequest) -> HttpResponse:
        """The table that the address asks for."""
        return self._page(request, self.form(request), SaveForm(owner=staff_member(request)))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Save what the address asks for, under the name that was typed."""
        form = self.form(request)
        saving = SaveForm(request.POST, owner=staff_member(request))
        if form.is_valid() and has_words(form):
            saving.add_error(
                None,
                _(
                    "Words that you search for are not kept, since others could read them. Take "
                    "them out of the box “Words” and save again."
                ),
            )
        if not form.is_valid() or not saving.is_valid():
            return self._page(request, form, saving)
        saving.instance.parameters = form.kept_parameters()
        saved = saving.save()
        messages.success(request, _("The question is saved."))
        return HttpResponseRedirect(page_of(saved))

    def _page(self, request: HttpRequest, form: CountForm, saving: SaveForm) -> HttpResponse:
        found = shown(form, self.table(request, form)) if form.is_valid() else None
        context = {
            **self.section.admin_site.each_context(request),
            "title": _("Counts"),
            "opts": self.section.opts,
            "form": form,
            "table": found,
            "units": other_units(form) if found else [],
            "saving": saving,
            "saved": lines_of(staff_member(request), request.GET.get("saved", "")),
            "query": request.GET.urlencode(),
            "file": f"{reverse('admin:incidents_violation_counts_file')}?{request.GET.urlencode()}",
        }
        return TemplateResponse(request, "admin/incidents/counts/page.html", context)


class CountsFile(CountsBase):
    """The table as a file."""

    http_method_names = ["get"]
    place, name = f"counts/{_FILE}", "incidents_violation_counts_file"

    def get(self, request: HttpRequest) -> HttpResponse:
        """The whole table as CSV; what is wrong with a question is said by the page."""
        form = self.form(request)
        if not form.is_valid():
            page = reverse("admin:incidents_violation_counts")
            return HttpResponseRedirect(f"{page}?{request.GET.urlencode()}")
        table = self.table(request, form)
        rows, columns = form.by()
        stream = io.StringIO(newline="")
        notes = [caption_of(form), *told(form, table)]
        write_table(table, rows, columns, stream, notes)
        by = rows.name if columns is None else f"{rows.name} × {columns.name}"
        is_export(request, f"{form.counted}: {by}")
        answer = HttpResponse(stream.getvalue(), content_type="text/csv; charset=utf-8")
        answer["Content-Disposition"] = f'attachment; filename="{_FILE}"'
        return answer
