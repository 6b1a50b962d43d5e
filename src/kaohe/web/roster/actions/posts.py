"""Posts that people hold in units."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from kaohe.web.common.actor import Actor
from kaohe.web.common.errors import Refusal
from kaohe.web.common.writing import Sent, writing
from kaohe.web.roster.models import Person, Post, Unit
from kaohe.web.roster.queries.people import own_units, posts_in
from kaohe.web.roster.queries.reach import people_in
from kaohe.web.roster.queries.spans import overlapping, span


@dataclass(frozen=True)
class PostFacts:
    """A post that somebody takes up."""

    person_id: int
    unit_id: int
    title: str
    duty: str
    start: date
    end: date | None


def add_post(*, actor: Actor, facts: PostFacts, sent: Sent | None = None) -> Post:
    """Enter a post in a unit of the actor's. A unit has one head at a time."""
    with writing(actor, "post.change", sent=sent) as change:
        person = change.find(people_in(change.reach), facts.person_id)
        unit = change.find(own_units(change.reach), facts.unit_id)
        post = Post(
            person=person,
            unit=unit,
            title=" ".join(facts.title.split()),
            duty=facts.duty,
            start=facts.start,
            end=facts.end,
        )
        _refuse_second(post, person, unit)
        change.create(post)
        change.leads_to(reverse("roster:person", args=[person.pk]))
        return post


def end_post(*, actor: Actor, post_id: int, seen: int, end: date, sent: Sent | None = None) -> Post:
    """Enter the last day of a post."""
    with writing(actor, "post.change", sent=sent) as change:
        post = change.find(posts_in(change.reach), post_id, version=seen)
        if post.end is not None:
            raise Refusal(f"{post}已登记离任：{span(post.start, post.end)}。", field="end")
        post.end = end
        change.update(post)
        change.leads_to(reverse("roster:person", args=[post.person_id]))
        return post


def _refuse_second(post: Post, person: Person, unit: Unit) -> None:
    """No post twice at a time, and one head a unit: consequences must reach one person."""
    rows = Post.objects.filter(overlapping(post.start, post.end), unit=unit)
    same = rows.filter(person=person, title=post.title).first()
    if same is not None:
        raise Refusal(
            f"{person}的这个职务已登记：{unit}{same.title}，{span(same.start, same.end)}。",
            field="title",
        )
    head = rows.filter(duty=Post.Duty.HEAD).select_related("person").first()
    if post.duty == Post.Duty.HEAD and head is not None:
        raise Refusal(
            f"{unit}这段时间的主要领导是{head.person}（{head.title}，"
            f"{span(head.start, head.end)}）。请先登记他的离任日期，再登记新的主要领导。",
            field="duty",
        )
