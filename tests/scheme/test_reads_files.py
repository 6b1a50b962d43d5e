"""From a name, a file or a folder to a scheme; numbers stay what was written."""

from decimal import Decimal

import pytest

from kaohe.scheme import SchemeError, load_scheme, parse_scheme
from kaohe.scheme.loader import LARGEST_FILE
from tests.scheme.small import SMALL, spoilt


def refusal(path):
    with pytest.raises(SchemeError) as raised:
        load_scheme(path)
    return str(raised.value)


def test_a_file_and_the_folder_that_holds_it_are_the_same_scheme(tmp_path):
    (tmp_path / "scheme.yaml").write_text(SMALL, "utf-8")
    assert load_scheme(tmp_path) == load_scheme(tmp_path / "scheme.yaml") == parse_scheme(SMALL)


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(tmp_path):
    path = tmp_path / "方案.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + SMALL.replace("\n", "\r\n").encode())
    assert load_scheme(path) == parse_scheme(SMALL)


def test_an_unknown_name_is_told_with_the_names_there_are():
    message = refusal("no-such-county")
    assert "no-such-county:1 找不到考核方案" in message
    assert "xx-county-2016" in message


@pytest.mark.parametrize("name", ["../xx-county-2016", "xx-county-2016/", "", "/etc", "xx county"])
def test_a_name_that_is_no_name_is_no_way_into_other_folders(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert "找不到考核方案" in refusal(name) or "读不了" in refusal(name)


MULTIPLYING = "a0: &a0 [1, 2]\n" + "".join(
    f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]\n" for i in range(1, 9)
)
FILES = {
    "empty": (b"", "这不是考核方案：最外层应是 scheme、title 等键"),
    "only remarks": ("# 考核办法\n".encode(), "这不是考核方案"),
    "a list": (b"- scheme: small\n", "这不是考核方案"),
    "a word": ("考核".encode(), "这不是考核方案"),
    "two documents": (b"a: 1\n---\nb: 2\n", "YAML 的写法有误"),
    "GBK": (SMALL.encode("gbk"), "文件不是 UTF-8 编码；请用编辑器另存为 UTF-8"),
    "UTF-16": (SMALL.encode("utf-16"), "文件不是 UTF-8 编码"),
    "nothing readable": (b"title: a\x00b\n", "YAML 读不出来"),
    "too large": (b"#" * (LARGEST_FILE + 1), "文件超过 4 MB，不像是考核方案"),
    "deeply nested": (b"[" * 3_000, "YAML"),
    "aliases that multiply": (MULTIPLYING.encode(), "引用（*）展开后超过"),
    "a tag that would run code": (b"scheme: !!python/object/apply:os.getcwd []\n", "「scheme」应是文字"),
}  # fmt: skip


@pytest.mark.parametrize("case", FILES)
def test_a_file_that_is_no_scheme_says_so(case, tmp_path):
    content, words = FILES[case]
    path = tmp_path / "scheme.yaml"
    path.write_bytes(content)
    assert words in refusal(path)


def leaf(text, code="1"):
    return next(x for x in parse_scheme(text).kind("个人").leaves() if x.code == code)


# What is written for the points of two indicators that make up 90, and the first one exactly.
NUMBERS = {
    "a tenth": ("0.1", "89.9", Decimal("0.1")),
    "hundredths": ("70.07", "19.93", Decimal("70.07")),
    "what floats get wrong": ("1.15", "88.85", Decimal("1.15")),
    "a number in quotes": ('"70.5"', "19.5", Decimal("70.5")),
    "a whole number": ("70", "20", Decimal(70)),
    "trailing zeros": ("70.0", "20.00", Decimal(70)),
}


@pytest.mark.parametrize("case", NUMBERS)
def test_points_are_exactly_what_was_written(case):
    first, second, exact = NUMBERS[case]
    text = spoilt("points: 70", f"points: {first}")
    text = spoilt(
        "name: 信息报送\n        points: 20", f"name: 信息报送\n        points: {second}", text=text
    )
    assert leaf(text).points == exact


def test_per_cent_is_a_hundredth():
    quota = parse_scheme(SMALL).kind("个人").grade.quotas[0]
    assert quota.share == Decimal("0.2")
    third = spoilt("share: 20%", "share: 33.33%")
    assert parse_scheme(third).kind("个人").grade.quotas[0].share == Decimal("0.3333")
    wide = spoilt("share: 20%", "share: 20％")
    assert parse_scheme(wide) == parse_scheme(SMALL)


def test_a_formula_may_be_a_bare_number():
    text = spoilt("quota: 2 × 月数", "quota: 0.1")
    assert leaf(text, "2").measure.rule.parts[0].quota.text == "0.1"


def test_weights_of_tenths_add_up_to_one_though_floats_would_not():
    head = '    basis: 二(二)\n    indicators:\n      - {code: "1", name: 出勤'
    weighted = head.replace(
        "    ind", "    scoring: {weights: {甲: 0.1, 乙: 0.2, 丙: 0.7}, basis: 三}\n    ind"
    )
    assert sum(parse_scheme(spoilt(head, weighted)).kind("个人").scoring.weights.values()) == 1
    assert 0.1 + 0.2 + 0.7 != 1.0 or 0.1 + 0.2 != 0.3


def test_a_scheme_cannot_be_changed_once_it_is_read():
    scheme = parse_scheme(SMALL)
    with pytest.raises(ValueError, match="frozen"):
        scheme.title = "别的"
