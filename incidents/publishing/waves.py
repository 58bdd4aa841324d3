"""Cases that can be published together with the outcome of one after the other."""

from collections.abc import Iterator, Sequence

from incidents.documents.casefile import CaseFile
from incidents.documents.references import kind_of
from incidents.documents.standing import spoken_of
from incidents.models import Publication
from record.kinds import Kind

_Tie = tuple[Kind, int]


def waves(cases: Sequence[CaseFile]) -> Iterator[list[CaseFile]]:
    """The cases in their order, cut wherever one needs what an earlier one has published.

    Cases that share a victim or a legal action, or are linked, each tell of what the others have
    published, so they go one after the other. So does a correction, which changes what stands.
    A case that is tied to what is public by then ends its wave: documents that are written anew
    because of it come before the next case. Agencies and sources may be shared within a wave:
    their documents do not depend on the case.
    """
    wave: list[CaseFile] = []
    held: set[_Tie] = set()
    before: set[_Tie] = set()
    for case in cases:
        ties = _ties(case)
        alone = case.incident.publication == Publication.PUBLISHED
        if wave and (alone or ties & held):
            yield wave
            before |= held
            wave, held = [], set()
        wave.append(case)
        held |= ties
        if alone or ties & before or _is_tied_to_public(case):
            yield wave
            before |= held
            wave, held = [], set()
    if wave:
        yield wave


def _ties(case: CaseFile) -> set[_Tie]:
    return {(kind_of(row), row.pk) for row in spoken_of(case)}


def _is_tied_to_public(case: CaseFile) -> bool:
    return any(row.reference for row in spoken_of(case))
