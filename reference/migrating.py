"""Migrations that make Django's models anew as seldom as they can.

After each operation Django makes every model anew that hangs together with the one changed. In the
case file nearly all of them do: that took four times as long as what the database had to do.
"""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any, Final

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import Migration
from django.db.migrations.operations import (
    AddConstraint,
    AddField,
    AddIndex,
    AlterField,
    CreateModel,
    RemoveIndex,
)
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

_ONCE_EACH: Final = (CreateModel, AddField, AddIndex, RemoveIndex, AddConstraint)
"""Kinds of operation that nothing meets twice in a row."""


class MigrationAtOnce(Migration):
    """A migration whose neighbouring operations of one kind are taken together."""

    def __init__(self, name: str, app_label: str) -> None:
        super().__init__(name, app_label)
        # The stubs know it as an attribute of the class; Django sets it on each migration too.
        self.operations = together(self.operations)  # type: ignore[misc]


class Together(Operation):
    """Operations of one kind on different things, between which nobody looks at the models.

    Each of them finds the models as they are after the last. That is the same to it as long as
    none creates what another one changes; ``together`` sees to that.
    """

    def __init__(self, operations: Sequence[Operation]) -> None:
        self.operations = list(operations)

    @property
    def reversible(self) -> bool:  # type: ignore[override]
        """Whether every one of them is."""
        return all(operation.reversible for operation in self.operations)

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Change what is known of the models; they are made from it when somebody asks for them."""
        state.__dict__.pop("apps", None)
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Change the database, in their order."""
        for operation in self.operations:
            operation.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Take it back, the last one first."""
        for operation in reversed(self.operations):
            operation.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        """What each of them does, for ``migrate --plan``."""
        return "; ".join(operation.describe() for operation in self.operations)


def together(operations: Iterable[Operation]) -> list[Operation]:
    """The same operations in the same order, with neighbours of one kind in groups.

    A field can be altered twice in a row; then each such operation stands alone, as all other
    kinds do.
    """
    found: list[Operation] = []
    for kind, neighbours in groupby(operations, type):
        group = list(neighbours)
        if len(group) > 1 and (kind in _ONCE_EACH or (kind is AlterField and _differ(group))):
            found.append(Together(group))
        else:
            found += group
    return found


def _differ(altered: Sequence[Any]) -> bool:
    fields = {(each.model_name_lower, each.name_lower) for each in altered}
    return len(fields) == len(altered)
