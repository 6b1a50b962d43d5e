"""Townships and departments as pages show them."""

from __future__ import annotations

from datetime import date

from django.db.models import (
    Count,
    FilteredRelation,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
)
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Coalesce

from kaohe.web.common.actor import Reach
from kaohe.web.roster.models import Person, Post, Posting, Unit, Village, WorkYear
from kaohe.web.roster.queries.reach import people_in, postings_in, units_in, villages_in
from kaohe.web.roster.queries.spans import not_over

# The scheme's code for the class within which departments are ranked.
CLASS = "class"


def units_with_facts(reach: Reach, year: WorkYear | None) -> QuerySet[Unit]:
    """Units with the year's class (`ranked_in`) and their number of villages (`village_count`)."""
    said = FilteredRelation("attributes", condition=Q(attributes__year=year.pk if year else None))
    counted = Village.objects.filter(township=OuterRef("pk")).order_by().values("township")
    villages = Subquery(counted.annotate(n=Count("pk")).values("n"), output_field=IntegerField())
    return (
        units_in(reach)
        .annotate(said=said)
        .annotate(
            # As plain text: what is compared with a JSON value would have to be JSON too.
            ranked_in=Cast(KeyTextTransform(CLASS, "said__values"), TextField()),
            village_count=Coalesce(villages, 0),
        )
    )


def classes_in(reach: Reach, year: WorkYear | None) -> list[str]:
    """The classes in use in the year."""
    rows = units_with_facts(reach, year)
    return sorted({str(name) for unit in rows if (name := getattr(unit, "ranked_in", None))})


def posts_in(unit: Unit, day: date) -> list[Post]:
    """Who holds a post in the unit on the day, the head first."""
    order = list(Post.Duty)
    rows = unit.posts.select_related("person").filter(not_over(day))
    return sorted(rows, key=lambda post: (order.index(Post.Duty(post.duty)), post.start))


def staff_of(reach: Reach, unit: Unit) -> QuerySet[Person]:
    """Those of the unit's people who are within reach and have not left."""
    return people_in(reach).filter(unit=unit, left__isnull=True)


def villages_of(reach: Reach, unit: Unit) -> QuerySet[Village]:
    """The township's villages within reach."""
    return villages_in(reach).filter(township=unit)


def sent_by(reach: Reach, unit: Unit, day: date) -> QuerySet[Posting]:
    """Whom the department has sent and who serves on the day, as far as within reach."""
    serving = postings_in(reach).filter(not_over(day), department=unit)
    rows = serving.select_related("person", "team", "village__township")
    return rows.order_by("kind", "village__code")


def standing_on(unit: Unit, day: date) -> list[str]:
    """What would hang in the air if the unit ended on the day, in words."""
    after = Q(end__isnull=True) | Q(end__gt=day)
    found = (
        (unit.villages.count(), "个村"),
        (unit.people.filter(Q(left__isnull=True) | Q(left__gt=day)).count(), "名人员"),
        (unit.posts.filter(after).count(), "个职务"),
        (unit.postings.filter(after).count(), "项派驻"),
        (unit.grants.filter(account__is_active=True).count(), "个账号的角色"),
    )
    return [f"{count} {what}" for count, what in found if count]
