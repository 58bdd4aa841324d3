"""Checking JSON against the shapes that are published, with nothing in it that they leave out."""

from jsonschema import Draft202012Validator, FormatChecker


def closed(shape):
    """The same shape with no room for members that it does not name."""
    if isinstance(shape, list):
        return [closed(part) for part in shape]
    if not isinstance(shape, dict):
        return shape
    inner = {key: closed(value) for key, value in shape.items()}
    if isinstance(shape.get("properties"), dict) and "additionalProperties" not in shape:
        inner["additionalProperties"] = False
    return inner


def faults(value, shape, parts):
    """What is wrong with a value, each with its place; empty where it has the shape."""
    whole = {**closed(shape), "components": {"schemas": closed(parts)}}
    found = Draft202012Validator(whole, format_checker=FormatChecker()).iter_errors(value)
    return [f"{_place(error)}: {_message(error)}" for error in found]


def _place(error):
    return "/".join(map(str, error.absolute_path))


def _message(error):
    inner = [f"{'/'.join(map(str, each.path))}: {each.message}" for each in error.context or ()]
    return error.message[:300] + (f" ({'; '.join(inner)[:500]})" if inner else "")
