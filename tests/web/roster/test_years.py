"""A year is set up on a regulation, opened once all is there, and closed for good."""

import hashlib
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from kaohe.scheme.readings import readings
from kaohe.web.common.models import AuditEntry
from kaohe.web.common.permissions import Role
from kaohe.web.roster.models import Posting, Unit, UnitAttributes, VillageCount, WorkYear

pytestmark = pytest.mark.django_db

SCHEME = "xx-county-2016"


def _sent(**fields):
    return {**fields, "submission_id": str(uuid.uuid4())}


def _url(name, year):
    return reverse(f"roster:{name}", args=[year.pk])


@pytest.fixture
def following(cast):
    """2017, being prepared, on the regulation with its years moved on."""
    text = cast.year.scheme_text.replace("2017-", "2018-").replace("2016-", "2017-")
    return WorkYear.objects.create(
        county=cast.county,
        year=2017,
        scheme_name=SCHEME,
        scheme_text=text,
        scheme_sha256=hashlib.sha256(text.encode()).hexdigest(),
    )


@pytest.fixture
def ready(cast, following):
    """2017 with nothing missing but what only needs a second look."""
    WorkYear.objects.filter(pk=cast.year.pk).update(state="closed")
    return following


def _moved(text):
    return text.replace("2017-", "2018-").replace("2016-", "2017-")


def _file(text, name="my-county.yaml"):
    return SimpleUploadedFile(name, text.encode() if isinstance(text, str) else text)


@pytest.mark.parametrize("role", [role for role in Role if role != Role.COMMAND])
def test_everybody_sees_the_years_and_only_the_office_changes_them(role, cast, following, log_in):
    client = log_in(cast.accounts[role])
    assert client.get(reverse("roster:years")).status_code == 200
    text = client.get(_url("year", cast.year)).content.decode()
    assert "xx县脱贫攻坚工作考核办法" in text
    office = role == Role.HEADQUARTERS
    assert (_url("year-close", cast.year) in text) == office
    for name in ("year-edit", "year-open", "year-close"):
        expected = 200 if office else 403
        assert client.get(_url(name, following)).status_code == expected, name


@pytest.mark.parametrize("page", ["year", "year-edit", "year-open", "year-close"])
def test_another_countys_year_is_not_there(page, cast, log_in):
    client = log_in(cast.office)
    url = _url(page, cast.stranger.year)
    assert client.get(url).status_code == 404
    assert client.post(url, _sent(version=1, shipped=SCHEME)).status_code in {404, 405}
    cast.stranger.year.refresh_from_db()
    assert cast.stranger.year.version == 1


def test_the_page_prints_the_scheme_its_hash_its_subjects_and_readings(cast, log_in):
    page = log_in(cast.office).get(_url("year", cast.year))
    text = page.content.decode()
    assert cast.year.scheme_sha256 in text
    assert "与存下的全文不一致" in text  # the cast's hash is made up
    assert page.context["subjects"] == [
        ("乡镇", 2),
        ("部门", 2),
        ("第一书记", 1),
        ("驻村工作队", 1),
        ("农业科技人员", 1),
    ]
    number = sum(1 for _ in readings(cast.year.scheme))
    assert number > 100 and f"附：口径（{number} 条）" in text
    assert "每个有名称的结果" in text


def test_a_year_is_set_up_on_a_shipped_scheme(cast, log_in):
    WorkYear.objects.filter(pk=cast.year.pk).delete()
    answer = log_in(cast.office).post(reverse("roster:year-add"), _sent(year=2016, shipped=SCHEME))
    assert answer.status_code == 303
    year = WorkYear.objects.get(county=cast.county)
    assert (year.state, year.scheme_name) == ("preparing", SCHEME)
    assert year.scheme_sha256 == hashlib.sha256(year.scheme_text.encode()).hexdigest()
    assert year.scheme.version == 1


def test_a_year_is_set_up_on_the_countys_own_file(cast, log_in):
    text = _moved(cast.year.scheme_text).replace("scheme: xx-county-2016", "scheme: hw-2017")
    form = _sent(year=2017, file=_file("\ufeff" + text))
    assert log_in(cast.office).post(reverse("roster:year-add"), form).status_code == 303
    year = WorkYear.objects.get(county=cast.county, year=2017)
    assert year.scheme_name == "hw-2017"
    assert year.scheme_text == text
    entry = AuditEntry.objects.get(verb="create", object_id=str(year.pk))
    assert entry.after["scheme_sha256"] == year.scheme_sha256


