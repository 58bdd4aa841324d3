"""Comments on a case where they belong: beside the boxes of the form that they are on."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext

from incidents.models import Incident, Person, ReviewComment, StaffMember
from incidents.review_comments import COMMENT, CommentRefused, Place, name_of_row
from incidents.visibility import visible_to

NAMES = ("written_by", "answered_by", "settled_by")
"""What the lines of comments need to be read with them."""


class Remarks:
    """The comments on the rows of one page, shown in the help of their boxes.

    ``add`` is where to comment on a row; empty where that is not offered.
    """

    def __init__(self, comments: Sequence[ReviewComment], add: str = "") -> None:
        self.add = add
        self.on: dict[tuple[str, int | None], list[ReviewComment]] = defaultdict(list)
        for each in comments:
            self.on[each.row_kind, each.row_id].append(each)

    def tell(self, form: Any) -> None:
        """Put the comments on a row beside its boxes; those on the row as a whole, and those whose
        box is not on the page, beside the first one."""
        row = form.instance
        if row.pk is None:
            return
        visible = [name for name, field in form.fields.items() if not field.widget.is_hidden]
        if not visible:
            return
        first = visible[0]
        kind = "person" if isinstance(row, Person) else str(row._meta.model_name)
        for each in self.on.get((kind, row.pk), ()):
            name = each.field if each.field in form.fields else first
            _append(form.fields[name], in_words(each, with_place=name != each.field))
        if self.add and not isinstance(row, Incident) and _can_be_commented(row):
            _append(form.fields[first], _link(self.add, row))


def remarks_on(request: HttpRequest, record: Any) -> Remarks | None:
    """The comments on the rows of the page of a case or a person: one query a request."""
    if not isinstance(record, Incident | Person):
        return None
    user = request.user
    if not isinstance(user, StaffMember):
        return None
    key = f"remarks_on_{record.pk}"
    if key not in request.__dict__:
        add = ""
        if isinstance(record, Incident) and user.has_perm(COMMENT):
            add = reverse("admin:incidents_incident_comment", args=[record.pk])
        comments = _on_page_of(record, user).select_related(*NAMES)
        request.__dict__[key] = Remarks(list(comments), add)
    found: Remarks = request.__dict__[key]
    return found


def in_words(each: ReviewComment, *, with_place: bool = False) -> SafeString:
    """A comment in a line: what, who, when, the answer, and who settled it."""
    parts: list[tuple[Any, ...]] = [
        (each.text, _signed(each.written_by, each.written_at)),
    ]
    if each.answer:
        parts.append((each.answer, _signed(each.answered_by, each.answered_at)))
    said = format_html_join(" ", "<bdi>{}</bdi> <small>{}</small>", parts)
    about = format_html("<bdi>{}</bdi>: ", each.about) if with_place and each.about else ""
    settled = (
        ""
        if each.is_open
        else format_html(
            " <small>{}</small>",
            gettext("Settled: %s") % _signed(each.settled_by, each.settled_at),
        )
    )
    style = "remark" if each.is_open else "remark settled"
    return format_html(
        '<span class="{}"><strong>{}</strong> {}{}{}</span>',
        style,
        gettext("Comment"),
        about,
        said,
        settled,
    )


def _on_page_of(record: Incident | Person, user: StaffMember) -> QuerySet[ReviewComment]:
    if isinstance(record, Incident):
        return record.review_comments.all()
    names = record.names.values("pk")
    on_person = Q(row_kind="person", row_id=record.pk) | Q(row_kind="personname", row_id__in=names)
    return visible_to(user, ReviewComment.objects.filter(on_person))


def _signed(who: Any, when: Any) -> str:
    at = timezone.localtime(when)
    return f"{who} · {at:%Y-%m-%d %H:%M}"


def _append(field: Any, told: SafeString) -> None:
    field.help_text = format_html("{} {}", field.help_text, told)


def _link(add: str, row: Model) -> SafeString:
    kind = str(capfirst(str(row._meta.verbose_name)))
    return format_html(
        '<a class="comment" href="{}?on={}">{}<span class="visually-hidden">: {} {}</span></a>',
        add,
        Place.of(row),
        gettext("Comment"),
        kind,
        name_of_row(row),
    )


def _can_be_commented(row: Model) -> bool:
    try:
        Place.parse(str(Place.of(row)))
    except CommentRefused:
        return False
    return True
