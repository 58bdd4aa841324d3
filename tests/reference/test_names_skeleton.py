"""Which names meet across scripts."""

import pytest

from reference.names import skeleton

# Latin and Urdu forms of names as the press of the region prints them.
ACROSS_SCRIPTS = """
Balach=بالاچ Balaach=بالاچ Bakhsh=بخش Baksh=بخش Bux=بخش Muhammad=محمد Mohd=محمد Shakoor=شکور
Saif=سیف Yousaf=یوسف Ahmed=احمد Hussain=حسین Karim=کریم Syed=سید Rehman=رحمٰن Ali=علی Akbar=اکبر
Bugti=بگٹی Marri=مری Mengal=مینگل Zehri=زہری Bizenjo=بزنجو Kakar=کاکڑ Sarfaraz=سرفراز
Zakir=ذاکر Majeed=مجید Qadeer=قدیر Jalil=جلیل Musharraf=مشرف Karima=کریمہ Hayat=حیات Hafeez=حفیظ
Shabbir=شبیر Rashid=راشد Hameed=حمید Asif=آصف Sadia=سعدیہ Khair=خیر Ataullah=عطاءاللہ Wahid=واحد
Nazar=نذر Bashir=بشیر Chakar=چاکر Sohail=سہیل Riaz=ریاض Ramzan=رمضان Faiz=فیض Usman=عثمان
Ishaq=اسحاق Ghous=غوث Mehrab=محراب Nawroz=نوروز Ayaz=ایاز Yahya=یحییٰ Mustafa=مصطفیٰ Murtaza=مرتضیٰ
Musa=موسیٰ Javed=جاوید Altaf=الطاف Ilyas=الیاس Salahuddin=صلاح‌الدین Nooruddin=نورالدین
Aurangzeb=اورنگزیب Fatima=فاطمہ Aisha=عائشہ Raza=رضا Khwaja=خواجہ Zulfiqar=ذوالفقار Saeed=سعید
Rauf=رؤف Kech=کیچ Turbat=تربت Quetta=کوئٹہ Khuzdar=خضدار Gwadar=گوادر Mashkai=مشکے Kohlu=کوہلو
Sindh=سندھ Zhob=ژوب Chaghi=چاغی Phelawagh=پھیلاوغ
"""


@pytest.mark.parametrize("pair", ACROSS_SCRIPTS.split())
def test_a_name_has_one_skeleton_in_both_scripts(pair):
    latin, urdu = pair.split("=")
    assert skeleton(latin) == skeleton(urdu)


@pytest.mark.parametrize(
    ("name", "consonants"),
    [
        ("محمد", "mhmd"),
        ("Bakhsh", "bkhsh"),
        ("Balach s/o Mola Bakhsh", "blch ml bkhsh"),
        ("Anwaar-ul-Haq Kakar", "anr hk kkr"),
        ("Dr. Zayar", "zr"),
        ("Ali", "aly"),
        ("", ""),
        ("12 a", "12 a"),
        ("山", "山"),
    ],
)
def test_the_skeleton_is_written_in_latin_consonants(name, consonants):
    assert skeleton(name) == consonants


def test_hasan_and_husain_coincide_so_that_ranking_must_decide():
    assert skeleton("حسن") == skeleton("حسین")


def test_a_skeleton_can_keep_the_titles():
    assert skeleton("Mir Ali", keep_honorifics=True) == "mr aly"
