"""The addresses of a process without public pages: none."""

urlpatterns = []