def test_errors_of_a_scheme_name_file_line_and_clause(cast, log_in):
    text = cast.year.scheme_text.replace("type: indicators", "type: indicator")
    answer = log_in(cast.office).post(
        reverse("roster:year-add"), _sent(year=2017, file=_file(text))
    )
    assert answer.status_code == 422
    [error] = answer.context["form"].errors["file"]
    assert error.startswith("my-county.yaml:33（条款 二(二)2） 「type」只能是")


@pytest.mark.parametrize(
    ("fields", "field", "said"),
    [
        ({"year": 2017, "shipped": SCHEME}, "file", "不是 2017 年"),
        ({"year": 2016, "shipped": SCHEME}, "__all__", "这个年度已经设立"),
        ({"year": 2017}, "file", "二选一"),
        ({"year": 2017, "shipped": "../../etc/passwd"}, "shipped", "选择"),
        ({"year": 1999, "shipped": SCHEME}, "year", "2000"),
        ({"year": "9" * 400, "shipped": SCHEME}, "year", ""),
    ],
    ids=["another year's", "twice", "neither", "a path", "too early", "endless"],
)
def test_a_year_is_refused(fields, field, said, cast, log_in):
    answer = log_in(cast.office).post(reverse("roster:year-add"), _sent(**fields))
    assert answer.status_code == 422
    errors = answer.context["form"].errors
    assert field in errors
    assert said in " ".join(errors[field])
    assert WorkYear.objects.filter(county=cast.county).count() == 1


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\x01\x02",
        b"\xff\xfe\x00",
        "scheme: x\n".encode("gbk") + "办法".encode("gbk"),
        b"a: &a [x, x]\n"
        + b"".join(b"%c: &%c [*%c, *%c]\n" % (i, i, i - 1, i - 1) for i in range(98, 123)),
        b"!!python/object/apply:os.system ['true']",
        b"[" * 5_000,
        b"x" * (1024 * 1024 + 1),
        b"<script>alert(1)</script>: [",
        b"PK\x03\x04" + b"\0" * 100,
    ],
    ids=["empty", "nul", "utf-16", "gbk", "aliases", "python", "deep", "large", "markup", "zip"],
)
def test_a_hostile_file_is_refused(content, cast, log_in):
    form = _sent(year=2017, file=_file(content))
    answer = log_in(cast.office).post(reverse("roster:year-add"), form)
    assert answer.status_code == 422
    assert "file" in answer.context["form"].errors
    assert "<script>alert" not in answer.content.decode()
    assert WorkYear.objects.filter(county=cast.county).count() == 1


def test_the_scheme_is_changed_while_the_year_is_prepared(following, cast, log_in):
    text = following.scheme_text.replace("version: 1", "version: 2")
    form = _sent(version=1, file=_file(text))
    assert log_in(cast.office).post(_url("year-edit", following), form).status_code == 303
    following.refresh_from_db()
    assert following.scheme.version == 2
    assert following.scheme_sha256 == hashlib.sha256(text.encode()).hexdigest()


def test_the_scheme_of_an_open_year_is_not_changed(cast, log_in):
    text = cast.year.scheme_text.replace("version: 1", "version: 2")
    answer = log_in(cast.office).post(
        _url("year-edit", cast.year), _sent(version=1, file=_file(text))
    )
    assert answer.status_code == 422
    assert "办法不能再改" in answer.content.decode()
    cast.year.refresh_from_db()
    assert cast.year.scheme.version == 1


def test_two_people_changing_the_scheme_do_not_overwrite_each_other(following, cast, log_in):
    client = log_in(cast.office)
    texts = [following.scheme_text.replace("version: 1", f"version: {n}") for n in (2, 3)]
    answers = [
        client.post(_url("year-edit", following), _sent(version=1, file=_file(text)))
        for text in texts
    ]
    assert [answer.status_code for answer in answers] == [303, 409]
    following.refresh_from_db()
    assert following.scheme.version == 2


