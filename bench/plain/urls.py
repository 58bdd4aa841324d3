"""The addresses of the plain API."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from bench.plain.views import IncidentList, Statistics, ViolationList


def nothing(_request: HttpRequest) -> HttpResponse:
    """An empty answer: what Django and the server cost by themselves."""
    return HttpResponse()


urlpatterns = [
    path("healthz", nothing),
    path("nothing", nothing),
    path("incidents/", IncidentList.as_view()),
    path("violations/", ViolationList.as_view()),
    path("tuned/incidents/", IncidentList.as_view(tuned=True)),
    path("tuned/violations/", ViolationList.as_view(tuned=True)),
    path("statistics/", Statistics.as_view()),
]
