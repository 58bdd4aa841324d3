"""A fieldset of the admin where Django's template of that name is included."""

from django import template
from django.template.context import Context
from django.utils.safestring import SafeString

from incidents.admin.fieldset_html import fieldset_html

register = template.Library()


@register.simple_tag(takes_context=True)
def written_fieldset(context: Context) -> SafeString:
    """The fieldset that the including template names, with the words that it gives for it."""
    return fieldset_html(
        context["fieldset"],
        level=int(context.get("heading_level") or 2),
        prefix=str(context.get("prefix", "")),
        number=f"{context.get('id_prefix', '')}-{context.get('id_suffix', '')}",
    )
