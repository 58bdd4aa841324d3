"""A first mapping for a table nobody here has seen: known headers, known values, no inventions."""

from incidents.importing.suggesting.choices import Choices
from incidents.importing.suggesting.guessing import suggest, suggested_mapping
from incidents.importing.suggesting.writing import mapping_text

__all__ = ["Choices", "mapping_text", "suggest", "suggested_mapping"]
