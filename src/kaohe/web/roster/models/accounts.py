"""Accounts, the roles they hold and where, and invitations to use them for the first time."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.validators import RegexValidator
from django.db import models

from kaohe.web.common.actor import Actor, Grant
from kaohe.web.common.models import Record
from kaohe.web.common.permissions import SECOND_FACTOR, Role
from kaohe.web.roster.models.people import Person
from kaohe.web.roster.models.places import County, Unit

USERNAME = RegexValidator(
    r"^[A-Za-z0-9][A-Za-z0-9._-]{2,39}\Z", "登录名用 3 至 40 位字母、数字、点或横线。"
)


class Account(Record, AbstractBaseUser):
    """Somebody's log-in. What it may do is said by its grants alone."""

    county = models.ForeignKey(County, models.PROTECT, related_name="accounts", verbose_name="县")
    username = models.CharField(
        "登录名",
        max_length=40,
        unique=True,
        validators=[USERNAME],
        error_messages={"unique": "这个登录名已有人使用。"},
    )
    name = models.CharField("姓名", max_length=60)
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="accounts", verbose_name="人员"
    )
    is_active = models.BooleanField("启用", default=True)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects: ClassVar[BaseUserManager[Self]] = BaseUserManager()

    class Meta:
        verbose_name = "账号"
        ordering = ("username",)

    def __str__(self) -> str:
        return f"{self.name}（{self.username}）"

    def clean_fields(self, exclude: Any = None) -> None:
        # One name whatever the case: phones write a capital first.
        self.username = self.username.strip().lower()
        self.name = " ".join(self.name.split())
        super().clean_fields(exclude)

    def as_actor(self, origin: str) -> Actor:
        """The account as it may act now; read at each request, so a right taken away is gone."""
        grants = tuple(
            Grant(
                Role(grant.role),
                self.county_id,
                grant.unit_id,
                grant.person_id or self.person_id,
            )
            for grant in self.grants.all()
        )
        return Actor(self.name, self.county_id, grants, account_id=self.pk, origin=origin)

    def needs_second_factor(self) -> bool:
        """Whether a role of theirs asks for a second factor on this site."""
        if settings.SECOND_FACTOR != "required":
            return False
        return any(grant.role in SECOND_FACTOR for grant in self.grants.all())

    def has_second_factor(self) -> bool:
        return Authenticator.objects.filter(user=self, type="totp").exists()

    def lacks_second_factor(self) -> bool:
        """Whether a role of theirs asks for a second factor that is not set up yet."""
        return self.needs_second_factor() and not self.has_second_factor()


def _one_grant(
    name: str, fields: list[str], *, unit: bool, person: bool
) -> models.UniqueConstraint:
    """Unique among grants of one sort: with an empty column a plain constraint sees no equals."""
    return models.UniqueConstraint(
        fields=fields,
        condition=models.Q(unit__isnull=not unit, person__isnull=not person),
        name=name,
        violation_error_message="这个账号已有这个角色。",
    )


class RoleGrant(Record):
    """A role given to an account: for the county, for a unit, or for the person themselves."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="grants", verbose_name="账号")
    role = models.CharField(
        "角色", max_length=20, choices=[c for c in Role.choices if c[0] != Role.COMMAND]
    )
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="grants", verbose_name="单位"
    )
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="grants", verbose_name="人员"
    )

    class Meta:
        verbose_name = "角色授予"
        constraints = (
            _one_grant("role_grant_county", ["account", "role"], unit=False, person=False),
            _one_grant("role_grant_unit", ["account", "role", "unit"], unit=True, person=False),
            _one_grant("role_grant_person", ["account", "role", "person"], unit=False, person=True),
            models.CheckConstraint(
                condition=models.Q(unit__isnull=True) | models.Q(person__isnull=True),
                name="role_grant_of_unit_or_person",
            ),
        )

    def __str__(self) -> str:
        return f"{self.account.name}：{self.get_role_display()}"


class Invitation(models.Model):
    """A code on a printed slip, good once and for a while; the table keeps its hash only."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="invitations")
    code_hash = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField("有效期至")
    used_at = models.DateTimeField("使用时间", null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "开通码"

    def __str__(self) -> str:
        return f"{self.account}（至 {self.expires_at:%Y-%m-%d}）"
