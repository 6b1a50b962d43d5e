"""The page and the command that verify the chain, and what they keep of it."""

import uuid

import pytest
from django.urls import reverse
from django.utils import timezone
from typer.testing import CliRunner

from kaohe.web.common.audit import checking
from kaohe.web.common.audit.command import audit
from kaohe.web.common.audit.heads import head_of
from kaohe.web.common.models import AuditCheck, AuditEntry, Job
from tests.web.audit.conftest import append, entries

pytestmark = pytest.mark.django_db


@pytest.fixture
def auditor(cast, log_in):
    append(entries(12, county=cast.county.pk))
    return log_in(cast.auditor)


def _post(client, heads=""):
    form = {"submission_id": str(uuid.uuid4()), "outside": heads}
    return client.post(reverse("audit:verify"), form)


def _page(client):
    return client.get(reverse("audit:verify")).content.decode()


def test_before_the_first_verification_the_page_says_so(auditor):
    assert "还没有核对过" in _page(auditor)


def test_a_whole_chain_is_shown_as_such(auditor):
    assert _post(auditor).status_code == 303
    page = _page(auditor)
    assert "全部相符" in page
    assert "审计（只读） 核对了 12 条" in page


def test_faults_are_listed_with_where_and_what(auditor):
    AuditEntry.objects.filter(seq=5).update(reason="别的理由")
    _post(auditor)
    page = _page(auditor)
    assert "有 1 处问题" in page
    assert "第 5 条" in page
    assert "内容或校验值在封存之后被改动过。" in page
    assert "有问题" in auditor.get(reverse("audit:list")).content.decode()


def test_a_head_from_outside_is_compared(auditor):
    head = head_of(timezone.localdate())
    _post(auditor, head.text)
    assert AuditCheck.objects.latest("at").heads == 1
    _post(auditor, head.text.replace(head.digest, "0" * 64))
    assert "第 12 条的校验值与外部末值" in _page(auditor)


def test_a_head_that_cannot_be_read_is_refused_at_the_field(auditor):
    answer = _post(auditor, "KAOHE-HEAD 2016-01-05 12")
    assert answer.status_code == 422
    assert "末值不完整" in answer.content.decode()
    assert not AuditCheck.objects.exists()


def test_a_long_chain_is_left_to_the_worker(auditor, cast, settings, monkeypatch):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    monkeypatch.setattr(checking, "AT_ONCE", 5)
    answer = _post(auditor)
    job = Job.objects.get()
    assert answer["Location"] == reverse("common:job", args=[job.pk])
    assert job.state == Job.State.DONE
    assert job.location == reverse("audit:verify")
    assert "全部相符" in _page(auditor)


def test_the_command_tells_faults_and_ends_with_1(db, tmp_path):
    append(entries(3))
    outside = tmp_path / "head.txt"
    outside.write_text(f"{head_of(timezone.localdate()).text}\n", "utf-8")
    good = CliRunner().invoke(audit, ["verify", "--head", str(outside)])
    assert good.exit_code == 0
    assert "核对 3 条，比对末值 1 个" in good.output
    AuditEntry.objects.filter(seq=2).update(reason="别的理由")
    bad = CliRunner().invoke(audit, ["verify"])
    assert bad.exit_code == 1
    assert "第 2 条 改动：内容或校验值在封存之后被改动过。" in bad.output


def test_the_command_refuses_a_head_that_it_cannot_read(db):
    result = CliRunner().invoke(audit, ["verify", "--head", "no-such-file"])
    assert result.exit_code == 2
    assert "末值不完整" in result.output


def test_the_command_prints_a_days_head(db):
    assert CliRunner().invoke(audit, ["head"]).exit_code == 2
    append(entries(3))
    printed = CliRunner().invoke(audit, ["head"])
    assert printed.output.strip() == head_of(timezone.localdate()).text


def test_the_command_line_is_there_without_django():
    import subprocess
    import sys

    code = "import sys; import kaohe.web.common.audit.command; assert 'django' not in sys.modules"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
