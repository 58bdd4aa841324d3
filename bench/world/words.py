"""The words of made-up accounts and names. The order of words is that of their frequency."""

from itertools import product
from typing import Final

NARRATIVE: Final = 120
"""Words of an account."""

_PROSE: Final = (
    "family security forces house night men taken relatives said district police plain clothes"
    " vehicle arrived brother witness according report town road student protest court petition"
    " release week later body found hospital injured checkpoint market stopped searched phone"
    " village mother father uncle cousin neighbour statement officials denied knowledge custody"
    " camp convoy morning evening raid doors broken shots fired bus passengers identity cards"
    " checked demanded recovery highway blocked hours talks administration assured inquiry"
    " committee formed published newspaper organisation documented list missing persons hearing"
    " adjourned commission appeared lawyer filed complaint registered refused station officer"
    " transferred unknown place wearing uniforms masked faces motorcycle teacher driver labourer"
    " shopkeeper farmer journalist doctor returned condition tortured marks released silence"
    " threatened visited office press club camp winter summer border coastal harbour mountain"
    " river school university hostel room books seized computer taken away roadside dumped"
    " identified clothing burial funeral prayers condemned demanded justice mourning candle"
)


def _made_up(count: int) -> list[str]:
    beginnings = (
        "bar",
        "dol",
        "kem",
        "lun",
        "mar",
        "nol",
        "pel",
        "rin",
        "sor",
        "tav",
        "vel",
        "zim",
    )
    middles = ("a", "e", "i", "o", "u", "ar", "en", "ol")
    ends = ("dak", "fel", "gor", "lin", "mat", "nis", "pur", "rab", "sek", "tur", "wen", "yad")
    return ["".join(parts) for parts in product(ends, middles, beginnings)][:count]


VOCABULARY: Final = [
    *dict.fromkeys(_PROSE.split()),
    *_made_up(1_150),
    *(
        f"{first}{second}"
        for first, second in product(_made_up(60), ("ton", "ville", "gar", "abad"))
    ),
]
"""Real words first, then made-up ones in a long tail."""

NAMES: Final = (
    ("Balach", "بالاچ"),
    ("Karim", "کریم"),
    ("Zahid", "زاہد"),
    ("Naseer", "نصیر"),
    ("Murad", "مراد"),
    ("Hammal", "حمل"),
    ("Mahnaz", "مہناز"),
    ("Abdul Wahid", "عبدالواحد"),
    ("Ghulam Rasool", "غلام رسول"),
    ("Dad Mohammad", "داد محمد"),
    ("Sami", "سمیع"),
    ("Imran", "عمران"),
    ("Nazir", "نذیر"),
    ("Rahim", "رحیم"),
    ("Saleem", "سلیم"),
    ("Shah Nawaz", "شاہ نواز"),
    ("Yasir", "یاسر"),
    ("Haneef", "حنیف"),
    ("Gul Bibi", "گل بی بی"),
    ("Bakhtiar", "بختیار"),
)

SYLLABLES: Final = tuple(
    (f"{latin}{vowel}{end}".title(), f"{arabic}{vowel_arabic}{end_arabic}")
    for latin, arabic in (
        ("b", "ب"),
        ("d", "د"),
        ("g", "گ"),
        ("k", "ک"),
        ("l", "ل"),
        ("m", "م"),
        ("n", "ن"),
        ("r", "ر"),
        ("s", "س"),
        ("t", "ت"),
    )
    for vowel, vowel_arabic in (("a", "ا"), ("o", "و"), ("i", "ی"))
    for end, end_arabic in (
        ("b", "ب"),
        ("d", "د"),
        ("k", "ک"),
        ("l", "ل"),
        ("m", "م"),
        ("n", "ن"),
        ("r", "ر"),
        ("z", "ز"),
    )
)
"""Parts of made-up names in both scripts."""

SOUGHT: Final = {
    "common": (("kelmar", 0.25), ("dorvin", 0.25)),
    "mid": (("talbor", 0.05), ("sunrek", 0.05)),
    "rare": (("ozmund", 0.008), ("pirlak", 0.008)),
}
"""Pairs of words that stand in accounts alone, and the share of accounts with each of them: every
search finds the same for them, whatever else it reads."""
