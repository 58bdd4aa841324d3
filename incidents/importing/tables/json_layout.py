"""Where in a JSON file the list of objects is that a table can be made of."""

from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from django.utils.translation import gettext as _

from incidents.importing.tables.json_events import Event, Position, events
from incidents.importing.tables.limits import MAX_DEPTH
from incidents.importing.tables.refusal import Place

ITEM_A_LINE = ("*",)
"""The layout of NDJSON: every value of the file is an item."""

_LINE_ENDINGS = (".ndjson", ".jsonl")
_OPENING, _CLOSING = ("start_map", "start_array"), ("end_map", "end_array")


def find_list(path: Path, place: Place) -> tuple[str, ...]:
    """Keys that lead to the list of objects: none if the file is that list, or ``ITEM_A_LINE``.

    Raises FileRefused where there is no such list, or more than one.
    """
    stream = events(path, Position(place), several=True)
    first, _value = next(stream, ("", None))
    if first == "start_array":
        return ()
    if first != "start_map":
        raise place.refused(_("The file holds a single value and no list."), _needed())
    lists = list(_lists_of_objects(stream, place))
    if next(stream, None) is not None or (not lists and place.file.endswith(_LINE_ENDINGS)):
        return ITEM_A_LINE
    if len(lists) == 1:
        return lists[0]
    if not lists:
        raise place.refused(_("The file holds one object and no list of objects."), _needed())
    names = ", ".join(".".join(keys) for keys in lists[:5])
    raise place.refused(
        _("The file holds several lists of objects: %(names)s.") % {"names": names},
        _("Save each as a file of its own."),
    )


def items(
    path: Path, position: Position, layout: tuple[str, ...]
) -> Iterator[tuple[Event, Iterator[Event]]]:
    """The first event of each item of the list, and the stream from which to read the rest.

    Whoever iterates has to read each item to its end. Numbers them in ``position``.
    """
    stream = events(path, position, several=layout != ())
    if layout != ITEM_A_LINE:
        _enter(stream, layout)
    for event in stream:
        if event[0] == "end_array" and layout != ITEM_A_LINE:
            break
        position.item, position.column = position.item + 1, ""
        yield event, stream
    for _rest in stream:  # to the end: what follows has to be JSON as well
        pass


def _lists_of_objects(stream: Iterator[Event], place: Place) -> Iterator[tuple[str, ...]]:
    """Keys to each array whose first item is an object, within the object just begun."""
    keys = [""]
    for event, value in stream:
        if event == "map_key":
            keys[-1] = value
        elif event == "start_map":
            keys.append("")
            if len(keys) > MAX_DEPTH:
                raise too_deep(Position(place))
        elif event == "end_map":
            keys.pop()
            if not keys:
                return
        elif event == "start_array":
            following = next(stream)
            if following[0] == "start_map":
                yield tuple(keys)
            skip(chain([following], stream))


def skip(stream: Iterator[Event]) -> None:
    """Read to the end of the array or object that was just begun."""
    depth = 1
    for event, _value in stream:
        depth += (event in _OPENING) - (event in _CLOSING)
        if not depth:
            return


def _enter(stream: Iterator[Event], layout: tuple[str, ...]) -> None:
    """Read up to the beginning of the list that the keys lead to."""
    if next(stream)[0] == "start_array":
        return
    keys = [""]
    for event, value in stream:
        if event == "map_key":
            keys[-1] = value
        elif event == "start_map":
            keys.append("")
        elif event == "end_map":
            keys.pop()
        elif event == "start_array":
            if tuple(keys) == layout:
                return
            skip(stream)


def too_deep(position: Position) -> Exception:
    """The error for objects within objects without end."""
    return position.refused(
        _("Objects stand within objects more than %(limit)d deep.") % {"limit": MAX_DEPTH}
    )


def _needed() -> str:
    return _("A table is a list of objects, one object a row: [{…}, {…}], or one object a line.")
