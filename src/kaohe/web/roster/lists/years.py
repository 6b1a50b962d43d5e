"""The list of work-years."""

from __future__ import annotations

import django_tables2 as tables

_BADGE = '{% include "common/parts/badge.html" with text=record.get_state_display tone="TONE" %}'
_STATE = (
    f'{{% if record.state == "open" %}}{_BADGE.replace("TONE", "success")}'
    f'{{% elif record.state == "preparing" %}}{_BADGE.replace("TONE", "info")}'
    f"{{% else %}}{_BADGE.replace('TONE', '')}{{% endif %}}"
)


class YearTable(tables.Table):
    """Work-years with the regulation that each runs on."""

    year = tables.Column("年度", linkify=("roster:year", [tables.A("pk")]))
    state = tables.TemplateColumn(_STATE, verbose_name="状态")
    scheme_name = tables.Column("考核办法")
    changed_at = tables.DateTimeColumn(verbose_name="最后修改", format="Y年n月j日 H:i")

    class Meta:
        order_by = ("-year",)
        attrs = {"data-keys": True, "title": "工作年度"}
        empty_text = "还没有工作年度"
