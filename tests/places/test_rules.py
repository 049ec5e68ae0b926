"""Every rule decides in a context made for it, and every rule has such a context."""

from collections.abc import Callable

import pytest
from place_contexts import ABROAD, COUNTRY, NOTHING, PROVINCE, SOMETHING

from indexer.places import rules
from indexer.places.mentions import Mention
from indexer.places.spelling import plain_dashes

Find = Callable[[str], list[Mention]]

PROVINCE_TABLES = {
    "before": rules.PROVINCE_BEFORE,
    "clause": rules.PROVINCE_CLAUSE,
    "after": rules.PROVINCE_AFTER,
}
COUNTRY_TABLES = {"before": rules.COUNTRY_BEFORE, "cue": rules.COUNTRY_CUES, "clause": rules.COUNTRY_CLAUSE}
ABROAD_TABLES = {"before": rules.ABROAD_BEFORE, "cue": rules.ABROAD_CUES}


def at_brackets(find: Find, marked: str) -> list[Mention]:
    """The mentions that overlap the bracketed name."""
    start, end = marked.index("["), marked.index("]") - 1
    text = plain_dashes(marked.replace("[", "").replace("]", ""))
    return [mention for mention in find(text) if mention.start < end and start < mention.end]


def _factor(tables: dict[str, rules.Table], table: str, name: str) -> float:
    if table == "word":
        return {"bracket": rules.BRACKETED, "resident": rules.RESIDENT}[name].factor
    return next(rule.factor for rule in tables[table].rules if rule.name == name)


def _check(find: Find, tables: dict[str, rules.Table], table: str, name: str, marked: str) -> None:
    found = at_brackets(find, marked)
    factor = _factor(tables, table, name)
    if factor == 0:
        assert not found
        return
    assert len(found) == 1
    if name != "other":  # rules named so only keep a word from meaning what another rule says
        assert found[0].rule.rpartition(":")[2] == name
        assert (found[0].weight > 1) == (factor > 1)
    else:
        assert found[0].weight >= 1


@pytest.mark.parametrize(("table", "name", "marked"), PROVINCE)
def test_province_rule(find: Find, table: str, name: str, marked: str) -> None:
    _check(find, PROVINCE_TABLES, table, name, marked)


@pytest.mark.parametrize(("table", "name", "marked"), COUNTRY)
def test_country_rule(find: Find, table: str, name: str, marked: str) -> None:
    _check(find, COUNTRY_TABLES, table, name, marked)


@pytest.mark.parametrize(("table", "name", "marked"), ABROAD)
def test_rule_for_places_abroad(find: Find, table: str, name: str, marked: str) -> None:
    _check(find, ABROAD_TABLES, table, name, marked)


@pytest.mark.parametrize(("why", "marked"), NOTHING)
def test_no_place_is_seen(find: Find, why: str, marked: str) -> None:
    assert not at_brackets(find, marked), why


@pytest.mark.parametrize(("id_", "marked"), SOMETHING)
def test_the_place_is_seen(find: Find, id_: str, marked: str) -> None:
    assert id_ in {mention.id for mention in at_brackets(find, marked)}


@pytest.mark.parametrize(
    ("tables", "contexts"), [(PROVINCE_TABLES, PROVINCE), (COUNTRY_TABLES, COUNTRY), (ABROAD_TABLES, ABROAD)]
)
def test_every_rule_has_a_context(tables: dict[str, rules.Table], contexts: list[tuple[str, str, str]]) -> None:
    shown = {(table, name) for table, name, _ in contexts}
    assert {(table, rule.name) for table, rows in tables.items() for rule in rows.rules} <= shown


def test_no_phrase_is_in_a_table_under_two_rules() -> None:
    for tables in (PROVINCE_TABLES, COUNTRY_TABLES, ABROAD_TABLES):
        for table in tables.values():
            phrases = [phrase for rule in table.rules for phrase in rule.phrases]
            assert sorted(set(phrases)) == sorted(phrases)


def test_phrases_fit_the_window() -> None:
    before = (rules.PROVINCE_BEFORE, rules.COUNTRY_BEFORE, rules.COUNTRY_CUES, rules.ABROAD_BEFORE, rules.ABROAD_CUES)
    assert max(len(phrase.split()) for table in before for phrase in table.phrases) <= rules.LONGEST
    for table in (rules.PROVINCE_CLAUSE, rules.COUNTRY_CLAUSE):
        assert max(len(phrase.split()) for phrase in table.phrases) <= rules.CLAUSE_LONGEST
