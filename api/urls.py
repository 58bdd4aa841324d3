"""Addresses under ``/api/v1/``. They are for ever: only add to them."""

from django.urls import URLPattern, path, re_path

from api.formats import SUFFIXES
from api.views.areas import AreaListView
from api.views.changes import ChangesView, SealView
from api.views.citations import CitationView, RevisionCitationView
from api.views.coverage import CoverageView
from api.views.details import DetailView, RevisionView
from api.views.feeds import ATOM, ChangesFeedView, FeedView
from api.views.limits import LimitsView
from api.views.links import LinkView
from api.views.lists import ListView
from api.views.problems import ProblemListView, ProblemView, UnknownView
from api.views.root import RootView
from api.views.schema import SchemaView
from api.views.statistics import StatisticsView
from api.views.vocabularies import VocabularyDetailView, VocabularyListView
from record.kinds import Kind

app_name = "api"


def _published(kind: Kind) -> list[URLPattern]:
    """The list, the objects and the revisions of one kind."""
    name = kind.plural
    return [
        path(f"{name}/", ListView.as_view(kind=kind), name=name),
        re_path(
            rf"^{name}\.(?P<format>{SUFFIXES})$", ListView.as_view(kind=kind), name=f"{name}-file"
        ),
        re_path(rf"^{name}\.(?P<format>{ATOM})$", FeedView.as_view(kind=kind), name=f"{name}-feed"),
        path(f"{name}/<str:reference>/", DetailView.as_view(kind=kind), name=f"{name}-detail"),
        path(
            f"{name}/<str:reference>/r/<int:version>/",
            RevisionView.as_view(kind=kind),
            name=f"{name}-revision",
        ),
        path(
            f"{name}/<str:reference>/citation/",
            CitationView.as_view(kind=kind),
            name=f"{name}-citation",
        ),
        path(
            f"{name}/<str:reference>/r/<int:version>/citation/",
            RevisionCitationView.as_view(kind=kind),
            name=f"{name}-revision-citation",
        ),
        path(
            f"{name}/<str:reference>/r/<int:version>/seal/",
            SealView.as_view(kind=kind),
            name=f"{name}-seal",
        ),
    ]


urlpatterns: list[URLPattern] = [
    path("", RootView.as_view(), name="root"),
    path("schema/", SchemaView.as_view(), name="schema"),
    *(pattern for kind in Kind for pattern in _published(kind)),
    path("sources/<str:reference>/link/", LinkView.as_view(), name="sources-link"),
    path("statistics/", StatisticsView.as_view(), name="statistics"),
    path("coverage/", CoverageView.as_view(), name="coverage"),
    path("changes/", ChangesView.as_view(), name="changes"),
    re_path(rf"^changes\.(?P<format>{ATOM})$", ChangesFeedView.as_view(), name="changes-feed"),
    path("limits/", LimitsView.as_view(), name="limits"),
    path("areas/", AreaListView.as_view(), name="areas"),
    path("vocabularies/", VocabularyListView.as_view(), name="vocabularies"),
    path("vocabularies/<str:slug>/", VocabularyDetailView.as_view(), name="vocabulary"),
    path("problems/", ProblemListView.as_view(), name="problems"),
    path("problems/<str:slug>/", ProblemView.as_view(), name="problem"),
    re_path(r"^(?P<rest>.*)$", UnknownView.as_view(), name="unknown"),
]
