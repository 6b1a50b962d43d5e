"""A journal written without a network: kept on the phone, sent when it is back, stored once."""

import os
import random
from urllib.parse import urlsplit

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from django.utils import timezone

from kaohe.web.common.permissions import Role
from kaohe.web.fieldwork.models import Journal
from tests.web.fieldwork.journals.steps import TEXT, photo

pytestmark = pytest.mark.django_db(transaction=True)
WRITE = "/work/journals/write/"
BAR = "#queue-bar"
# How many networks, each flaky in its own way.
FLAKY = int(os.environ.get("KAOHE_FLAKY", "3"))


@pytest.fixture
def phone(cast, site):
    """张三's phone with the journal's form open; the worker has put aside what it keeps."""
    watched = site.at(cast.secretary, "fieldwork:journal-write", phone=True)
    page = watched.page
    page.wait_for_function("() => navigator.serviceWorker.controller !== null")
    yield page
    # What is still under way would write into the tables while they are being emptied.
    for one in page.context.pages:
        one.goto("about:blank")
    page.context.new_page().wait_for_timeout(500)


def wait_for_journals(page, number=1):
    for _ in range(80):
        if Journal.objects.count() >= number:
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"{Journal.objects.count()} journals, not {number}")


def kept(page):
    """What waits on the phone, by id."""
    return page.evaluate(
        """() => new Promise((done) => {
            const asked = indexedDB.open("kaohe-queue", 1);
            asked.onupgradeneeded = () => asked.result.createObjectStore("sheets", {keyPath: "id"});
            asked.onsuccess = () => {
                const all = asked.result.transaction("sheets").objectStore("sheets").getAll();
                all.onsuccess = () => { asked.result.close(); done(all.result.map((one) => [one.id, one.refused])); };
            };
        })"""
    )


def attach(page, *names):
    files = [
        {"name": name, "mimeType": "image/jpeg", "buffer": photo(name).read()} for name in names
    ]
    page.set_input_files("input[type=file]:not([data-evidence-camera])", files)


def save_offline(page, text=TEXT):
    """Fill the server's form and send it into the void."""
    page.fill("[name=items]", text)
    page.context.set_offline(True)
    page.click("button:has-text('保存日志')")
    page.wait_for_selector("text=已存在这台手机上")


def back_online(page):
    """The network is there again. A page that was opened without it may not be told: the button is,
    unless all was sent and the button is gone."""
    page.context.set_offline(False)
    page.evaluate(
        "() => [...document.querySelectorAll('button')]"
        ".find((one) => one.textContent.includes('现在发送'))?.click()"
    )


def test_a_form_that_cannot_be_sent_is_kept_whole_and_sent_later(phone, cast):
    phone.check(f"input[name=noted][value='{cast.li.pk}']")
    phone.fill("[name=measures]", "第一行\n第二行")
    attach(phone, "a.jpg", "b.jpg")
    save_offline(phone)
    assert "待发送 1 篇" in phone.inner_text(BAR)
    assert not Journal.objects.exists()
    phone.context.set_offline(False)
    wait_for_journals(phone)
    journal = Journal.objects.get()
    assert journal.items == TEXT
    assert journal.measures.split() == ["第一行", "第二行"]
    assert set(journal.noted.all()) == {cast.li}
    assert {one.name for one in journal.evidence.all()} == {"a.jpg", "b.jpg"}
    phone.wait_for_selector(BAR, state="detached")
    assert kept(phone) == []


def test_without_a_network_the_offline_page_opens_and_takes_a_journal(phone, cast):
    phone.context.set_offline(True)
    phone.goto(WRITE)
    assert "没有网络，也能写日志" in phone.inner_text("h1")
    assert "以“第一书记”的名义" in phone.inner_text("main")
    assert phone.evaluate("() => getComputedStyle(document.body).fontFamily").startswith(
        '"Segoe UI"'
    )
    assert phone.input_value("[name=day]")
    day = timezone.localdate().isoformat()
    phone.fill("[name=day]", day)
    phone.fill("[name=items]", TEXT)
    attach(phone, "a.jpg")
    phone.click("button:has-text('存在手机上')")
    phone.wait_for_selector(".queue-sheet")
    assert "照片 1 张" in phone.inner_text(".queue-sheet")
    assert phone.input_value("[name=items]") == ""
    phone.reload()
    assert "待发送 1 篇" in phone.inner_text(BAR)
    back_online(phone)
    wait_for_journals(phone)
    journal = Journal.objects.get()
    assert (journal.person, journal.day.isoformat()) == (cast.zhang, day)
    assert journal.evidence.count() == 1


def test_the_button_sends_too(phone):
    save_offline(phone)
    # Some browsers do not tell that the network is back.
    phone.evaluate(
        "() => addEventListener('online', (event) => event.stopImmediatePropagation(), true)"
    )
    back_online(phone)
    wait_for_journals(phone)


def test_a_page_opened_later_sends_what_waits(phone):
    save_offline(phone)
    other = phone.context.new_page()
    phone.close()
    other.context.set_offline(False)
    other.goto("/")
    wait_for_journals(other)


def test_logged_out_meanwhile_it_is_kept_until_its_writer_is_back(phone, cast, site):
    save_offline(phone)
    Session.objects.all().delete()
    phone.context.set_offline(False)
    phone.wait_for_selector(f"{BAR}:has-text('请登录后发送')")
    assert not Journal.objects.exists()
    assert len(kept(phone)) == 1
    phone.context.add_cookies([site._cookie(cast.secretary)])
    phone.goto("/")
    wait_for_journals(phone)


