"""Forms about signing in and about days on which the books disagree."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone

from kaohe.web.fieldwork.actions.attendance import Place, Settled, SignInFacts
from kaohe.web.fieldwork.forms.evidence import IMAGES, EvidenceField
from kaohe.web.fieldwork.queries.postings import Service
from kaohe.web.roster.forms.chosen import DayField

_HIDDEN = forms.HiddenInput
FARTHEST = 366  # days between the first and the last of the days settled at once


class SignInForm(forms.Form):
    """A day's sign-in; the phone fills the hidden fields, and may leave all of them empty."""

    service = forms.ChoiceField(label="派驻村")
    day = DayField(label="日期")
    late_reason = forms.CharField(
        label="补签原因", max_length=200, required=False, help_text="补签以前的日期时必填。"
    )
    photo = EvidenceField(
        label="照片", accept=IMAGES, most=1, help_text="可不拍；可以拍村委会门口。"
    )
    longitude = forms.DecimalField(
        label="经度", required=False, min_value=-180, max_value=180, max_digits=9,
        decimal_places=6, widget=_HIDDEN,
    )  # fmt: skip
    latitude = forms.DecimalField(
        label="纬度", required=False, min_value=-90, max_value=90, max_digits=8,
        decimal_places=6, widget=_HIDDEN,
    )  # fmt: skip
    accuracy = forms.IntegerField(
        label="定位误差", required=False, min_value=0, max_value=1_000_000, widget=_HIDDEN
    )
    claimed_at = forms.DateTimeField(label="手机上的时间", required=False, widget=_HIDDEN)
    device = forms.RegexField(
        r"^[0-9a-f-]{8,64}\Z", label="设备", required=False, widget=_HIDDEN, strip=False
    )

    def __init__(self, data: Any, files: Any, *, services: Sequence[Service], **kwargs: Any):
        super().__init__(data, files, **kwargs)
        self.services = {_code(one): one for one in services}
        field = self.fields["service"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            (code, f"{one.posting.village.township}{one.posting.village}（{one.person}）")
            for code, one in self.services.items()
        ]
        if len(self.services) == 1:
            field.widget = _HIDDEN()
            field.initial = next(iter(self.services))

    def clean_claimed_at(self) -> Any:
        """A wrong clock is a claim like any other, as long as it is a time that can be shown."""
        claimed = self.cleaned_data["claimed_at"]
        if claimed is not None and not 1970 <= claimed.year <= 2100:
            raise forms.ValidationError("手机上的时间不对，请校准后再签到。")
        return claimed

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        one, other = values.get("longitude"), values.get("latitude")
        if (one is None) != (other is None):
            self.add_error(None, "位置不完整：经度、纬度要么都有，要么都没有。")
        return values

    def facts(self) -> SignInFacts:
        values = self.cleaned_data
        service = self.services[values["service"]]
        place = None
        if values["longitude"] is not None:
            place = Place(values["longitude"], values["latitude"], values["accuracy"])
        return SignInFacts(
            posting_id=service.posting.pk,
            person_id=service.person.pk,
            day=values["day"],
            late_reason=values["late_reason"],
            claimed_at=values["claimed_at"],
            place=place,
            device=values["device"],
            photos=values["photo"],
        )


def _code(service: Service) -> str:
    return f"{service.posting.pk}-{service.person.pk}"


class SettleForm(forms.Form):
    """What the township decides about the chosen days, and why."""

    present = forms.TypedChoiceField(
        label="认定",
        choices=[("yes", "在村"), ("no", "不在村")],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label="理由",
        max_length=300,
        widget=forms.Textarea({"rows": 3}),
        help_text="写明依据，如“走访村干部核实，考勤簿漏记”。所选各天用同一个理由。",
    )


def chosen_days(codes: Sequence[str]) -> list[Settled]:
    """The days that an address or a form names as `posting-person-20160105`; no wrong ones."""
    days = []
    for code in codes[:1000]:
        parts = code.split("-")
        if len(parts) != 3 or not all(part.isascii() and part.isdigit() for part in parts):
            continue
        posting, person = (int(part[:18]) for part in parts[:2])
        try:
            days.append(Settled(posting, person, date.fromisoformat(parts[2])))
        except ValueError:
            continue
    latest = timezone.localdate()
    return [one for one in days if latest - timedelta(days=FARTHEST) <= one.day <= latest]
