"""Forms about projects."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import MinValueValidator

from kaohe.web.common.actor import Reach
from kaohe.web.common.errors import Conflict
from kaohe.web.common.versions import SeenForm, VersionedForm
from kaohe.web.fieldwork.actions.projects import ProjectFacts
from kaohe.web.fieldwork.actions.projects_progress import CheckFacts, ProgressFacts
from kaohe.web.fieldwork.forms.evidence import EvidenceField
from kaohe.web.fieldwork.models import ProgressReport, Project, ProjectCheck
from kaohe.web.fieldwork.queries.projects import departments_for, villages_for
from kaohe.web.roster.forms.chosen import DayField
from kaohe.web.roster.models import Village


class VillageChoice(forms.ModelChoiceField):
    """A village, named with its township: many a county has two 石桥村."""

    def label_from_instance(self, village: Village) -> str:
        return f"{village.township}{village}"


class AmountField(forms.DecimalField):
    """An amount in 万元, to the hundred yuan."""

    def __init__(self, label: str, **kwargs: Any) -> None:
        super().__init__(
            label=f"{label}（万元）",
            max_digits=12,
            decimal_places=2,
            validators=[MinValueValidator(0, "金额不能小于 0。")],
            **kwargs,
        )
        self.widget.attrs |= {"inputmode": "decimal", "min": "0"}


class ProjectForm(VersionedForm):
    """A project as it is planned."""

    village = VillageChoice(label="村", queryset=None, empty_label="请选择")
    starts = DayField(label="计划开工")
    ends = DayField(label="计划完工")
    planned = AmountField("计划资金")
    attachments = EvidenceField(label="计划文件", help_text="批复、实施方案等，以后还可以补。")

    class Meta:
        model = Project
        fields = ("code", "name", "village", "department", "reaches", "content", "planned")
        widgets = {"content": forms.Textarea({"rows": 4}), "reaches": forms.RadioSelect}
        help_texts = {
            "code": "本年度不重复，如 2016-012。",
            "content": "建什么、多大规模、覆盖多少户。",
        }

    field_order = (
        "code",
        "name",
        "reaches",
        "village",
        "department",
        "content",
        "planned",
        "starts",
        "ends",
        "attachments",
    )

    def __init__(self, *args: Any, reach: Reach, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        village, department = self.fields["village"], self.fields["department"]
        reaches = self.fields["reaches"]
        assert isinstance(village, forms.ModelChoiceField)
        assert isinstance(department, forms.ModelChoiceField)
        assert isinstance(reaches, forms.ChoiceField)
        village.queryset = villages_for(reach).order_by("township__code", "code")
        departments = departments_for(reach)
        if self.instance.pk:
            departments |= type(self.instance.department)._default_manager.filter(
                pk=self.instance.department_id
            )
        department.queryset = departments
        department.empty_label = "请选择"
        reaches.choices = Project.Reach.choices
        self.initial["starts"], self.initial["ends"] = self.instance.starts, self.instance.ends

    def facts(self) -> ProjectFacts:
        values = dict(self.cleaned_data)
        return ProjectFacts(
            village_id=values.pop("village").pk,
            department_id=values.pop("department").pk,
            files=values.pop("attachments"),
            **values,
        )

    def _present(self) -> dict[str, Any]:
        return super()._present() | {"starts": self.instance.starts, "ends": self.instance.ends}

    def _shown(self, values: Any) -> dict[str, str]:
        # Files are told apart by no text; only what is typed differs.
        return super()._shown(values) | {"attachments": ""}


class UpkeepForm(VersionedForm):
    """Who keeps a project up once it is accepted, and how."""

    class Meta:
        model = Project
        fields = ("upkeep_by", "upkeep")
        widgets = {"upkeep": forms.Textarea({"rows": 4})}
        help_texts = {
            "upkeep_by": "落实到人，如“柳林村主任 张三”。",
            "upkeep": "管护制度、经费来源、多久巡查一次。",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in ("upkeep_by", "upkeep"):
            self.fields[field].required = True


class RemoveForm(SeenForm):
    """Take a project out at the version that was shown."""

    overtaken = "{who}刚刚改过这个项目；请回到项目页看最新情况。"


class ProgressForm(forms.Form):
    """How far a project is; it begins with the numbers of the latest report."""

    day = DayField(label="截至日期")
    percent = forms.IntegerField(
        label="形象进度（%）",
        min_value=0,
        max_value=100,
        help_text="还没有开工填 0，全部完工填 100。",
    )
    arrived = AmountField("累计到位资金")
    paid = AmountField("累计支付资金", help_text="到户项目填已经兑付到户的。")
    text = forms.CharField(
        label="进展情况",
        max_length=2000,
        widget=forms.Textarea({"rows": 5}),
        help_text="做到哪一步，有什么困难。",
    )
    reason = forms.CharField(
        label="说明",
        max_length=300,
        required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text="数字比上次少、支付多于到位、到位多于计划时必填，写明原因。",
    )
    attachments = EvidenceField(help_text="现场照片、拨款凭证、兑付花名册；没有佐证的不能确认。")

    def facts(self) -> ProgressFacts:
        values = dict(self.cleaned_data)
        return ProgressFacts(files=values.pop("attachments"), **values)

    @staticmethod
    def begun_with(latest: ProgressReport | None, day: Any) -> dict[str, Any]:
        """What the form begins with."""
        if latest is None:
            return {"day": day}
        numbers = {name: getattr(latest, name) for name in ("percent", "arrived", "paid")}
        return {"day": day, **numbers}


class CheckForm(forms.Form):
    """An inspection or an acceptance."""

    kind = forms.ChoiceField(
        label="类别", choices=ProjectCheck.Kind.choices, widget=forms.RadioSelect
    )
    day = DayField(label="日期")
    passed = forms.TypedChoiceField(
        label="结论",
        choices=[("yes", "合格"), ("no", "不合格")],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label="情况和意见",
        max_length=2000,
        widget=forms.Textarea({"rows": 5}),
        help_text="看了什么，质量、资金、公示怎样；不合格的写明限期改什么。",
    )
    attachments = EvidenceField(help_text="验收单、现场照片；验收时必附。")

    def facts(self) -> CheckFacts:
        values = dict(self.cleaned_data)
        return CheckFacts(files=values.pop("attachments"), **values)


class WaitingForm(forms.Form):
    """Reports that are ticked to be confirmed, each by its key and version: 12-1."""

    chosen = forms.MultipleChoiceField(
        label="进度",
        error_messages={
            "required": "请先勾选要确认的进度。",
            "invalid_choice": "勾选的进度里有的刚刚变过；请核对后重新勾选。",
        },
    )

    def __init__(self, *args: Any, rows: list[ProgressReport], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["chosen"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(f"{row.pk}-{row.version}", str(row)) for row in rows]

    def picked(self) -> list[tuple[int, int]]:
        pairs = (text.split("-") for text in self.cleaned_data.get("chosen", ()))
        return [(int(pk), int(version)) for pk, version in pairs]

    def differ(self, conflict: Conflict) -> None:
        self.add_error(None, f"{conflict.who}刚刚处理过其中一份；请核对后重新勾选。")
