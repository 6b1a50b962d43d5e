"""Tags and filters of the page shell; the parts that use them are in templates/common/parts/."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from uuid import uuid4

from django import forms, template
from django.contrib.messages.storage.base import Message
from django.forms import BoundField
from django.template import Context
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

ICONS = Path(__file__).with_name("icons.txt")

TONES = {"debug": "info", "info": "info", "success": "success", "warning": "warning"}
TONE_ICONS = {
    "info": "info-circle",
    "success": "circle-check",
    "warning": "alert-triangle",
    "danger": "alert-circle",
}


@cache
def icon_names() -> frozenset[str]:
    """The Tabler icons that the build puts into the sprite."""
    lines = (line.strip() for line in ICONS.read_text("utf-8").splitlines())
    return frozenset(line for line in lines if line and not line.startswith("#"))


@register.simple_tag
def icon(name: str) -> SafeString:
    """An icon beside a text that says the same: it is hidden from screen readers."""
    if name not in icon_names():
        raise ValueError(
            f"The icon {name!r} is not in the sprite: add its name to {ICONS.name} beside shell.py "
            "and install the project again."
        )
    return format_html(
        '<svg class="icon" aria-hidden="true"><use href="{}#{}"/></svg>',
        static("vendor/icons.svg"),
        name,
    )


@register.simple_tag(takes_context=True)
def submission(context: Context) -> SafeString:
    """The two hidden fields of every form: the token against forgery, and the submission's id.

    The same submission sent twice, by a double click or after a broken line, has the same id, so
    that the server can do it once. The context's `submission_id` is used again if there is one.
    """
    token = context.get("csrf_token") or ""
    number = context.get("submission_id") or uuid4()
    fields = format_html('<input type="hidden" name="submission_id" value="{}">', number)
    # What Django puts there where no request stands behind the page.
    if not token or token == "NOTPROVIDED":
        return fields
    csrf = format_html('<input type="hidden" name="csrfmiddlewaretoken" value="{}">', token)
    return mark_safe(csrf + fields)


@register.filter
def tone(message: Message) -> str:
    """A message's tone: info, success, warning or danger."""
    return TONES.get(message.level_tag, "danger")


@register.filter
def tone_icon(of: Message | str) -> str:
    """The icon of a tone, or of a message's tone."""
    return TONE_ICONS[of if isinstance(of, str) else tone(of)]


@register.filter
def field_kind(field: BoundField) -> str:
    """How a field is laid out: check (one box), choices (a group), or line (all others)."""
    widget = field.field.widget
    if isinstance(widget, forms.CheckboxInput):
        return "check"
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return "choices"
    return "line"


@register.filter
def control(field: BoundField) -> SafeString:
    """A field's widget with Bootstrap's class, its own classes kept."""
    return field.as_widget(attrs={"class": control_class(field)})


@register.filter
def search_box(field: BoundField) -> SafeString:
    """A field as the search box of a list: `/` goes there."""
    attributes: dict[str, str | bool] = {
        "class": control_class(field),
        "type": "search",
        "placeholder": str(field.label),
        "autocomplete": "off",
        "data-search": True,
    }
    return field.as_widget(attrs=attributes)


def control_class(field: BoundField) -> str:
    widget = field.field.widget
    if isinstance(widget, forms.CheckboxInput):
        shape = "form-check-input"
    elif isinstance(widget, forms.Select):
        shape = "form-select"
    else:
        shape = "form-control"
    own = str(widget.attrs.get("class", ""))
    return " ".join(filter(None, [shape, own, "is-invalid" if field.errors else ""]))
