"""The pages of the staff, as addresses of the site under test. Places in braces are of ``Desk``."""

_CASE = "incidents/incident/{killing}"
_WAITING = "incidents/incident/{waiting}"
_BEGUN = "incidents/importbatch/{begun}"
_BROUGHT = "incidents/importbatch/{brought}"
_PAPERS = "incidents/incident/{taken}/communications/{missing}"

_FACTOR = "account/second-factor/"

OF_NOBODY = {
    "login": "login/",
    "locked": "account/locked/",
}
"""What opens without an account."""

OF_PUBLISHER = {
    "index": "",
    "dates": "dates/",
    "incidents": "incidents/incident/",
    "incident-add": "incidents/incident/add/",
    "incident": f"{_CASE}/change/",
    "incident-history": f"{_CASE}/history/",
    "incident-waiting": f"{_WAITING}/change/",
    "publication": f"{_WAITING}/publication/",
    "publication-published": f"{_CASE}/publication/",
    "public-page": f"{_CASE}/public-page/",
    "comment": f"{_WAITING}/comments/add/",
    "changes": f"{_WAITING}/changes/?since=submitted",
    "new-case": "incidents/incident/new/",
    "same-again": f"{_CASE}/same-again/{{act}}/",
    "merge": f"{_CASE}/merge/",
    "evidence": f"{_CASE}/evidence/",
    "communications": f"{_CASE}/communications/",
    "papers": f"{_PAPERS}/",
    "case-sheet": f"{_PAPERS}/family/",
    "case-sheet-refused": f"{_PAPERS}/court/",
    "violations": "incidents/violation/",
    "counts": "incidents/violation/counts/?rows=district&columns=type&unit=victims&date_from=2006",
    "victims": "incidents/victim/",
    "victim": "incidents/victim/{victim}/change/",
    "people": "incidents/person/",
    "person-add": "incidents/person/add/",
    "person": "incidents/person/{victim}/change/",
    "person-withdraw": "incidents/person/{victim}/withdraw/",
    "duplicates": "incidents/person/duplicates/",
    "pair": "incidents/person/duplicates/{victim}-{namesake}/",
    "legal-actions": "incidents/legalaction/",
    "legal-action": "incidents/legalaction/{legal_action}/change/",
    "sources": "incidents/source/",
    "source-add": "incidents/source/add/",
    "source": "incidents/source/{source}/change/",
    "file": "incidents/source/{source}/files/{file}/",
    "file-text": "incidents/source/{source}/files/{file}/text/",
    "verify-files": "incidents/source/{source}/verify-files/",
    "agencies": "incidents/agency/",
    "posts": "incidents/agency/posts/",
    "interventions": "incidents/intervention/",
    "tasks": "incidents/task/",
    "task": "incidents/task/{task}/change/",
    "citations": "incidents/citation/",
    "reviews": "incidents/review/",
    "imports": "incidents/importbatch/",
    "import-add": "incidents/importbatch/add/",
    "import-columns": f"{_BEGUN}/columns/",
    "import-values": f"{_BEGUN}/values/",
    "import-about": f"{_BEGUN}/about/",
    "import-text": f"{_BEGUN}/text/",
    "import-preview": f"{_BEGUN}/preview/",
    "import-report": f"{_BROUGHT}/report/",
    "import-undo": f"{_BROUGHT}/undo/",
    "lists": "incidents/sourcelist/",
    "jobs": "incidents/job/",
    "expunging": "incidents/expunging/{expunging}/change/",
    "expunging-agree": "incidents/expunging/{expunging}/agree/",
    "account": "account/",
    "second-factor": _FACTOR,
    "app-set-up": f"{_FACTOR}totp/activate/",
    "passkeys": f"{_FACTOR}webauthn/",
    "passkey-add": f"{_FACTOR}webauthn/add/",
    "password": "password_change/",
}

OF_GUARDED = {
    "second-factor-set-up": _FACTOR,
    "app-remove": f"{_FACTOR}totp/deactivate/",
    "recovery-codes": f"{_FACTOR}recovery-codes/",
    "recovery-codes-new": f"{_FACTOR}recovery-codes/generate/",
    "proving-again": f"{_FACTOR}reauthenticate/",
}
"""What opens for somebody who has set up a second factor."""

OF_ADMINISTRATOR = {
    "index-of-administrator": "",
    "staff": "incidents/staffmember/",
    "member": "incidents/staffmember/{member}/change/",
    "groups": "auth/group/",
    "access-log": "incidents/accessevent/",
    "expungings": "incidents/expunging/",
    "expunging-add": "incidents/expunging/add/",
    "terms": "reference/term/",
    "term": "reference/term/{term}/change/",
    "areas": "reference/area/",
    "area": "reference/area/{area}/change/",
    "organisation": "reference/organisation/1/change/",
    "page-texts": "reference/pagetext/",
    "tokens": "api/issuedtoken/",
}

STATUSES = {"case-sheet-refused": 409}
"""Of the pages that answer with anything but 200."""

IN_BOTH_LANGUAGES = {
    *("login", "index", "incident-add", "new-case", "publication", "papers", "case-sheet"),
    *("person", "source", "expunging-agree"),
}
"""Pages on which most of the work is done. The others are built alike, and seen in Urdu alone."""

SCREENS = OF_NOBODY | OF_PUBLISHER | OF_GUARDED | OF_ADMINISTRATOR


def address_of(name, desk, language=""):
    """The address of a page; ``language`` is what stands before it."""
    return f"{language}/admin/{SCREENS[name].format(**vars(desk))}"
