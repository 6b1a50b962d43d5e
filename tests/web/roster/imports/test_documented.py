"""The document names the sheets and columns that there are."""

import re
from pathlib import Path

from kaohe.web.roster.imports.columns import Part
from kaohe.web.roster.imports.layout import layouts

DOCUMENT = Path(__file__).resolve().parents[4] / "docs" / "roster-import.md"


def described(column):
    head = f"**{column.head}**" if column.required else column.head
    others = ", ".join(column.others)
    return f"{head} ({others})" if others else head


def test_each_column_stands_in_the_document(cast):
    text = DOCUMENT.read_text("utf-8")
    for layout in layouts(cast.year):
        line = next(row for row in text.splitlines() if row.startswith(f"| {layout.name} |"))
        key = "、".join(layout.column(name).head for name in layout.key).replace("、", ", ")
        columns = [described(one) for one in layout.columns if one.part is not Part.ATTRIBUTES]
        told = line.split("|")[3].split(", and the")[0].strip()
        assert re.sub(r"\s+", " ", line.split("|")[2].strip()) == key
        assert told == ", ".join(columns)
