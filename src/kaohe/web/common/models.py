"""Tables without a domain: the audit chain, submissions, long work, and what every record has."""

from __future__ import annotations

import uuid

from django.db import models


class Record(models.Model):
    """A row that people change: its version tells a form whether somebody else was faster."""

    version = models.PositiveIntegerField("版本", default=1, editable=False)
    created_at = models.DateTimeField("登记时间", auto_now_add=True)
    changed_at = models.DateTimeField("修改时间", auto_now=True)

    class Meta:
        abstract = True


class AuditEntry(models.Model):
    """One event, chained to the one before by a keyed hash; never changed, never deleted.

    No foreign keys: an entry outlives what it tells of.
    """

    seq = models.BigIntegerField("序号", primary_key=True)
    at = models.DateTimeField("时间")
    county_id = models.BigIntegerField("县", null=True)
    actor_id = models.BigIntegerField("账号", null=True)
    actor_name = models.CharField("操作人", max_length=100)
    actor_roles = models.CharField("角色", max_length=200, blank=True)
    origin = models.CharField("来源", max_length=100, blank=True)
    request_id = models.UUIDField("一次操作", db_index=True)
    action = models.CharField("权限", max_length=60)
    verb = models.CharField("动作", max_length=20)
    object_type = models.CharField("对象类型", max_length=60, blank=True)
    object_id = models.CharField("对象编号", max_length=60, blank=True)
    object_label = models.CharField("对象", max_length=200, blank=True)
    before = models.JSONField("修改前", default=dict)
    after = models.JSONField("修改后", default=dict)
    reason = models.TextField("理由", blank=True)
    algorithm = models.CharField("算法", max_length=10)
    digest = models.CharField("校验值", max_length=64)

    class Meta:
        verbose_name = "审计记录"
        # The list is read from its latest entry on; each index ends with that order.
        indexes = (
            models.Index(fields=["county_id", "at", "seq"], name="audit_by_time"),
            models.Index(fields=["county_id", "actor_id", "at", "seq"], name="audit_by_actor"),
            models.Index(fields=["county_id", "action", "at", "seq"], name="audit_by_action"),
            models.Index(fields=["object_type", "object_id", "seq"], name="audit_by_object"),
        )

    def __str__(self) -> str:
        return f"第 {self.seq} 条 {self.object_label}".rstrip()


class AuditChain(models.Model):
    """The end of the chain: the single row that every writer locks last, just before it commits."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    seq = models.BigIntegerField("末条序号", default=0)
    digest = models.CharField("末条校验值", max_length=64, default="0" * 64)

    class Meta:
        constraints = (models.CheckConstraint(condition=models.Q(id=1), name="one_audit_chain"),)

    def __str__(self) -> str:
        return f"{self.seq} {self.digest}"


class AuditHead(models.Model):
    """Where the chain stood at the end of a day. A copy kept outside shows what no database can:

    that the chain was cut off at its end, or made anew by somebody who has the key.
    """

    day = models.DateField("日期", primary_key=True)
    seq = models.BigIntegerField("末条序号")
    digest = models.CharField("末条校验值", max_length=64)
    algorithm = models.CharField("算法", max_length=10)
    entries = models.BigIntegerField("当日条数")
    made_at = models.DateTimeField("生成时间", auto_now_add=True)

    class Meta:
        verbose_name = "日末值"
        ordering = ("-day",)

    def __str__(self) -> str:
        return f"{self.day} 第 {self.seq} 条"


class AuditCheck(models.Model):
    """A verification of the whole chain, with what it found."""

    at = models.DateTimeField("核对时间", auto_now_add=True, db_index=True)
    actor_name = models.CharField("核对人", max_length=100)
    entries = models.BigIntegerField("核对条数")
    heads = models.PositiveIntegerField("比对的末值", default=0)
    milliseconds = models.PositiveIntegerField("用时（毫秒）")
    fault_count = models.PositiveIntegerField("问题数")
    # The first of them, each with kind, first, last and text; and what deserves a look only.
    faults = models.JSONField("问题", default=list)
    notices = models.JSONField("提示", default=list)

    class Meta:
        verbose_name = "审计核对"
        ordering = ("-at",)

    def __str__(self) -> str:
        return f"核对 {self.entries} 条，{self.fault_count} 个问题"


class Submission(models.Model):
    """A form sent once, however often the network repeated it: written with what it did."""

    id = models.UUIDField(primary_key=True)
    account_id = models.BigIntegerField(null=True)
    content = models.CharField("内容摘要", max_length=64)
    location = models.CharField("结果页面", max_length=500)
    at = models.DateTimeField(auto_now_add=True, db_index=True)

    def __str__(self) -> str:
        return str(self.id)


class Job(models.Model):
    """Long work that somebody waits for; its progress goes through the cache, see progress.py."""

    class State(models.TextChoices):
        WAITING = "waiting", "排队中"
        RUNNING = "running", "进行中"
        DONE = "done", "完成"
        FAILED = "failed", "失败"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    county_id = models.BigIntegerField()
    account_id = models.BigIntegerField(null=True)
    title = models.CharField("任务", max_length=200)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.WAITING)
    message = models.CharField("说明", max_length=500, blank=True)
    location = models.CharField("完成后的页面", max_length=500, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "任务"

    def __str__(self) -> str:
        return self.title
