"""Near-copies are found among many texts, by sketches of them."""

from __future__ import annotations

import pytest

from kaohe.web.fieldwork.queries.likeness import Pair, likeness, near, runs, sketch

REPORT = (
    "今年以来，河口村党支部组织群众流转土地三百二十亩，发展黄精、羊肚菌等特色产业，"
    "成立专业合作社两个，带动贫困户五十六户，户均增收两千四百元。第一书记逐户走访，"
    "帮助协调小额信贷十二户，完成入户道路硬化一点八公里。"
)
OTHER = (
    "县水务局抽调技术人员十五名，分三组对青龙镇六个村的饮水管网全面排查，更换老化管道"
    "四公里，新建蓄水池两口，解决了三百余户群众的季节性缺水问题，工程质量经村民代表验收。"
)


def test_a_sketch_is_short_and_always_the_same() -> None:
    assert sketch(REPORT) == sketch(REPORT) != sketch(OTHER)
    assert len(sketch(REPORT * 50)) == len(sketch("短文")) < 600


def test_spaces_punctuation_width_and_case_change_nothing() -> None:
    spaced = REPORT.replace("，", "， ").replace("。", "\n\n").replace("、", "")
    assert sketch(spaced) == sketch(REPORT)
    assert sketch("ＡＢＣ合作社１２家！") == sketch("abc合作社12家")
    assert likeness(spaced, REPORT) == 1


@pytest.mark.parametrize("text", ["", " \n", "，。！……"])
def test_a_text_without_characters_is_like_nothing(text: str) -> None:
    assert sketch(text) == b""
    assert likeness(text, text) == 0
    assert near({1: sketch(text), 2: sketch(text)}, None, 0.5) == []


def test_a_text_shorter_than_a_run_is_one_run() -> None:
    assert runs("修路") == {"修路"}
    assert likeness("修路", "修路！") == 1


def test_likeness_is_the_share_of_common_runs() -> None:
    # Six characters make two runs, one of them common, three in all.
    assert likeness("一二三四五六", "二三四五六七") == pytest.approx(1 / 3)


def test_copies_are_found_the_most_alike_first_and_other_texts_are_not() -> None:
    texts = {7: REPORT, 3: OTHER, 9: REPORT, 5: REPORT.replace("三百二十亩", "二百亩")}
    found = near({key: sketch(text) for key, text in texts.items()}, None, 0.6)
    assert found[0] == Pair(7, 9, 1.0)
    assert {(pair.first, pair.second) for pair in found} == {(7, 9), (5, 7), (5, 9)}
    exact = likeness(texts[5], REPORT)
    assert all(abs(pair.likeness - exact) < 0.15 for pair in found[1:])


def test_only_pairs_of_the_texts_asked_about_are_told() -> None:
    sketches = {1: sketch(REPORT), 2: sketch(REPORT), 3: sketch(OTHER), 4: sketch(OTHER)}
    assert near(sketches, [2], 0.6) == [Pair(1, 2, 1.0)]
    assert near(sketches, [3, 1], 0.6) == [Pair(1, 2, 1.0), Pair(3, 4, 1.0)]
    assert near(sketches, [1, 2], 0.6) == [Pair(1, 2, 1.0)]
    assert near(sketches, [99], 0.6) == near(sketches, [], 0.6) == []
