"""What every answer under ``/api/`` must look like, asserted in one place each."""

import re

PROBLEM = "application/problem+json"


def assert_open(response):
    """Any site may read it; it names no person and leaves nothing in the browser."""
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "Accept" in response["Vary"]
    assert "Cookie" not in response["Vary"]
    assert not response.cookies
    assert "html" not in response.get("Content-Type", "")


def assert_problem(response, status, slug):
    """An error in the one shape all errors have; returns its document."""
    assert response.status_code == status
    assert response["Content-Type"] == PROBLEM
    assert response["Cache-Control"] == "no-store"
    assert_open(response)
    problem = response.json()
    assert list(problem)[:6] == ["type", "title", "status", "detail", "errors", "request_id"]
    assert problem["type"] == f"/api/v1/problems/{slug}/"
    assert problem["status"] == status
    assert problem["title"]
    assert problem["detail"]
    assert re.fullmatch("[0-9a-f]{32}", problem["request_id"])
    for error in problem["errors"]:
        assert {"parameter", "message", "suggestion", "documentation"} <= set(error)
        assert error["message"]
    return problem


def assert_refused(response, parameter, suggestion=None):
    """A 400 for one parameter alone; returns the error."""
    problem = assert_problem(response, 400, "parameters")
    assert [error["parameter"] for error in problem["errors"]] == [parameter]
    (error,) = problem["errors"]
    assert error["suggestion"] == suggestion
    return error


def references(response):
    """The references of a list, in order."""
    assert response.status_code == 200, response.content
    return [document["reference"] for document in response.json()["results"]]
