"""The database: reachable, as safe as promised, as new as the program, of this key."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import connection
from django.db.utils import DatabaseError
from django.utils import timezone

from kaohe.web.common.audit.chain import START, link, sealed_values
from kaohe.web.common.models import AuditChain, AuditEntry
from kaohe.web.operations.findings import Finding, fault, good
from kaohe.web.operations.setting_up import pending_migrations, unknown_migrations

# SQLite's number for each level of `PRAGMA synchronous`.
FULL = 2


def database() -> Iterator[Finding]:
    try:
        connection.ensure_connection()
    except DatabaseError as error:
        yield fault("数据库", f"连不上：{error}", "检查 DATABASE_URL，以及数据库是否已启动。")
        return
    yield _durable()
    structure = _structure()
    yield structure
    if not structure.level:
        yield from _chain_end()


def _durable() -> Finding:
    """What was acknowledged must survive a power cut."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA journal_mode")
            journal = str(cursor.fetchone()[0]).lower()
            cursor.execute("PRAGMA synchronous")
            level = int(cursor.fetchone()[0])
            safe = journal == "wal" and level >= FULL
            found = f"SQLite，journal_mode={journal}，synchronous={level}"
        else:
            cursor.execute("SHOW synchronous_commit")
            commit = str(cursor.fetchone()[0])
            cursor.execute("SHOW fsync")
            fsync = str(cursor.fetchone()[0])
            safe = commit != "off" and fsync == "on"
            found = f"PostgreSQL，synchronous_commit={commit}，fsync={fsync}"
    if safe:
        return good("数据库", found)
    return fault(
        "数据库",
        f"{found}：断电时，已经答复“保存成功”的内容可能丢失。",
        "SQLite 须为 wal 和 2（FULL），数据须在本机磁盘上，不能在网络共享里；"
        "PostgreSQL 须为 synchronous_commit=on、fsync=on。",
    )


def _structure() -> Finding:
    later = unknown_migrations()
    if later:
        return fault(
            "数据库结构",
            f"数据库来自更新的版本（{'、'.join(later[:3])}），这个版本的程序不能用它。",
            "装上原来的版本，或从备份恢复。",
        )
    count = pending_migrations()
    if count:
        return fault("数据库结构", f"比程序旧 {count} 步。", "先备份，再运行 kaohe migrate。")
    return good("数据库结构", "与程序一致")


def _chain_end() -> Iterator[Finding]:
    """The last audit entry is the one that the chain's end names, sealed with this site's key."""
    end = AuditChain.objects.filter(id=1).first()
    last = AuditEntry.objects.order_by("-seq").first()
    if end is None or last is None:
        if end is None and last is None:
            yield good("审计记录", "还没有记录")
        else:
            yield _broken("审计记录与链尾不符，有人改动过数据库。")
        return
    before = AuditEntry.objects.filter(seq=last.seq - 1).values_list("digest", flat=True).first()
    sealed = link(before or START, sealed_values(last))
    if (end.seq, end.digest) != (last.seq, last.digest):
        yield _broken(f"链尾写着第 {end.seq} 条，最后一条却是第 {last.seq} 条。")
    elif sealed != last.digest:
        yield _broken(
            f"第 {last.seq} 条的校验值不对：密钥不是这个站点原来的那一个，或记录被改动过。"
        )
    else:
        yield good("审计记录", f"共 {last.seq} 条，链尾 {last.digest[:16]}…")
    if last.at > timezone.now():
        told = f"{timezone.localtime(last.at):%Y-%m-%d %H:%M:%S}"
        yield fault(
            "时钟",
            f"最后一条审计记录的时间是 {told}，比现在还晚。",
            "校准这台机器的时钟（最好与时间服务器同步）后再启动。",
        )


def _broken(text: str) -> Finding:
    return fault(
        "审计记录",
        text,
        "不要继续使用；保留现场，核对密钥文件，用 kaohe audit verify 查出从哪一条起不符，"
        "必要时从备份恢复到另一个文件夹比对。",
    )