def test_a_year_does_not_open_beside_an_open_one(following, cast, log_in):
    client = log_in(cast.office)
    assert "2016 年度还在进行中" in client.get(_url("year-open", following)).content.decode()
    answer = client.post(_url("year-open", following), _sent(version=1, confirmed="on"))
    assert answer.status_code == 422
    following.refresh_from_db()
    assert following.state == "preparing"


def test_a_year_does_not_open_without_what_the_scheme_insists_on(ready, cast, log_in):
    text = ready.scheme_text.replace("    name: 类别\n", "    name: 类别\n    required: true\n", 1)
    WorkYear.objects.filter(pk=ready.pk).update(scheme_text=text)
    client = log_in(cast.office)
    answer = client.post(_url("year-open", ready), _sent(version=1, confirmed="on"))
    assert answer.status_code == 422
    told = answer.context["ready"].missing
    assert told == ("办法要求填“类别”，还没有填的单位：财政局、教育局。",)
    for unit in (cast.finance, cast.education):
        UnitAttributes.objects.create(year=ready, unit=unit, values={"class": "甲类"})
    answer = client.post(_url("year-open", ready), _sent(version=1, confirmed="on"))
    assert answer.status_code == 303


def test_a_year_does_not_open_with_attributes_that_its_scheme_lost(ready, cast, log_in):
    UnitAttributes.objects.create(year=ready, unit=cast.finance, values={"size": "大"})
    answer = log_in(cast.office).post(_url("year-open", ready), _sent(version=1, confirmed="on"))
    assert "办法里没有属性“size”" in answer.content.decode()
    assert answer.status_code == 422


def test_a_year_does_not_open_without_townships(ready, cast, log_in):
    Unit.objects.filter(county=cast.county, kind="township").update(ended="2016-12-31")
    answer = log_in(cast.office).post(_url("year-open", ready), _sent(version=1, confirmed="on"))
    assert "还没有登记乡镇，而办法要考核乡镇" in answer.content.decode()


def test_reminders_must_be_confirmed(ready, cast, log_in):
    Posting.objects.filter(pk=cast.secretary_posting.pk).update(end="2016-12-31")
    client = log_in(cast.office)
    page = client.get(_url("year-open", ready))
    assert "没有第一书记的贫困村：柳林村。" in page.context["ready"].warnings
    assert "没有填户数的村：柳林村、石桥村。" in page.context["ready"].warnings
    refused = client.post(_url("year-open", ready), _sent(version=1))
    assert refused.status_code == 422
    assert "再勾选确认" in refused.content.decode()
    answer = client.post(_url("year-open", ready), _sent(version=1, confirmed="on"))
    assert answer.status_code == 303
    ready.refresh_from_db()
    assert ready.state == "open"


def test_with_nothing_to_remind_of_no_tick_is_asked_for(ready, cast, log_in):
    for unit in Unit.objects.filter(county=cast.county):
        UnitAttributes.objects.create(year=ready, unit=unit, values={"vertical": False})
    for village in (cast.liulin, cast.shiqiao):
        VillageCount.objects.create(
            year=ready, village=village, households=1, people=1, poor_households=0, poor_people=0
        )
    client = log_in(cast.office)
    page = client.get(_url("year-open", ready))
    assert page.context["ready"].warnings == ()
    assert "confirmed" not in page.context["form"].fields
    assert client.post(_url("year-open", ready), _sent(version=1)).status_code == 303


def test_an_open_year_closes_and_stays_closed(cast, log_in):
    client = log_in(cast.office)
    assert client.post(_url("year-close", cast.year), _sent(version=1)).status_code == 303
    for page in ("year-close", "year-open"):
        answer = client.post(_url(page, cast.year), _sent(version=2, confirmed="on"))
        assert answer.status_code == 422
    cast.year.refresh_from_db()
    assert cast.year.state == "closed"


def test_fields_that_the_form_does_not_have_change_nothing(following, cast, log_in):
    form = _sent(
        version=1,
        file=_file(following.scheme_text.replace("version: 1", "version: 2")),
        state="open",
        year=2030,
        scheme_sha256="f" * 64,
        county=cast.stranger.county.pk,
    )
    assert log_in(cast.office).post(_url("year-edit", following), form).status_code == 303
    following.refresh_from_db()
    assert (following.state, following.year) == ("preparing", 2017)
    assert following.county == cast.county
    assert following.scheme_sha256 != "f" * 64
