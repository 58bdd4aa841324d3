"""Knowing a column by its header: the words that lists use, in five languages.

Only whole headers count, after words that add nothing are taken away. A header that merely
contains a known word may mean something else, and a column read wrongly is worse than one that
somebody has to choose.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reference.names import script_of

_WORDS: dict[str, str] = {
    "row": (
        "id|case id|record id|individual id|victim id|person id|unique id|row id|serial|serial no"
        "|serial number|s no|sr|sr no|sno|number|no|nr|num|ref|reference|reference no|case no"
        "|case number|code|case code|شمار|نمبر شمار|سیریل نمبر|کیس نمبر|نمبر|رقم|الرقم|رقم الحالة"
        "|número|numero|n|folio|expediente|código|codigo|numéro|identifiant|référence|dossier"
    ),
    "group": (
        "group id|incident id|event id|event|incident no|incident number|event no|event number"
        "|group|group no|واقعہ نمبر|واقعے کا نمبر|رقم الحادث|رقم الحادثة|id evento|evento"
        "|id incidente|id grupo|grupo|id incident|numéro incident|id événement|groupe"
    ),
    "name": (
        "name|full name|complete name|name of victim|victim name|victim|person|name of person"
        "|name of missing person|missing person|name of deceased|deceased|detainee|نام|پورا نام"
        "|مکمل نام|متاثرہ کا نام|لاپتہ شخص کا نام|مقتول کا نام|الاسم|اسم|الاسم الكامل|اسم الضحية"
        "|الضحية|nombre completo|nombre y apellido|nombre y apellidos|nombres y apellidos"
        "|nombre de la víctima|víctima|nom complet|nom et prénom|nom et prénoms|nom de la victime"
    ),
    "given": (
        "first name|first names|given name|given names|forename|forenames|given|firstname"
        "|پہلا نام|الاسم الأول|nombre|nombres|primer nombre|prénom|prénoms"
    ),
    "father": (
        "father|fathers name|father name|father s name|name of father|s o|so|son of|parentage"
        "|parent name|ولدیت|والد|والد کا نام|باپ کا نام|اسم الأب|الأب|اسم الوالد"
        "|padre|nombre del padre|nom du père|père"
    ),
    "last": (
        "last name|surname|family name|lastname|tribe|clan|caste|قبیلہ|قوم|ذات|خاندانی نام"
        "|اسم العائلة|العائلة|اللقب|القبيلة|apellido|apellidos|nom|nom de famille"
    ),
    "honorific": "title of person|honorific|salutation|لقب",
    "alias": (
        "alias|nickname|nick name|also known as|aka|other name|other names|عرف|عرفیت|الكنية"
        "|apodo|sobrenombre|surnom"
    ),
    "sex": "sex|gender|male|m f|جنس|صنف|الجنس|النوع الاجتماعي|sexo|género|sexe|genre",
    "age": (
        "age|age years|age in years|age at time|age at the time|age at death|age at abduction|عمر"
        "|العمر|السن|edad|âge"
    ),
    "birth": (
        "date of birth|dob|birth date|birthdate|birthday|born|year of birth|birth year"
        "|تاریخ پیدائش|تاريخ الميلاد|تاريخ الولادة|fecha de nacimiento|nacimiento"
        "|date de naissance"
    ),
    "occupation-words": (
        "occupation|profession|job|occupation detail|designation|پیشہ|ملازمت|المهنة|العمل"
        "|الوظيفة|ocupación|profesión|oficio|métier"
    ),
    "type": (
        "type of violation|violation|violation type|violence|type of violence|type of abuse|abuse"
        "|violations|act|خلاف ورزی|خلاف ورزی کی قسم|خلاف ورزی کی نوعیت|نوعیت"
        "|نوع الانتهاك|الانتهاك|tipo de violación|violación|tipo de violencia|violencia"
        "|type de violation|violence subie"
    ),
    "start": (
        "date|date of incident|incident date|event date|date of event|start|start date|date start"
        "|start date daily|from date|date from|date of abduction|abduction date|date of arrest"
        "|arrest date|date of disappearance|disappearance date|date of death|death date"
        "|date of killing|date missing|missing since|day|when|تاریخ|واقعے کی تاریخ|تاریخ واقعہ"
        "|گمشدگی کی تاریخ|تاریخ گمشدگی|لاپتہ ہونے کی تاریخ|تاریخ وفات|گرفتاری کی تاریخ|آغاز"
        "|التاريخ|تاريخ|تاريخ الحادث|تاريخ الاعتقال|تاريخ الوفاة|تاريخ الاختفاء|تاريخ البدء|fecha"
        "|fecha del hecho|fecha de los hechos|fecha de detención|fecha de desaparición"
        "|fecha de muerte|fecha inicio|fecha de inicio|inicio|date de l incident|date des faits"
        "|date d arrestation|date de disparition|date de décès|date de début|début"
    ),
    "start-month": (
        "start date monthly|month|start month|month of incident|مہینہ|الشهر|mes|mes de inicio|mois"
    ),
    "end": (
        "end|end date|date end|end date daily|to date|date to|date until|until|date of end|اختتام"
        "|اختتام کی تاریخ|تاريخ الانتهاء|fecha fin|fecha de fin|fecha final|fecha de término|fin"
        "|date de fin"
    ),
    "end-month": "end date monthly|end month|mes final|mois de fin",
    "methods": (
        "method|methods|weapon|means|طریقہ|طریقہ کار|ہتھیار|الطريقة|السلاح|método|métodos|arma"
        "|méthode|méthodes|arme"
    ),
    "stated-reason": (
        "reason|stated reason|reason given|charge|charges|وجہ|الزام|السبب|motivo|motif|raison"
    ),
    "outcome": "outcome|result|how it ended|انجام|نتیجہ|النتيجة|resultado|désenlace|résultat",
    "province": (
        "province|state|region|governorate|صوبہ|المحافظة|الولاية|الإقليم|provincia|región"
        "|departamento|région|département"
    ),
    "district": (
        "district|zila|distt|ضلع|المديرية|القضاء|المنطقة|distrito|municipio|comuna|arrondissement"
    ),
    "place": (
        "place|location|town|city|village|address|site|place of incident|place of abduction"
        "|place of arrest|place of death|incident place|where|area|مقام|جگہ|جائے وقوعہ|علاقہ|شہر"
        "|گاؤں|پتہ|المكان|الموقع|مكان الحادث|المدينة|القرية|lugar|lugar de los hechos|localidad"
        "|ciudad|pueblo|dirección|ubicación|lieu|lieu des faits|ville|localité|adresse|endroit"
    ),
    "place-type": (
        "place type|type of place|kind of place|جگہ کی قسم|نوع المكان|tipo de lugar|type de lieu"
    ),
    "latitude": "latitude|lat|عرض بلد|خط العرض|latitud",
    "longitude": "longitude|lon|long|lng|طول بلد|خط الطول|longitud",
    "status": (
        "status|current status|victim status|present status|حیثیت|موجودہ حیثیت|صورتحال"
        "|موجودہ صورتحال|الحالة|الوضع|الوضع الحالي|estado actual|situación|situación actual|statut"
        "|statut actuel|situation"
    ),
    "status-date": "status date|date of status|date of release|release date|رہائی کی تاریخ",
    "perpetrator": (
        "perpetrator|perpetrators|alleged perpetrator|alleged perpetrators|responsible"
        "|alleged responsible|accused|perpetrator affiliation|perpetrator affiliation detail"
        "|agency|by whom|suspected perpetrator|ملزم|مبینہ ذمہ دار|ذمہ دار|ادارہ|مبینہ ملزم"
        "|الجاني|الجهة المسؤولة|المسؤول|الجناة|perpetrador|perpetradores|responsable|autor"
        "|presunto responsable|auteur|auteur présumé|auteurs présumés|responsable présumé"
    ),
    "source-title": (
        "source|sources|source of information|ذریعہ|ماخذ|المصدر|المصادر|fuente|fuentes"
        "|source d information"
    ),
    "source-url": "url|link|web link|source url|source link|لنک|الرابط|enlace|lien",
    "page": "page|pages|page no|page number|pp|صفحہ|صفحہ نمبر|الصفحة|صفحة|página|pagina|paginas",
    "incident-notes": (
        "comment|comments|note|notes|remark|remarks|additional comments|details|description"
        "|summary|narrative|تبصرہ|نوٹ|تفصیل|تفصیلات|کیفیت|ریمارکس|ملاحظات|تفاصيل|الوصف|comentario"
        "|comentarios|notas|observaciones|detalles|descripción|relato|commentaire|commentaires"
        "|remarques|observations|détails|récit"
    ),
}

_LOCAL = frozenset(
    {"urdu", "arabic", "local", "native", "original", "ur", "ar", "balochi", "pashto", "sindhi"}
    | {"اردو", "عربی", "بالعربیه"}
)
_LATIN = frozenset({"english", "latin", "roman", "en", "eng", "ingles", "anglais", "انگریزی"})
_SAYS_NOTHING = frozenset({"the", "of", "victim", "victims", "person", "in", "column"})
_NUMBERED = re.compile(r"^(?P<stem>.*?\D)[\s_.-]*(?P<number>[0-9]{1,2})$")
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_MARKS = ("Mn", "Cf")


@dataclass(frozen=True, slots=True)
class Family:
    """Columns that differ in their number alone: place_1 to place_6."""

    stem: str
    columns: tuple[str, ...]
    numbers: tuple[int, ...]

    @property
    def pattern(self) -> str:
        """The columns with their number as ``{n}``; for a mapping's ``each``."""
        return self.columns[0][: -len(str(self.numbers[0]))] + "{n}"


