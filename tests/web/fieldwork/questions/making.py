"""Rows for a month with something striking in it, made straight in the tables."""

from __future__ import annotations

import hashlib
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.core.files.base import ContentFile

from kaohe.web.common.actor import command_actor
from kaohe.web.fieldwork.actions.questions_look import look
from kaohe.web.fieldwork.models import Evidence, Journal, Question, SignIn
from kaohe.web.roster.models import Person, Posting, TeamMember

SHANGHAI = ZoneInfo("Asia/Shanghai")
MAY = date(2016, 5, 1)
LIULIN = (105.1, 31.2)
KILOMETRE = 1 / 111.195  # degrees of latitude

DAYS_WORK = (
    "上午走访二组贫困户刘德全、王桂芳两家，了解春耕备耕和种苗情况，逐户核对产业发展计划；"
    "下午在村委会召开党员会议，学习扶贫政策，讨论三组道路硬化的占地问题，形成一致意见。"
    "会后到四组查看去年修的蓄水池，发现管道接头渗水，请镇水管站派人来修，约定周五前换好；"
    "晚上整理贫困户的台账，补齐三户的住院票据复印件，把五月的走访计划排到每一天，发给工作队各位队员。"
    "群众反映村口路灯不亮，已登记报修，下周回访；合作社的核桃苗还差一百二十株，由镇农技站补给。"
)
SHORT = "走访三组贫困户四户，核对春耕物资发放，宣传医疗报销政策，填写帮扶手册，签字存档。"
OTHER_WORK = (
    "到镇农技站领取核桃苗 320 株，分给一组八户栽种，现场讲解株距和定根水的要求；"
    "晚上与支书商量低保复核名单，准备下周公示的材料。"
)


def moment(text):
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def journal(posting, person, day, text=DAYS_WORK, *, at=None, **more):
    return Journal.objects.create(
        county=posting.county,
        posting=posting,
        person=person,
        day=date.fromisoformat(day),
        items=text,
        received_at=moment(at or f"{day} 20:00"),
        **more,
    )


def sign_in(posting, person, day, *, at=None, north=None, claimed=None, **more):
    """north: kilometres north of 柳林; none: without a place."""
    place = {}
    if north is not None:
        place = {
            "longitude": f"{LIULIN[0]:.6f}",
            "latitude": f"{LIULIN[1] + north * KILOMETRE:.6f}",
            "accuracy": more.pop("accuracy", 20),
        }
    row = SignIn.objects.create(
        county=posting.county,
        posting=posting,
        person=person,
        day=date.fromisoformat(day),
        received_at=moment(at or f"{day} 09:00"),
        claimed_at=moment(claimed) if claimed else None,
        **place,
        **more,
    )
    row.refresh_from_db()
    return row


def picture(person, village, content, at):
    row = Evidence.objects.create(
        county=person.county,
        person=person,
        village=village,
        added_by=person.name,
        name="现场.jpg",
        kind=Evidence.Kind.IMAGE,
        media_type="image/jpeg",
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        stored_sha256=hashlib.sha256(content).hexdigest(),
        file=ContentFile(content, "x.jpg"),
    )
    Evidence.objects.filter(pk=row.pk).update(created_at=moment(at))
    return row


def second_village(cast, code="S002", name="周八"):
    """A first secretary in 石桥村, of the other township."""
    person = Person.objects.create(county=cast.county, code=code, name=name, unit=cast.education)
    posting = Posting.objects.create(
        county=cast.county,
        kind="first_secretary",
        department=cast.education,
        village=cast.shiqiao,
        person=person,
        start=date(2016, 1, 1),
    )
    return person, posting


def colleague(cast):
    """赵六 joins the team of 柳林."""
    TeamMember.objects.create(team=cast.team, person=cast.zhao, start=date(2016, 1, 1))
    return cast.zhao


def looked(cast, month=MAY):
    """Look at the month, and give the questions back by their sort."""
    look(actor=command_actor(cast.county.pk, "test"), month=month, tell=lambda *_: None)
    return {row.sort: row for row in Question.objects.filter(month=month).order_by("pk")}


def copies(cast, count=2, text=DAYS_WORK):
    """张三 hands in the same text on days that follow each other."""
    first = date(2016, 5, 9)
    days = [str(first + timedelta(days=number)) for number in range(count)]
    return [journal(cast.secretary_posting, cast.zhang, day, text) for day in days]
