"""Codes are unique, and what is referred to exists."""

from kaohe.demo import DemoCounty


def codes(items) -> set[str]:
    found = [item.code for item in items]
    assert len(set(found)) == len(found)
    return set(found)


def test_units_are_known(county: DemoCounty):
    townships, departments = codes(county.townships), codes(county.departments)
    assert {one.township for one in county.villages} == townships
    assert {one.unit for one in county.persons} <= townships | departments
    assert {one.unit for one in county.posts} == townships | departments
    assert {one.department for one in county.postings} - {None} <= departments


def test_villages_are_known(county: DemoCounty):
    villages = codes(county.villages)
    assert {one.village for one in county.teams} <= villages
    assert {one.village for one in county.postings} <= villages


def test_persons_and_teams_are_known(county: DemoCounty):
    persons, teams = codes(county.persons), codes(county.teams)
    assert {one.person for one in county.posts} <= persons
    assert {one.person for one in county.members} <= persons
    assert {one.team for one in county.members} == teams
    assert {one.subject for one in county.postings} <= persons | teams
    assert {one.replaced for one in county.postings} - {None} <= persons


def test_nobody_is_without_a_task(county: DemoCounty):
    busy = {one.person for one in county.posts} | {one.person for one in county.members}
    assert busy | {one.subject for one in county.postings} >= codes(county.persons)


def test_a_post_is_in_the_home_unit(county: DemoCounty):
    home = {one.code: one.unit for one in county.persons}
    assert all(home[one.person] == one.unit for one in county.posts)


def test_a_person_is_sent_by_the_home_unit(county: DemoCounty):
    home = {one.code: one.unit for one in county.persons}
    sent = [one for one in county.postings if one.subject in home]
    assert all(home[one.subject] == one.department for one in sent)
