"""The page of one captured file: its log, its words, and the file itself to keep.

Nothing of a file is ever shown as a page: it is sent as an attachment that no browser opens.
"""

from typing import Any, ClassVar, Self

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponse, HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext
from django.views import View

from incidents.admin.base import StaffModelAdmin, staff_member
from incidents.admin.captures import dangers_in_words, file_address, look_in_words
from incidents.admin.confirming import Question, ask, is_confirmed
from incidents.admin.custody_words import reason_in_words
from incidents.admin.public_files import link_lines
from incidents.evidence import custody
from incidents.evidence.custody import Act
from incidents.evidence.kinds import ending_of
from incidents.evidence.linked import links_of
from incidents.evidence.storing import opened
from incidents.evidence.verifying import last_look
from incidents.models import Capture, CaptureText

VIEW = "incidents.view_capture"
PER_PAGE = 50

_NEVER_A_PAGE = {
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "private, no-store",
}


class CapturePage(View):
    """A page about a file, for staff who may know of its source."""

    section: StaffModelAdmin = None  # type: ignore[assignment] # given by address()
    step: ClassVar[str] = ""
    http_method_names = ["get", "head"]

    @classmethod
    def address(cls: type[Self], section: StaffModelAdmin) -> URLPattern:
        """The address of this page below that of the source."""
        view = section.admin_site.admin_view(cls.as_view(section=section))
        step = f"{cls.step}/" if cls.step else ""
        name = f"incidents_source_file{'_' if step else ''}{cls.step}"
        return path(f"<int:pk>/files/<int:capture>/{step}", view, name=name)

    def capture(self, request: HttpRequest, pk: int, capture: int) -> Any:
        """The file, unless its source does not exist for this person."""
        if not staff_member(request).has_perm(VIEW):
            raise PermissionDenied
        if not self.section.get_queryset(request).filter(pk=pk).exists():
            raise Http404
        rows = Capture.objects.filter(pk=capture, source=pk).annotate(last_look=last_look())
        found = rows.select_related("source", "derived_from").first()
        if found is None:
            raise Http404
        return found

    def page(
        self, request: HttpRequest, capture: Any, template: str, **context: Any
    ) -> HttpResponse:
        """One of our pages, with what each says of the file."""
        return TemplateResponse(
            request,
            f"admin/incidents/source/{template}.html",
            {
                **self.section.admin_site.each_context(request),
                "opts": self.section.opts,
                "original": capture.source,
                "capture": capture,
                "file_page": file_address(capture),
                **context,
            },
        )


class FilePage(CapturePage):
    """What is known of a file, and all that was done with it."""

    def get(self, request: HttpRequest, pk: int, capture: int) -> HttpResponseBase:
        """The log is read and checked whole; a page of it is shown, the latest first."""
        found = self.capture(request, pk, capture)
        entries = list(custody.entries_of([found]))
        page = Paginator(entries[::-1], PER_PAGE).get_page(request.GET.get("p"))
        links, more = links_of(found, seen_by=staff_member(request))
        return self.page(
            request,
            found,
            "file",
            title=gettext("File %s") % found,
            standing=look_in_words(found.last_look),
            is_damaged=found.last_look == Act.DAMAGED,
            apart=dangers_in_words(found),
            is_unbroken=custody.is_unbroken(entries),
            page=page,
            lines=[(entry, reason_in_words(entry.reason)) for entry in page],
            copies=[(copy, file_address(copy)) for copy in found.derivatives.order_by("pk")],
            copy_of=file_address(found.derived_from) if found.derived_from else "",
            links=link_lines(links),
            more_links=more,
            has_text=CaptureText.objects.filter(capture=found).exists(),
            text_page=file_address(found, "text"),
            download=file_address(found, "download"),
        )


class TextPage(CapturePage):
    """The words of a file, as the worker read them."""

    step = "text"

    def get(self, request: HttpRequest, pk: int, capture: int) -> HttpResponseBase:
        """Whoever reads them has opened the file."""
        found = self.capture(request, pk, capture)
        text = CaptureText.objects.filter(capture=found).first()
        if text is None:
            raise Http404
        custody.note(found, Act.OPENED, by=staff_member(request), reason="text read")
        title = gettext("Words of file %s") % found
        return self.page(request, found, "file_text", title=title, text=text)


class DownloadView(CapturePage):
    """The file itself; one kept apart only after a word of warning."""

    step = "download"
    http_method_names = ["get", "head", "post"]

    def get(self, request: HttpRequest, pk: int, capture: int) -> HttpResponseBase:
        """Send it, or ask first."""
        found = self.capture(request, pk, capture)
        if found.is_apart or found.examined_at is None:
            return self._ask(request, found)
        return self._send(request, found)

    def post(self, request: HttpRequest, pk: int, capture: int) -> HttpResponseBase:
        """Send it after the confirmation."""
        found = self.capture(request, pk, capture)
        return self._send(request, found) if is_confirmed(request) else self._ask(request, found)

    def _send(self, request: HttpRequest, capture: Capture) -> HttpResponseBase:
        try:
            file = opened(capture)
        except OSError:
            messages.error(request, gettext("This file is not here. Have it taken from a backup."))
            return HttpResponseRedirect(file_address(capture))
        custody.note(capture, Act.COPIED, by=staff_member(request), reason="downloaded")
        # Nothing typed stands in the name: the one it came under can name somebody.
        name = f"file-{capture.sha256[:12]}.{ending_of(capture.media_type)}"
        answer = FileResponse(
            file, as_attachment=True, filename=name, content_type="application/octet-stream"
        )
        for header, value in _NEVER_A_PAGE.items():
            answer.headers[header] = value
        return answer

    def _ask(self, request: HttpRequest, capture: Capture) -> HttpResponse:
        warning = dangers_in_words(capture) or gettext("Nobody has looked into this file yet.")
        question = Question(
            title=gettext("Download file %s") % capture,
            sentences=[
                warning,
                gettext(
                    "Opened with the program it is made for, it can do something on your machine, "
                    "or tell somebody that you opened it. Open it only on a machine without a "
                    "line to the network that may be lost."
                ),
                gettext("That you downloaded it is written into its log."),
            ],
            button=gettext("Download it all the same"),
            back=file_address(capture),
        )
        return ask(request, question, opts=self.section.opts, original=capture.source)


PAGES: tuple[type[CapturePage], ...] = (FilePage, TextPage, DownloadView)
