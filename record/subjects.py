"""What a question is about, as the subject of its sentence."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from reference.models.vocabulary import Term

PLAIN: Final[Mapping[str, Any]] = {
    "incidents": _("Incidents"),
    "victims": _("Victims"),
    "violations": _("Violations"),
    "agencies": _("Agencies"),
    "legal-actions": _("Legal actions"),
    "sources": _("Sources"),
}

OF_TYPES: Final[Mapping[str, Any]] = {
    "incidents": _("%(types)s"),
    "victims": _("Victims of %(types)s"),
    "violations": _("%(types)s"),
    "agencies": _("Agencies alleged responsible for %(types)s"),
    "legal-actions": _("Legal actions over %(types)s"),
    "sources": _("Sources on %(types)s"),
}

# Labels name one violation; an English list of several needs the plural. Torture, rape, looting
# and the like have none. Other languages use the label as it is.
_PLURALS: Final = {
    "liberty": "Arrests, abductions and disappearances",
    "enforced-disappearance": "Enforced disappearances",
    "short-term-disappearance": "Short-term disappearances",
    "child-taken": "Children taken or born in hidden custody",
    "abduction-non-state": "Abductions by non-State actors",
    "abduction-unattributed": "Abductions by unknown authors",
    "arbitrary-arrest": "Arbitrary arrests",
    "mass-round-up": "Mass round-ups",
    "arbitrary-detention": "Arbitrary detentions",
    "incommunicado": "Incommunicado detentions",
    "preventive-detention": "Preventive detentions",
    "kin-detention": "Detentions of relatives",
    "held-despite-order": "Detentions despite a release order",
    "life": "Killings and deaths",
    "extrajudicial-killing": "Extrajudicial killings",
    "staged-encounter": "Staged encounters",
    "summary-execution": "Summary executions",
    "death-in-custody": "Deaths in custody",
    "death-under-torture": "Deaths from torture",
    "body-recovered": "Bodies found after disappearance",
    "killing-at-protest": "Killings at protests",
    "killing-armed-group": "Killings by non-State armed groups",
    "killing-indiscriminate": "Indiscriminate killings",
    "killing-unattributed": "Killings by unknown authors",
    "attempted-killing": "Attempted killings",
    "assault": "Assaults and woundings",
    "threat": "Threats",
    "death-threat": "Death threats",
    "threat-to-kin": "Threats against relatives",
    "body-abuse": "Bodies abused or withheld",
    "justice": "Denials of justice",
    "unfair-trial": "Unfair trials",
    "forced-confession": "Forced confessions",
    "counsel-denied": "Denials of counsel",
    "false-charge": "Fabricated charges",
    "remedy-denied": "Denials of remedy",
    "complaint-refused": "Refused complaints",
    "order-defied": "Defied court orders",
    "custody-concealed": "Concealed custodies",
    "no-investigation": "Failures to investigate",
    "reprisal": "Reprisals",
    "assembly": "Violations of protest and association",
    "protest-arrest": "Arrests for protesting",
    "assembly-blocked": "Banned or blocked assemblies",
    "network-shutdown": "Communications shutdowns",
    "expression": "Violations against press, speech and defenders",
    "press-obstruction": "Obstructions of reporting",
    "office-raid": "Raids on newsrooms and NGO offices",
    "speech-prosecution": "Prosecutions for expression",
    "smear": "Public smears",
    "property": "Violations of home and property",
    "house-raid": "Unlawful searches and raids",
    "confiscation": "Confiscations and land seizures",
    "movement": "Displacements and restrictions of movement",
    "displacement": "Forced displacements",
    "eviction": "Evictions",
    "blockade": "Blockades and curfews",
    "travel-ban": "Restrictions on travel",
    "other": "Other violations",
    "unknown": "Violations of unknown kind",
}


def type_names(terms: Iterable[Term], language: str) -> list[str]:
    """What these violations are called inside a sentence, several of each."""
    return [_uncapitalised(_plural(term, language)) for term in terms]


def capitalised(text: str) -> str:
    """With its first letter as at the start of a sentence; other scripts have no capitals."""
    return text[:1].upper() + text[1:]


def _plural(term: Term, language: str) -> str:
    label = term.label_in(language)
    return _PLURALS.get(term.code, label) if language.startswith("en") else label


def _uncapitalised(text: str) -> str:
    # A second capital marks an abbreviation, which keeps both.
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]
