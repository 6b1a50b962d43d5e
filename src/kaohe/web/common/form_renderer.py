"""How a form looks: `FORM_RENDERER = "kaohe.web.common.form_renderer.ShellRenderer"`."""

from django.forms.renderers import TemplatesSetting


class ShellRenderer(TemplatesSetting):
    """Forms and fields from templates/common/forms/; the widgets are Django's own."""

    form_template_name = "common/forms/form.html"
    field_template_name = "common/forms/field.html"
