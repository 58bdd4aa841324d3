"""The conditions of a mapping, made once into tests of a row."""

from collections.abc import Mapping

from incidents.importing.drafting.reading_rows import MOST_REMEMBERED, Test
from incidents.importing.mapping.shape import Condition, When


def condition(when: When) -> Test:
    """The function that says whether a condition holds."""
    tests = [_test(each) for each in when.every]
    either = [condition(each) for each in when.either]
    if len(tests) == 1 and not either:
        return tests[0]

    def holds(cells: Mapping[str, str]) -> bool:
        for test in tests:
            if not test(cells):
                return False
        return not either or any(test(cells) for test in either)

    return holds


def _test(asked: Condition) -> Test:
    column = asked.column
    if asked.filled is not None:
        filled = asked.filled
        return lambda cells: (column in cells) is filled
    answers: dict[str, bool] = {}

    def holds(cells: Mapping[str, str]) -> bool:
        text = cells.get(column, "")
        answer = answers.get(text)
        if answer is None:
            if len(answers) >= MOST_REMEMBERED:
                answers.clear()
            answer = answers[text] = _fits(asked, text.casefold())
        return answer

    return holds


def _fits(asked: Condition, text: str) -> bool:
    if asked.among and text not in asked.among:
        return False
    if asked.unlike and text in asked.unlike:
        return False
    return not asked.containing or any(part in text for part in asked.containing)
