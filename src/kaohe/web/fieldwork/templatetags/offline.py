"""A filter of the service worker's template."""

from __future__ import annotations

import json

from django import template
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.filter
def as_script(value: object) -> SafeString:
    """A value as a script writes it; nothing in it can end the script."""
    return mark_safe(json.dumps(value).replace("<", "\\u003c"))