def test_another_account_on_the_phone_neither_sees_nor_sends_it(phone, cast, site):
    save_offline(phone)
    phone.context.clear_cookies()
    phone.context.add_cookies([site._cookie(cast.accounts[Role.TECHNICIAN])])
    phone.context.set_offline(False)
    for url in (WRITE, "/", "/offline/"):
        phone.goto(url)
        phone.wait_for_timeout(600)
        assert phone.locator(BAR).count() == 0, url
        assert TEXT not in phone.content(), url
    assert not Journal.objects.exists()
    assert len(kept(phone)) == 1
    phone.context.clear_cookies()
    phone.context.add_cookies([site._cookie(cast.secretary)])
    phone.goto("/")
    wait_for_journals(phone)
    assert Journal.objects.get().person == cast.zhang


def test_whoever_logs_out_leaves_no_name_behind(phone):
    phone.evaluate("() => document.querySelector('form.logout').requestSubmit()")
    phone.wait_for_url("**/login/**")
    phone.context.set_offline(True)
    phone.goto(WRITE)
    assert "还没有登录过的人" in phone.inner_text("main")
    assert phone.locator("form[data-queue-only]").is_hidden()
    assert "第一书记" not in phone.inner_text("body")


@pytest.mark.parametrize("seed", range(FLAKY))
def test_on_a_flaky_network_it_is_stored_once(seed, phone):
    """Three of ten replies are lost after the server has done its work; one is sent again and again."""
    dice, dropped = random.Random(seed), []

    def flaky(route):
        if urlsplit(route.request.url).path.startswith("/work/journals/") and (
            not dropped or dice.random() < 0.3
        ):
            route.fetch(max_redirects=0)
            dropped.append(route.request.method)
            route.abort()
        else:
            route.continue_()

    phone.context.route("**/work/journals/**", flaky)
    phone.fill("[name=items]", f"{TEXT}{seed}")
    attach(phone, "a.jpg")
    phone.click("button:has-text('保存日志')")
    phone.wait_for_selector("text=已存在这台手机上")
    for _ in range(40):
        if kept(phone) == []:
            break
        button = phone.locator("button:has-text('现在发送')")
        if button.count():
            button.click()
        phone.wait_for_timeout(200)
    assert kept(phone) == []
    assert dropped[0] == "POST"
    assert Journal.objects.get().items == f"{TEXT}{seed}"
    assert Journal.objects.get().evidence.count() == 1


def test_the_same_number_with_another_text_is_refused_and_shown(phone):
    number = phone.input_value("input[name=submission_id]")
    phone.evaluate(
        """async () => {
            const form = document.querySelector("[data-queue-form] form");
            const data = new FormData(form);
            data.set("items", "先到的一篇");
            await fetch("/work/journals/write/", {method: "POST", body: data, headers: {"HX-Request": "true"}});
        }"""
    )
    wait_for_journals(phone)
    save_offline(phone, "后写的一篇")
    phone.context.set_offline(False)
    phone.wait_for_selector(f"{BAR}:has-text('没有接受 1 篇')")
    assert Journal.objects.get().items == "先到的一篇"
    ((key, why),) = kept(phone)
    assert key == number
    assert "内容与这次不同" in why


def test_what_the_server_refuses_can_be_mended_and_sent_again(phone, cast):
    phone.context.set_offline(True)
    phone.goto(WRITE)
    phone.fill("[name=day]", "2016-01-04")
    phone.fill("[name=items]", TEXT)
    attach(phone, "a.jpg")
    phone.click("button:has-text('存在手机上')")
    phone.wait_for_selector(".queue-sheet")
    back_online(phone)
    phone.wait_for_selector(".queue-sheet:has-text('已经锁定')")
    assert "没有接受 1 篇" in phone.inner_text(BAR)
    phone.click("button:has-text('放回表单修改')")
    phone.wait_for_selector(".queue-sheet", state="hidden")
    assert phone.input_value("[name=items]") == TEXT
    phone.fill("[name=day]", timezone.localdate().isoformat())
    phone.click("button:has-text('存在手机上')")
    wait_for_journals(phone)
    assert Journal.objects.get().evidence.count() == 1


def test_what_is_put_aside_can_be_deleted(phone):
    save_offline(phone)
    phone.goto("/offline/")
    phone.on("dialog", lambda dialog: dialog.accept())
    phone.click("button:has-text('删除')")
    phone.wait_for_selector(BAR, state="detached")
    assert kept(phone) == []


def test_nothing_of_anybody_is_kept_by_the_worker(phone):
    for name in ("home", "fieldwork:journals", "roster:people"):
        phone.goto(reverse(name))
    addresses = phone.evaluate(
        """async () => {
            const found = [];
            for (const name of await caches.keys())
                for (const request of await (await caches.open(name)).keys())
                    found.push(new URL(request.url).pathname);
            return found;
        }"""
    )
    assert addresses
    assert {one for one in addresses if not one.startswith("/static/")} == {"/offline/"}


def test_offices_get_no_worker(cast, site):
    page = site.at(cast.office, "home").page
    page.wait_for_timeout(500)
    assert (
        page.evaluate("() => navigator.serviceWorker.getRegistrations().then((all) => all.length)")
        == 0
    )