def target_of(header: str) -> str:
    """What a header says that its column is; empty where it says nothing that is known.

    A word for a script ("name_urdu", "Name in English") is left aside: what script a column is in
    is seen by its values.
    """
    words = plain(header).split()
    said = [word for word in words if word not in _LOCAL | _LATIN] or words
    for form in (said, [word for word in said if word not in _SAYS_NOTHING]):
        if found := _TARGETS.get(" ".join(form)):
            return found
    return ""


def plain(header: str) -> str:
    """A header in small letters without accents, signs and vowel marks, words by one space."""
    apart = _CAMEL.sub(" ", header)
    letters = unicodedata.normalize("NFKD", apart).casefold()
    letters = "".join(char for char in letters if unicodedata.category(char) not in _MARKS)
    letters = letters.translate(_SAME_LETTERS)
    return " ".join(re.findall(r"[^\W_]+", letters.replace("'", "").replace("’", "")))


def is_in_local_script(texts: Sequence[str]) -> bool:
    """Whether most of these texts are in Arabic script."""
    scripts = [script_of(text) for text in texts]
    return scripts.count("arabic") * 2 > len(scripts)


def families(columns: Sequence[str]) -> Iterator[Family]:
    """Numbered families of at least two columns, in the order of their first column.

    Numbers have to follow each other; "phone2" without a "phone1" is no family.
    """
    found: dict[str, dict[int, str]] = {}
    for column in columns:
        match = _NUMBERED.match(column)
        if match and match["number"] == str(int(match["number"])):
            found.setdefault(column[: match.start("number")], {})[int(match["number"])] = column
    for stem, members in found.items():
        numbers = tuple(sorted(members))
        if len(numbers) > 1 and numbers[-1] - numbers[0] + 1 == len(numbers) and numbers[0] <= 1:
            yield Family(stem, tuple(members[number] for number in numbers), numbers)


_SAME_LETTERS = str.maketrans({"ي": "ی", "ى": "ی", "ك": "ک", "ہ": "ه", "ۃ": "ه", "ة": "ه"})
_TARGETS = {plain(word): code for code, words in _WORDS.items() for word in words.split("|")}
