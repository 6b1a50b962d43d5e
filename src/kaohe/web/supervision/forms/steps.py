"""A step of an inspection's procedure, at the version that was shown."""

from __future__ import annotations

from kaohe.web.common.versions import SeenForm


class StepForm(SeenForm):
    """Where somebody took a step meanwhile, the latest is to be looked at first."""

    overtaken = "{who}刚刚处理过；您填的还在下面，请先看最新情况，再决定是否提交。"
