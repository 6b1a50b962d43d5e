"""A draw that nobody can steer and anybody can make again; a further one only with a reason."""

import hashlib
import re

import pytest
from django.urls import reverse

from kaohe.web.common.errors import Refusal
from kaohe.web.common.models import AuditEntry
from kaohe.web.common.permissions import Role
from kaohe.web.roster.models import Village
from kaohe.web.supervision.actions.draws import DrawFacts, announce_draw, make_draw
from kaohe.web.supervision.actions.visits import VisitFacts, record_visit
from kaohe.web.supervision.models import Draw, Inspection
from kaohe.web.supervision.queries.drawing import Slip, drawn
from tests.web.supervision.steps import offices, planned, send

pytestmark = pytest.mark.django_db
FACTS = DrawFacts("大乐透160307", 1, each_township=False, fresh_first=True, poor_only=False)
POOL = [Slip(f"V{n:03}", f"T{n % 3}", n % 2) for n in range(30)]


def test_the_draw_is_sha256_of_seed_and_code_and_nothing_else():
    def paper(code):
        return hashlib.sha256(f"种子:abc:{code}".encode()).hexdigest()

    by_hand = sorted((one.village for one in POOL), key=paper)
    assert drawn("种子:abc", POOL, 5, each_township=False, fresh_first=False) == by_hand[:5]
    assert drawn("种子:abd", POOL, 5, each_township=False, fresh_first=False) != by_hand[:5]


def test_villages_without_a_visit_come_first_where_so_announced():
    codes = drawn("s", POOL, 15, each_township=False, fresh_first=True)
    assert {one.village for one in POOL if one.visits == 0} == set(codes)
    further = drawn("s", POOL, 16, each_township=False, fresh_first=True)
    assert further[:15] == codes


def test_of_each_township_as_many_as_asked_and_no_more_than_it_has():
    codes = drawn("s", [*POOL, Slip("X1", "T9", 3)], 2, each_township=True, fresh_first=False)
    towns = [{one.village: one.township for one in POOL}.get(code, "T9") for code in codes]
    assert {town: towns.count(town) for town in towns} == {"T0": 2, "T1": 2, "T2": 2, "T9": 1}


@pytest.fixture
def plan(cast, act):
    offices(cast)
    (plan,) = planned(cast, act)["special"]
    return plan


@pytest.fixture
def discipline(cast, act):
    return act(cast.accounts[Role.DISCIPLINE])


@pytest.fixture
def draw(plan, discipline):
    announced = announce_draw(actor=discipline, plan_id=plan.pk, facts=FACTS)
    return make_draw(actor=discipline, draw_id=announced.pk)


def test_the_seed_is_fixed_before_anybody_knows_its_second_half(plan, discipline):
    draw = announce_draw(actor=discipline, plan_id=plan.pk, facts=FACTS)
    assert (draw.digest, draw.drawn) == ("", [])
    assert draw.pool == [["V001", "T001", 0], ["V002", "T002", 0]]
    entry = AuditEntry.objects.get(object_type="supervision.draw", object_id=str(draw.pk))
    assert entry.after["text"] == FACTS.text
    made = make_draw(actor=discipline, draw_id=draw.pk)
    assert (made.entry, made.digest) == (entry.seq, entry.digest)
    assert made.seed == f"{FACTS.text}:{entry.digest}"


def test_its_page_holds_all_that_is_needed_to_draw_again(draw, cast, log_in):
    page = log_in(cast.accounts[Role.DISCIPLINE]).get(reverse("supervision:draw", args=[draw.pk]))
    text = page.content.decode()
    seed = re.search(r"<dt>种子</dt><dd><code>([^<]+)</code>", text).group(1)
    codes = re.findall(r">(V\d{3})</td>", text)
    assert sorted(codes) == ["V001", "V002"]
    again = min(codes, key=lambda code: hashlib.sha256(f"{seed}:{code}".encode()).hexdigest())
    assert draw.drawn == [again]
    assert "sha256sum" in text


