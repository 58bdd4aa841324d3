"""The choices of a batch: made for a new file, kept step by step, and written as its mapping."""

from itertools import islice

from django.db.models import QuerySet

from incidents.importing.files import opened
from incidents.importing.mapping import MappingFault, MappingRefused, read_mapping
from incidents.importing.suggesting import Choices, mapping_text, suggest
from incidents.importing.suggesting.choices import VALUES_SHOWN
from incidents.importing.suggesting.targets import TARGET_OF, Kind
from incidents.importing.suggesting.values import distinct, known_terms, parts
from incidents.importing.tables import TableOptions
from incidents.models import ImportBatch

ROWS_COUNTED = 50_000
"""Rows in which values are counted. Beyond it a page would keep somebody waiting."""

SAMPLES, ROWS_SAMPLED = 3, 200


def choices_of(batch: ImportBatch) -> Choices | None:
    """What was chosen on the pages; None where the mapping was written as text."""
    return Choices.from_json(batch.choices) if batch.choices else None


def keep(batch: ImportBatch, choices: Choices) -> None:
    """Keep choices on their batch, with the mapping that follows from them."""
    batch.choices = choices.to_json()
    batch.mapping = mapping_text(choices)
    batch.save(update_fields=["choices", "mapping", "changed_by", "changed_at"])


def first_choices(batch: ImportBatch, options: TableOptions) -> None:
    """Begin with the mapping of the list's last file if it fits, else with a suggestion."""
    batch.save()
    earlier = earlier_with_mapping(batch).first()
    if earlier is not None and not faults_of(earlier.mapping, batch):
        take_over(batch, earlier)
    else:
        start_over(batch, options)


def start_over(batch: ImportBatch, options: TableOptions) -> None:
    """Suggest a mapping anew from the columns of the file. Raises FileRefused."""
    name, code = (batch.list.name, batch.list.code) if batch.list else ("", "")
    with opened(batch, options) as table:
        batch.columns = list(table.columns)
        choices = suggest(table, list_code=code, list_name=name)
    choices.sheet, choices.encoding = options.sheet, options.encoding
    choices.header_row = options.header_row
    batch.save(update_fields=["columns"])
    keep(batch, choices)


def options_of(batch: ImportBatch) -> TableOptions:
    """How the file was read last, by its choices or by its mapping."""
    choices = choices_of(batch)
    if choices is not None:
        return choices.table_options
    try:
        return read_mapping(batch.mapping).table_options
    except MappingRefused:
        return TableOptions()


def take_over(batch: ImportBatch, earlier: ImportBatch) -> None:
    """Use the mapping of another batch of the list."""
    batch.choices, batch.mapping = earlier.choices, earlier.mapping
    batch.good_rows_only = earlier.good_rows_only
    batch.save(update_fields=["choices", "mapping", "good_rows_only", "changed_by", "changed_at"])


def keep_text(batch: ImportBatch, text: str) -> None:
    """Keep a mapping that somebody wrote, faulty or not: work on it must not be lost."""
    if text != batch.mapping:
        batch.choices, batch.mapping = {}, text
        batch.save(update_fields=["choices", "mapping", "changed_by", "changed_at"])


def faults_of(text: str, batch: ImportBatch) -> list[MappingFault]:
    """What keeps a mapping from being used with this file."""
    try:
        read_mapping(text, columns=batch.columns)
    except MappingRefused as refused:
        return list(refused.faults)
    return []


def earlier_with_mapping(batch: ImportBatch) -> QuerySet[ImportBatch]:
    """Other batches of the same list that have a mapping, the latest first."""
    others = ImportBatch.objects.filter(list=batch.list_id).exclude(pk=batch.pk)
    return others.exclude(list=None).exclude(mapping="").order_by("-pk")


def samples_of(batch: ImportBatch, choices: Choices | None) -> dict[str, list[str]]:
    """Column → its first distinct values, for somebody who has to know what it holds."""
    found: dict[str, list[str]] = {column: [] for column in batch.columns}
    missing = set(choices.missing) if choices else set()
    with opened(batch, choices.table_options if choices else None) as table:
        for row in islice(table.rows(), ROWS_SAMPLED):
            for column, text in row.cells.items():
                values, value = found.get(column, []), text.strip()
                if len(values) < SAMPLES and value and value not in missing | set(values):
                    values.append(value)
    return found


def count_values(batch: ImportBatch, choices: Choices) -> None:
    """Count the values of each column that becomes a term or an agency, and suggest for new ones.

    What somebody chose for a value before stays.
    """
    wanted = {
        name: target
        for name, code in choices.targets.items()
        if (target := TARGET_OF[code]).kind in (Kind.TERM, Kind.AGENCY)
    }
    cells: dict[str, list[str]] = {name: [] for name in wanted}
    missing = {"", *choices.missing}
    with opened(batch, choices.table_options) as table:
        for row in islice(table.rows(), ROWS_COUNTED):
            for name in wanted:
                text = row.cells.get(choices.first_of(name), "").strip()
                if text not in missing:
                    cells[name] += parts(text, choices.targets[name])
    choices.seen = {name: distinct(texts, VALUES_SHOWN) for name, texts in cells.items()}
    for name, target in wanted.items():
        chosen = choices.terms.setdefault(name, {})
        new = [value for value, _number in choices.seen[name] if value not in chosen]
        if target.kind is Kind.TERM:
            chosen |= known_terms(target.vocabulary, new, header=name)
    choices.terms = {name: choices.terms[name] for name in wanted}
