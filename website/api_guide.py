"""The question that the guide to the API asks in four ways, on the address it is read at."""

from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from django.http import QueryDict

from record.questions import Question, ask

LIST: Final = "violations"
ASKED: Final[tuple[tuple[str, str], ...]] = (
    ("type", "enforced-disappearance"),
    ("district", "Kech"),
    ("date_from", "2023-10"),
    ("date_to", "2023-10"),
)
"""The parameters of the question, those of docs/api.md."""

SHOWN: Final = "reference,victim,start"
"""The members of a document that the first answer is cut down to."""


@dataclass(frozen=True, slots=True)
class Example:
    """A question and how each program asks it. Addresses are whole, with the host."""

    question: Question
    parameters: tuple[tuple[str, str], ...]
    api: str

    @property
    def sentence(self) -> str:
        """The question in the reader's language."""
        return self.question.sentence()

    @property
    def list_address(self) -> str:
        """The address without a question."""
        return f"{self.api}{LIST}/"

    @property
    def first(self) -> str:
        """The address that is asked first: short answers."""
        return f"{self.list_address}?{self._query(('fields', SHOWN))}"

    @property
    def table(self) -> str:
        """The same as a table whose first row names the columns, and nothing before it."""
        return f"{self.list_address}?{self._query(('format', 'csv-plain'))}"

    @property
    def workbook(self) -> str:
        """The same as a file for spreadsheets."""
        return f"{self.api}{LIST}.xlsx?{self._query()}"

    @property
    def csv(self) -> str:
        """The same as a file that every spreadsheet opens."""
        return f"{self.api}{LIST}.csv?{self._query()}"

    def _query(self, *further: tuple[str, str]) -> str:
        return urlencode([*self.parameters, *further], safe=",")


def example(host: str) -> Example:
    """The example, for an address such as ``https://example.org``.

    An installation for another country does not know the district, and asks without it.
    """
    parameters, question = ASKED, _question(ASKED)
    if question.errors:
        parameters = tuple(each for each in ASKED if each[0] != "district")
        question = _question(parameters)
    return Example(question, parameters, f"{host}/api/v1/")


def _question(parameters: tuple[tuple[str, str], ...]) -> Question:
    return ask(LIST, QueryDict(urlencode(parameters)))
