"""The mapping as text, for whoever prefers to write it; also to take one along and bring one in."""

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponse
from django.utils.translation import gettext as _

from incidents.admin.imports import keeping
from incidents.admin.imports.pages import BatchPage
from incidents.importing.mapping import read_mapping

LONGEST_FILE = 1024**2
"""Bytes of a mapping that is uploaded as a file."""


class TextPage(BatchPage):
    """The mapping as TOML, with everything that is wrong with it beside its line."""

    name = "text"
    template = "admin/incidents/importbatch/text.html"
    before = True

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The text as it is kept."""
        return self._page()

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Keep the text, faulty or not; go on if it can be used."""
        self.batch.changed_by = self.user
        text = request.POST.get("mapping", "").replace("\r\n", "\n")
        if upload := request.FILES.get("mapping_file"):
            try:
                text = upload.read(LONGEST_FILE + 1).decode("utf-8-sig")
            except UnicodeDecodeError:
                messages.error(request, _("The file is not text in UTF-8. Nothing was changed."))
                return self.go("text")
            if upload.size is None or upload.size > LONGEST_FILE:
                messages.error(request, _("The file is too long for a mapping."))
                return self.go("text")
        keeping.keep_text(self.batch, text.replace("\0", "").replace("\r\n", "\n"))
        if keeping.faults_of(self.batch.mapping, self.batch):
            return self._page()
        self._tell_other_list()
        return self.go("preview")

    def _tell_other_list(self) -> None:
        named = read_mapping(self.batch.mapping).list.code
        if self.batch.list and named != self.batch.list.code:
            messages.warning(
                self.request,
                _(
                    "The mapping names the list “%(named)s”, the file was sent for “%(sent)s”. "
                    "It will be brought into the list that the mapping names."
                )
                % {"named": named, "sent": self.batch.list.code},
            )

    def _page(self) -> HttpResponse:
        return self.page(
            title=_("The mapping as text"),
            mapping=self.batch.mapping,
            faults=keeping.faults_of(self.batch.mapping, self.batch),
            lines=min(max(self.batch.mapping.count("\n") + 2, 12), 60),
            from_columns=bool(self.batch.choices),
        )


class MappingFile(BatchPage):
    """The mapping as a file, to be kept, sent to somebody, or used on the command line."""

    name = "mapping.toml"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The text of the mapping."""
        code = self.batch.list.code if self.batch.list else "mapping"
        answer = HttpResponse(self.batch.mapping, content_type="application/toml; charset=utf-8")
        answer["Content-Disposition"] = f'attachment; filename="{code}.toml"'
        return answer