def test_township_and_senders_of_a_drawn_village_are_visited_there(plan, discipline, cast):
    Village.objects.filter(pk=cast.shiqiao.pk).delete()
    announced = announce_draw(actor=discipline, plan_id=plan.pk, facts=FACTS)
    make_draw(actor=discipline, draw_id=announced.pk)
    rows = {(row.subject, str(row.village)) for row in plan.inspections.all()}
    assert rows == {("云溪镇", "柳林村"), ("财政局", "柳林村")}


def test_it_is_drawn_only_once(draw, discipline):
    with pytest.raises(Refusal, match="已经抽过"):
        make_draw(actor=discipline, draw_id=draw.pk)


def test_a_second_announcement_waits_for_the_first_draw(plan, discipline):
    announce_draw(actor=discipline, plan_id=plan.pk, facts=FACTS)
    with pytest.raises(Refusal, match="还没有抽"):
        announce_draw(actor=discipline, plan_id=plan.pk, facts=FACTS)


def test_a_further_draw_needs_a_reason_and_both_are_kept(draw, plan, discipline, cast, log_in):
    with pytest.raises(Refusal, match="写明理由"):
        announce_draw(actor=discipline, plan_id=plan.pk, facts=FACTS)
    client = log_in(cast.accounts[Role.DISCIPLINE])
    fields = {"text": "再抽", "number": "2", "each": "county"}
    answer = send(client, "plan-draw", plan.pk, **fields)
    assert answer.status_code == 422
    answer = send(client, "plan-draw", plan.pk, **fields, reason="道路塌方，去不了")
    later = Draw.objects.last()
    assert answer["Location"] == reverse("supervision:draw", args=[later.pk])
    send(client, "draw-make", later.pk)
    draw.refresh_from_db()
    assert len(draw.drawn) == 1
    page = client.get(reverse("supervision:plan", args=[plan.pk])).content.decode()
    assert "第 1 次抽签" in page
    assert "道路塌方，去不了" in page
    assert {row.draw_id for row in plan.inspections.all()} == {later.pk}


def test_what_was_visited_stays_when_it_is_drawn_again(draw, plan, discipline):
    row = plan.inspections.order_by("pk").first()
    visit = VisitFacts(day=plan.month, inspectors="周一", marks={})
    record_visit(actor=discipline, inspection_id=row.pk, facts=visit, seen=row.version)
    again = DrawFacts("再抽", 2, False, False, False, reason="补抽")
    later = announce_draw(actor=discipline, plan_id=plan.pk, facts=again)
    make_draw(actor=discipline, draw_id=later.pk)
    assert Inspection.objects.get(pk=row.pk).draw_id == draw.pk


def test_more_villages_than_there_are_is_refused(plan, discipline):
    many = DrawFacts("x", 3, False, False, False)
    with pytest.raises(Refusal, match="只有 2 个"):
        announce_draw(actor=discipline, plan_id=plan.pk, facts=many)
    poor = DrawFacts("x", 2, False, False, poor_only=True)
    with pytest.raises(Refusal, match="只有 1 个"):
        announce_draw(actor=discipline, plan_id=plan.pk, facts=poor)


def test_a_visit_counts_in_the_next_pool(draw, plan, discipline):
    for row in plan.inspections.all():
        visit = VisitFacts(day=plan.month, inspectors="周一", marks={})
        record_visit(actor=discipline, inspection_id=row.pk, facts=visit, seen=row.version)
    again = DrawFacts("再抽", 1, False, True, False, reason="下一轮")
    later = announce_draw(actor=discipline, plan_id=plan.pk, facts=again)
    assert {code: visits for code, _, visits in later.pool}[draw.drawn[0]] == 1
    made = make_draw(actor=discipline, draw_id=later.pk)
    assert made.drawn != draw.drawn
