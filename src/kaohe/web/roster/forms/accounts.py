"""Forms about accounts."""

from __future__ import annotations

from typing import Any

from django import forms

from kaohe.web.common.actor import Actor, Reach
from kaohe.web.common.permissions import Role
from kaohe.web.roster.accounts.rules import FIELD_ROLES, UNIT_ROLES, GrantFacts, grantable
from kaohe.web.roster.actions.accounts import AccountFacts
from kaohe.web.roster.models import Person, Unit
from kaohe.web.roster.models.accounts import USERNAME
from kaohe.web.roster.queries.reach import people_in, units_in

AGAIN = "again"


class GrantForm(forms.Form):
    """A role and, where the role asks for it, the unit or the person."""

    role = forms.ChoiceField(label="角色")
    unit = forms.ModelChoiceField(
        Unit.objects.none(),
        label="单位",
        required=False,
        empty_label="（不限单位）",
        help_text="“乡镇”“部门”两个角色要选单位，其他角色不用选。",
    )
    person = forms.ModelChoiceField(
        Person.objects.none(),
        label="人员",
        required=False,
        empty_label="（不对应人员）",
        help_text="第一书记、驻村工作队、农业科技人员要选是哪个人，其他角色可以不选。",
    )

    def __init__(self, *args: Any, actor: Actor, reach: Reach, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        may = grantable(actor)
        role, unit, person = self.fields["role"], self.fields["unit"], self.fields["person"]
        assert isinstance(role, forms.ChoiceField)
        assert isinstance(unit, forms.ModelChoiceField)
        assert isinstance(person, forms.ModelChoiceField)
        role.choices = [("", "请选择"), *((r.value, r.label) for r in Role if r in may)]
        unit.queryset = units_in(reach).filter(ended__isnull=True)
        person.queryset = people_in(reach).filter(left__isnull=True)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        role = values.get("role")
        if role in UNIT_ROLES and not values.get("unit") and "unit" not in self.errors:
            self.add_error("unit", f"“{Role(role).label}”要选一个单位。")
        if role in FIELD_ROLES and not self._person_of(values) and "person" not in self.errors:
            self.add_error("person", f"“{Role(role).label}”要选是哪个人。")
        return values

    def grant(self) -> GrantFacts:
        values = self.cleaned_data
        return GrantFacts(
            Role(values["role"]),
            unit_id=values["unit"].pk if values["unit"] else None,
            person_id=values["person"].pk if values["person"] else None,
        )

    def _person_of(self, values: dict[str, Any]) -> object:
        return values.get("person")


class OwnGrantForm(GrantForm):
    """A further role for an account there is; the person is the account's own."""

    def __init__(self, *args: Any, own: Person | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._own = own
        if own is not None:
            del self.fields["person"]

    def grant(self) -> GrantFacts:
        self.cleaned_data.setdefault("person", None)
        return super().grant()

    def _person_of(self, values: dict[str, Any]) -> object:
        return self._own or values.get("person")


class AccountForm(GrantForm):
    """A new account with its first role."""

    name = forms.CharField(
        label="名称",
        max_length=60,
        required=False,
        help_text="给单位、科室开的账号填名称，如“督查组二组”；选了人员就不用填。",
    )
    username = forms.CharField(
        label="登录名",
        max_length=40,
        required=False,
        validators=[USERNAME],
        help_text="选了人员可以不填，系统会自动取一个。",
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
    )
    field_order = ("role", "unit", "person", "name", "username")

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        if not values.get("person") and "person" not in self.errors:
            if not values.get("name"):
                self.add_error("name", "请选人员，或者填单位、科室的名称。")
            if not values.get("username") and "username" not in self.errors:
                self.add_error("username", "没有选人员时要填登录名。")
        return values

    def facts(self) -> AccountFacts:
        grant = self.grant()
        values = self.cleaned_data
        return AccountFacts(values["name"], values["username"], grant.person_id, grant)


class ReasonForm(forms.Form):
    """Why an account is switched off."""

    reason = forms.CharField(
        label="理由", max_length=200, help_text="记入审计记录，如“已调离，不再担任第一书记”。"
    )


class ResetForm(forms.Form):
    """Why an account is reset, and whether its second factor goes too."""

    reason = forms.CharField(label="理由", max_length=200, help_text="记入审计记录，如“忘记密码”。")
    remove_second_factor = forms.BooleanField(
        label="同时解除第二步验证",
        required=False,
        help_text="只在本人手机丢失、恢复码也没有时勾选；请先当面或打电话核实是本人。",
    )


class ConfirmForm(forms.Form):
    """Nothing to fill in: a button alone."""


class InviteForm(forms.Form):
    """For whom accounts are to be opened."""

    group = forms.ChoiceField(label="给谁开通")
    unit = forms.ModelChoiceField(
        Unit.objects.none(),
        label="单位",
        required=False,
        empty_label="全部单位",
    )

    def __init__(self, *args: Any, actor: Actor, reach: Reach, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        may = grantable(actor)
        group, unit = self.fields["group"], self.fields["unit"]
        assert isinstance(group, forms.ChoiceField)
        assert isinstance(unit, forms.ModelChoiceField)
        group.choices = [
            *((role.value, label) for role, label in _GROUPS.items() if role in may),
            (AGAIN, "已建账号、还没有开通的（重新印开通条）"),
        ]
        unit.queryset = units_in(reach).filter(ended__isnull=True)

    @property
    def role(self) -> Role | None:
        """The role of the chosen group; None for slips printed again."""
        group = self.cleaned_data["group"]
        return None if group == AGAIN else Role(group)


class ChosenForm(InviteForm):
    """Whom of the preview to invite."""

    who = forms.TypedMultipleChoiceField(
        coerce=int, label="名单", error_messages={"required": "请至少选一个。"}
    )

    def __init__(self, data: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(data, *args, **kwargs)
        who = self.fields["who"]
        assert isinstance(who, forms.TypedMultipleChoiceField)
        # Whether they may be invited is the action's question: it asks under its lock.
        who.choices = [(key, key) for key in data.getlist("who") if key.isdecimal()]


_GROUPS = {
    Role.FIRST_SECRETARY: "还没有账号的第一书记",
    Role.VILLAGE_TEAM: "还没有账号的驻村工作队队长",
    Role.TECHNICIAN: "还没有账号的农业科技人员",
    Role.TOWNSHIP: "还没有账号的乡镇",
    Role.DEPARTMENT: "还没有账号的部门",
}
