"""The page of a record's history: who changed which value, the latest first."""

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.http.response import HttpResponse
from django.template.response import TemplateResponse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from incidents.expunging import expunged
from incidents.history.differences import changes_of
from incidents.models import StaffMember

if TYPE_CHECKING:
    from incidents.admin.base import StaffModelAdmin

PER_PAGE = 50


def history_page(admin: "StaffModelAdmin", request: HttpRequest, object_id: str) -> HttpResponse:
    """The page of every change of a record, the latest first."""
    obj = admin.get_object(request, object_id)
    if obj is None:
        return admin._get_obj_does_not_exist_redirect(request, admin.opts, object_id)  # type: ignore[attr-defined,no-any-return]
    if not admin.has_view_or_change_permission(request, obj):
        raise PermissionDenied
    user = request.user
    if not isinstance(user, StaffMember):
        raise PermissionDenied
    paginator = Paginator(changes_of(obj, seen_by=user), PER_PAGE)
    page = paginator.get_page(request.GET.get("p", 1))
    context = {
        **admin.admin_site.each_context(request),
        "title": _("History: %s") % obj,
        "module_name": str(capfirst(admin.opts.verbose_name_plural)),
        "object": obj,
        "opts": admin.opts,
        "removed": expunged(obj),
        "page": page,
        "page_range": paginator.get_elided_page_range(page.number),
    }
    return TemplateResponse(request, "admin/object_history.html", context)
