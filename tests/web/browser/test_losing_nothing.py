"""What is typed is not lost, and not stored twice: drafts, a line that breaks, two editors."""

import pytest
from django.urls import reverse

from kaohe.web.common.models import AuditEntry
from kaohe.web.roster.models import Village


@pytest.fixture
def form(cast, site):
    """The form for a new village, filled in, at the headquarters' office."""
    watched = site.at(cast.office, "roster:village-add")
    page = watched.page
    page.get_by_label("编号").fill("V009")
    page.get_by_label("名称").fill("青杠村")
    page.get_by_label("乡镇").select_option(str(cast.daping.pk))
    return watched


def save(page):
    page.get_by_role("button", name="保存").click()


def stored():
    return AuditEntry.objects.filter(verb="create", object_label="青杠村").count()


def test_what_was_typed_comes_back_after_the_page_was_left(form, cast):
    page = form.page
    page.get_by_text("草稿已存在这台电脑上").wait_for()
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    page.get_by_role("button", name="恢复").click()
    assert page.get_by_label("名称").input_value() == "青杠村"
    assert page.get_by_label("乡镇").input_value() == str(cast.daping.pk)
    save(page)
    page.get_by_role("heading", name="青杠村").wait_for()
    page.goto(reverse("roster:village-add"))
    assert page.get_by_label("名称").input_value() == ""
    assert page.get_by_role("button", name="恢复").count() == 0, "the draft is over"


def test_a_line_that_breaks_before_the_answer_stores_once(form):
    page = form.page
    asked = []

    def lose_the_answer(route):
        asked.append(route.request.method)
        if route.request.method == "POST" and asked.count("POST") == 1:
            route.fetch(max_redirects=0)
            route.abort("connectionreset")
        else:
            route.continue_()

    page.route(f"**{reverse('roster:village-add')}", lose_the_answer)
    save(page)
    page.get_by_role("button", name="重试").click()
    page.get_by_role("heading", name="青杠村").wait_for()
    assert asked.count("POST") == 2
    assert stored() == 1
    assert form.heard("ERR_CONNECTION_RESET", "htmx:") == []


def test_without_a_line_all_stays_and_is_sent_later(form):
    page = form.page
    page.context.set_offline(True)
    save(page)
    page.get_by_text("网络不通，还没有提交").wait_for()
    assert page.get_by_label("名称").input_value() == "青杠村"
    page.context.set_offline(False)
    page.get_by_role("button", name="重试").click()
    page.get_by_role("heading", name="青杠村").wait_for()
    assert stored() == 1


def test_pressed_twice_it_is_sent_once(form):
    form.page.get_by_role("button", name="保存").dblclick()
    form.page.get_by_role("heading", name="青杠村").wait_for()
    assert stored() == 1
    assert form.heard() == []


def test_mistakes_are_led_to_and_nothing_is_lost(form):
    page = form.page
    page.get_by_label("编号").fill("V001")
    save(page)
    page.locator(".form-errors").wait_for()
    page.wait_for_function("document.activeElement.matches('.form-errors')")
    assert page.get_by_label("名称").input_value() == "青杠村"
    page.get_by_label("编号").fill("V010")
    save(page)
    page.get_by_role("heading", name="青杠村").wait_for()
    assert form.heard("422", "htmx:") == []


def test_the_second_of_two_editors_chooses_field_by_field(cast, site):
    first = site.at(cast.office, "roster:village-edit", cast.liulin.pk)
    second = site.at(cast.office, "roster:village-edit", cast.liulin.pk)
    first.page.get_by_label("名称").fill("柳林新村")
    save(first.page)
    first.page.get_by_role("heading", name="柳林新村").wait_for()
    second.page.get_by_label("名称").fill("柳林大村")
    save(second.page)
    second.page.get_by_text("先保存了这条记录").wait_for()
    second.page.get_by_role("radio", name="柳林新村").check()
    save(second.page)
    second.page.get_by_role("heading", name="柳林新村").wait_for()
    assert Village.objects.get(pk=cast.liulin.pk).name == "柳林新村"
