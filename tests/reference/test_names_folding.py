"""Which spellings of a name are the same under `fold`, and which must stay apart."""

import pytest

from reference import name_tables
from reference.names import fold, fold_for_hints

SAME = [
    ("Balach", "Balaach"),
    ("Bakhsh", "Baksh", "Bux", "BUX"),
    ("Mohammad", "Muhammad", "Mohammed", "Mohd", "Mohd.", "Muḥammad"),
    ("Syed", "Sayyid", "Sayed"),
    ("Rehman", "Rahman", "Rehmaan"),
    ("Ahmed", "Ahmad"),
    ("Hussain", "Husain", "Hussein"),
    ("Yousaf", "Yusuf", "Yousuf"),
    ("Karim", "Kareem", "Kariim"),
    ("Qadir", "Qadeer"),
    ("Sa'eed", "Saeed", "Sa’eed", "Saʿeed"),
    ("Mustapha", "Mustafa"),
    ("Saifullah", "Saif Ullah", "Saif-ullah", "Saif ullah"),
    (
        "Abdul Rehman",
        "Abdur Rahman",
        "Abd al-Rahman",
        "Abdulrehman",
        "Abdurrahman",
        "Abd ul Rehman",
    ),
    ("Abdullah", "Abd Allah", "Abdulla"),
    ("Anwaar-ul-Haq", "Anwar ul Haq", "Anwarul Haq", "Anwar ul-Haque"),
    ("Zia-ur-Rehman", "Ziaur Rehman", "Ziaurrehman"),
    ("Salahuddin", "Salah ud Din", "Salah-uddin", "Salahud Din"),
    ("Noor-un-Nisa", "Noorun Nisa", "Noor Nisa"),
    ("Jamaat-e-Islami", "Jamaat e Islami", "Jamaat-i-Islami", "Jamaat Islami"),
    ("Balach s/o Mola Bakhsh", "Balach Mola Bakhsh"),
    ("  Balach   Baloch\n", "balach baloch"),
    ("علي", "علی", "على"),
    ("كريم", "کریم"),
    ("هانی", "ہانی", "ھانی"),
    ("محمّد", "محمد", "محمـــد", "مُحَمَّد", "ﻣﺤﻤﺪ"),
    ("فاطمة", "فاطمہ", "فاطمه"),
    ("آصف", "اصف", "أصف"),
    ("رؤف", "روف"),
    ("ماں", "مان"),
    ("بچے", "بچی"),
    ("ثناء", "ثنا"),
    ("سیف اللہ", "سیف\u200cاللہ", "سیفﷲ"),
    ("عبدالرحمن", "عبد الرحمٰن", "عبدالرحمان"),
    ("ضیاء الحق", "ضیاءالحق"),
    ("بلوچ، بالاچ", "بلوچ بالاچ"),
    ("ښار", "شار"),
    ("۱۲۳", "123", "١٢٣"),
]


@pytest.mark.parametrize("spellings", SAME, ids=lambda spellings: spellings[0])
def test_the_spellings_of_one_name_fold_alike(spellings):
    assert len({fold(spelling) for spelling in spellings}) == 1, [*map(fold, spellings)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hassan", "Hussain"),
        ("حسن", "حسین"),
        ("قادر", "قدیر"),
        ("Mola", "Mullah"),
        ("ثاقب", "صاقب"),
        ("Salah", "Sal"),
        ("Mullah", "Mu"),
        ("الیاس", "یاس"),
        ("Shaheed Khan", "Shahid Khan"),
    ],
)
def test_different_names_stay_apart(one, other):
    assert fold(one) != fold(other)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Nawab Akbar Khan Bugti", "akbar khan bugti"),
        ("Dr. Zayar", "zayar"),
        ("Mama Qadeer", "kadir"),
        ("Zarina Bibi", "zarina"),
        ("زرینہ بی بی", "زرینہ"),
        ("بی بی گل", "گل"),
        ("حاجی میر بالاچ", "بالاچ"),
        ("Mir Khan", "mir khan"),
        ("Mir Baloch", "mir baluch"),
        ("Ghulam Sardar", "ghulam sardar"),
        ("Abdul Hafiz Jamal", "abd hafez jamal"),
        ("Haji", "haji"),
        ("Dr.", "dr"),
    ],
)
def test_titles_are_left_out_where_a_name_remains(text, folded):
    assert fold(text) == folded


def test_a_place_keeps_what_would_be_a_title_of_a_person():
    assert fold("Mir Ali", keep_honorifics=True) == "mir ali"


@pytest.mark.parametrize("script", ["LATIN_WORDS", "ARABIC_WORDS"])
def test_every_word_of_the_tables_leads_to_a_form_that_stays(script):
    for variant, name in getattr(name_tables, script).items():
        assert fold(variant) == fold(name) == name


@pytest.mark.parametrize(
    ("one", "other"), [("ثابت", "سابت"), ("ذاکر", "زاکر"), ("Mola", "Mullah"), ("طارق", "تارک")]
)
def test_hints_join_what_only_sounds_alike(one, other):
    assert fold(one) != fold(other)
    assert fold_for_hints(one) == fold_for_hints(other)


def test_hints_leave_it_to_the_arabic_script_to_tell_qadir_from_qadeer():
    assert fold_for_hints("قادر") != fold_for_hints("قدیر")
