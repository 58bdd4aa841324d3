"""Whatever a text holds, it is read as it was written."""

from hypothesis import given
from hypothesis import strategies as st

from incidents.interchange.declared import KIND
from incidents.interchange.describing import Record
from incidents.interchange.exporting import Export
from incidents.interchange.parcel import Choices, Parcel
from incidents.interchange.reading import read
from incidents.interchange.writing import chunks_of
from incidents.models import StaffMember

CODE = "bcdfghjkmn"
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "person": st.integers(1, 99).map(lambda number: f"{CODE}:person:{number}"),
            "text": TEXTS,
            "since": st.sampled_from(["", "2023", "../2023-10-28~"]),
            "until": st.just(""),
        }
    )
)


@given(ROWS, TEXTS)
def test_a_file_is_read_as_it_was_written(rows, pseudonym):
    records = [
        Record("contact", f"{CODE}:contact:{number}", values, "", pseudonym[:80])
        for number, values in enumerate(rows, start=1)
    ]
    parcel = Parcel(CODE, [], Choices(), records, [], [], [])
    written = b"".join(chunks_of(Export(parcel, []), StaffMember(pseudonym=pseudonym)))
    received = read(lambda: [written])
    assert list(received.records) == records
    assert set(KIND["contact"].fields) == {"person", "text", "since", "until"}
