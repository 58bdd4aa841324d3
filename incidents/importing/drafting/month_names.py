"""Names of months, and words for “about”, as lists of many countries write them. Data only.

Lower case, without accents, Arabic letters in their Urdu shape, as ``dates`` folds them.
"""

_LANGUAGES = (
    # English
    "january february march april may june july august september october november december",
    "jan feb mar apr may jun jul aug sep oct nov dec",
    # Urdu
    "جنوری فروری مارچ اپریل مئی جون جولائی اگست ستمبر اکتوبر نومبر دسمبر",
    # Arabic: Egypt and the Gulf, the Maghreb, the Levant and Iraq
    "ینایر فبرایر مارس ابریل مایو یونیو یولیو اغسطس سبتمبر اکتوبر نوفمبر دیسمبر",
    "جانفی فیفری مارس افریل ماي جوان جویلیه اوت سبتمبر اکتوبر نوفمبر دیسمبر",
    "کانون_الثانی شباط اذار نیسان ایار حزیران تموز اب ایلول تشرین_الاول تشرین_الثانی کانون_الاول",
    # Spanish
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "ene feb mar abr may jun jul ago sept oct nov dic",
    # French
    "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre",
    "janv fevr mars avr mai juin juil aout sept oct nov dec",
    # Portuguese
    "janeiro fevereiro marco abril maio junho julho agosto setembro outubro novembro dezembro",
    "jan fev mar abr mai jun jul ago set out nov dez",
    # German
    "januar februar marz april mai juni juli august september oktober november dezember",
)

MONTHS = {
    name.replace("_", " ").replace("ئ", "ی").replace("ي", "ی"): number
    for names in _LANGUAGES
    for number, name in enumerate(names.split(), start=1)
} | {
    name.replace("_", " "): number
    for names in _LANGUAGES
    for number, name in enumerate(names.split(), start=1)
}
"""Name of a month → its number. No name means two months."""

ABOUT_WORDS = (
    *("about", "around", "approximately", "approx", "circa", "ca", "c"),
    *("تقریبا", "تقریباً", "لگ بھگ", "حوالی", "نحو"),
    *("hacia", "alrededor de", "aproximadamente", "vers", "environ", "cerca de", "etwa"),
)
"""Words before a date that say it is meant roughly."""
