"""The mapping: a text that says how the columns of a list become cases."""

from incidents.importing.mapping.faults import MappingFault, MappingRefused
from incidents.importing.mapping.reading import list_code, read_mapping
from incidents.importing.mapping.shape import Mapping

__all__ = ["Mapping", "MappingFault", "MappingRefused", "list_code", "read_mapping"]
