"""Forms around the log-in: allauth's, in the site's words, and the first log-in by a slip."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as factor
from allauth.mfa.totp import forms as totp
from django import forms

_NAME = {
    "autocomplete": "username",
    "autocapitalize": "none",
    "autocorrect": "off",
    "spellcheck": "false",
}
_CODE = {"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True}


# What AUTH_PASSWORD_VALIDATORS check, in one sentence; a test holds the two together.
PASSWORD_RULES = (
    "至少 10 位，不能全是数字，不能用常见的密码，也不能和姓名、登录名相近。"
    "几个不相干的词连起来最好记。"
)


def _words(form: forms.BaseForm, **labels: str) -> None:
    """Chinese labels, and none of the placeholders that repeat them."""
    for name, label in labels.items():
        form.fields[name].label = label
        form.fields[name].help_text = ""
        form.fields[name].widget.attrs.pop("placeholder", None)


class LoginForm(account.LoginForm):
    """Log-in name and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _words(self, login="登录名", password="密码")
        self.fields["login"].widget.attrs.update(_NAME, autofocus=True)


class ReauthenticateForm(account.ReauthenticateForm):
    """The password again, before something that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _words(self, password="密码")


class ChangePasswordForm(account.ChangePasswordForm):
    """The old password, and the new one twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _words(self, oldpassword="现在的密码", password1="新密码", password2="再输一次新密码")
        self.fields["password1"].help_text = PASSWORD_RULES


class CodeForm(factor.AuthenticateForm):
    """The second step of a log-in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _words(self, code="验证码")
        self.fields["code"].widget.attrs.update(_CODE)


class ReauthenticateCodeForm(factor.ReauthenticateForm):
    """A code again, before something that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _words(self, code="验证码")
        self.fields["code"].widget.attrs.update(_CODE)


class ActivateForm(totp.ActivateTOTPForm):
    """The first code of a phone just set up."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _words(self, code="手机上显示的 6 位数字")
        self.fields["code"].widget.attrs.update(_CODE)


class FirstLoginForm(forms.Form):
    """Log-in name and code from the slip, and a password of one's own."""

    username = forms.CharField(
        label="登录名", max_length=40, widget=forms.TextInput(attrs={**_NAME})
    )
    invitation = forms.CharField(
        label="开通码",
        max_length=40,
        help_text="开通条上的 16 位字母和数字，大小写、横线都可以不管。",
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )
    password1 = forms.CharField(
        label="设一个自己的密码",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    password2 = forms.CharField(
        label="再输一次密码",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"].help_text = PASSWORD_RULES

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        first, second = values.get("password1"), values.get("password2")
        if first and second and first != second:
            self.add_error("password2", "两次输入的密码不一样。")
        return values
