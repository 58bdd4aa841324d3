"""The organisation described, with valid values."""

from reference.logos import read_logo
from reference.models import Organisation, PageText
from tests.reference.pictures import picture


def describe(**values):
    """Write the only row, whether or not it is there."""
    row = Organisation.objects.first() or Organisation()
    for name, value in values.items():
        setattr(row, name, value)
    row.save()
    return row


def fully(**values):
    """Describe the organisation in every field."""
    return describe(
        **{
            "names": {"en": "Witness Office Quetta", "ur": "دفترِ گواہی کوئٹہ"},
            "short_names": {"en": "Witness Office", "ur": "دفترِ گواہی"},
            "email": "write@example.org",
            "phone": "+92 81 000 0000",
            "address": "PO Box 7\nQuetta",
            "website": "https://example.org/",
            "licence": "CC BY-SA 4.0",
            "collecting_bodies": {
                "en": "Witness Office Quetta\nFamilies' Committee",
                "ur": "دفترِ گواہی کوئٹہ\nخاندانوں کی کمیٹی",
            },
            "logo_texts": {"en": "An open book", "ur": "کھلی کتاب"},
            **logo(),
            **values,
        }
    )


def logo(**options):
    """The fields of a logo."""
    drawn = read_logo(picture((200, 80), **options))
    return {
        "logo": drawn.data,
        "logo_type": drawn.media_type,
        "logo_width": drawn.width,
        "logo_height": drawn.height,
        "logo_sha256": drawn.sha256,
    }


def say(page, *, instead=False, **texts):
    """Put a text on a page: ``say("privacy", en="…")``."""
    return PageText.objects.create(page=page, texts=texts, instead=instead)
