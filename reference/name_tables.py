"""Letters and words that count as the same when names are compared. Data only, no rules.

The Arabic-script letters follow the fold table of the documentation guide; the words are spellings
of one name that the letter rules of `reference.names` alone do not bring together. A table maps
what the letter rules leave (so `hussein` appears as `husein`) to one form that the rules leave
alone; a test holds that.
"""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


APOSTROPHES = dict.fromkeys(map(ord, "'`´‘’‛′ʹʻʼʽʾʿˈ"), "")

# Shapes of one letter, as typed on Arabic, Persian, Pashto, Sindhi and Urdu keyboards. The keys are
# what compatibility decomposition leaves, so hamza carriers arrive as letter plus mark.
ARABIC_LETTERS = {
    **dict.fromkeys("يىئےېۍێ", "ی"),
    **dict.fromkeys("كڪ", "ک"),
    "ګ": "گ",
    **dict.fromkeys("هھۀۂةۃە", "ہ"),
    **dict.fromkeys("آأإٱٲٳ", "ا"),
    "ؤ": "و",
    **dict.fromkeys("ںڼ", "ن"),
    "ټ": "ٹ",
    "ډ": "ڈ",
    "ړ": "ڑ",
    "ښ": "ش",
    "ږ": "ژ",
    "ء": "",
    "ـ": "",
}

# Letters that Urdu pronounces alike. For duplicate hints only: in search they would join names
# that are told apart in writing.
SOUND_ALIKES = {
    **dict.fromkeys("ثص", "س"),
    **dict.fromkeys("ذضظ", "ز"),
    "ط": "ت",
    "ح": "ہ",
    "ق": "ک",
    "ع": "ا",
}

LATIN_LETTERS = {"ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe"}

_LATIN_SPELLINGS = {
    "abd": "abdul abdel abdur abdus abdush abduz abdun abdut",
    "alah": "ulah ula olah",
    "ahmad": "ahmed ehmad ahmet",
    "bakhsh": "baksh bux buksh bukhsh bakhs baxsh",
    "baluch": "baloch",
    "daud": "davud davod",
    "ghulam": "gulam gholam",
    "hafez": "hafiz",  # Hafeez is a given name, Hafiz a title: what is left is the name
    "husain": "husein hosain hosein husayn husian",
    "isa": "eisa esa",
    "khalid": "khaled",
    "mahmud": "mehmud mehmod",
    "muhamad": "mohamad mohamed muhamed mohmad mahomed mohd muhd",
    "nasir": "naser",
    "rahman": "rehman rahmen",
    "shaikh": "sheikh shaykh sheykh shekh",
    "syed": "sayed sayid saiyid seyed saied",
    "umar": "omar umer omer",
    "usman": "osman othman uthman",
    "yusuf": "yusaf yusef yusif yosef yosuf",
}
LATIN_WORDS = {
    variant: name for name, variants in _LATIN_SPELLINGS.items() for variant in variants.split()
}

ARABIC_WORDS = {"رحمن": "رحمان", "اسمعیل": "اسماعیل", "اسحق": "اسحاق", "سلیمن": "سلیمان"}

# Given names that begin with the letters of the article without having one.
ALIF_LAM_NAMES = _words("الیاس الطاف الماس الہی الہام الفت التمش البرٹ اللہ الہ")

# Names that end in the letter ی and the sound a.
ALIF_MAQSURA_NAMES = _words(
    "موسی عیسی یحیی لیلی سلمی ہدی بشری صغری کبری عظمی اعلی تقوی یسری نجوی سلوی ضحی مولی"
)

# What follows the article in a joined name: Ziaurrehman, Nooruddin, Anwarulhaq.
SECOND_ELEMENTS = _words("din hak islam rahman nisa zaman hasan mulk amin")

# Given names too: titles only before another given name.
TITLES_THAT_ARE_NAMES = _words(
    "mir meer agha aga haji hajji sardar hafiz nawab میر اغا حاجی سردار حافظ نواب"
)
LEADING_TITLES = TITLES_THAT_ARE_NAMES | _words(
    "mama master maulana moulana molana mufti dr doctor advocate adv bibi banuk shaheed"
    " ماما ماسٹر مولانا مفتی ڈاکٹر دکتور د ایڈووکیٹ ایڈوکیٹ بیبی بانک شہید"
)
TRAILING_TITLES = _words("advocate adv bibi shaheed ایڈووکیٹ ایڈوکیٹ بیبی شہید")
# Shared by thousands: no given name, so a title before nothing but these is itself the name.
SHARED_NAMES = _words(
    "khan baloch baluch balooch bugti marri mengal zehri خان بلوچ بگٹی مری مینگل زہری"
)

# Consonants of the skeleton. Capitals stand for one sound written with two Latin letters.
SKELETON_LETTERS = {
    **dict.fromkeys("تطٹ", "t"),
    **dict.fromkeys("ثسص", "s"),
    **dict.fromkeys("دڈ", "d"),
    **dict.fromkeys("ذزضظ", "z"),
    **dict.fromkeys("رڑ", "r"),
    **dict.fromkeys("حہ", "h"),
    **dict.fromkeys("قک", "k"),
    "ب": "b",
    "پ": "p",
    "ج": "j",
    "چ": "C",
    "خ": "X",
    "ژ": "J",
    "ش": "S",
    "غ": "G",
    "ف": "f",
    "گ": "g",
    "ل": "l",
    "م": "m",
    "ن": "n",
    "و": "v",
    "ی": "y",
    "ا": "",
    "ع": "",
}

HINT_WORDS = dict.fromkeys(_words("mola mula mulah molah maula mavla"), "mola")
