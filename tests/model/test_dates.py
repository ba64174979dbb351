"""Dates in words, as far as they are known."""

import pytest

from guidance_kit.model.dates import MONTHS, date_in_words
from guidance_kit.model.facts import Fact
from guidance_kit.model.vocabulary import FactType


@pytest.mark.parametrize(
    ("date", "words"),
    [
        ("2019", "2019"),
        ("2019-02", "February 2019"),
        ("2019-02-18", "18 February 2019"),
        ("2019-12-01", "1 December 2019"),
        ("2019-13", "2019-13"),
        ("2019-00-01", "2019-00-01"),
        ("soon", "soon"),
        ("", ""),
    ],
)
def test_a_date_is_read_as_far_as_it_is_known(date, words):
    assert date_in_words(date) == words


def test_months_can_be_translated():
    assert date_in_words("2019-03-02", {"March": "M\u00e4rz"}.__getitem__) == "2 M\u00e4rz 2019"
    assert len(MONTHS) == 12


@pytest.mark.parametrize(
    ("type_", "value", "shown"),
    [
        (FactType.DATE, "2026-10-01", "1 October 2026"),
        (FactType.DATE, "20261001", "1 October 2026"),
        (FactType.DATE, "in autumn", "in autumn"),
        (FactType.TEXT, "2026-10-01", "2026-10-01"),
    ],
)
def test_only_a_fact_that_is_a_date_is_shown_in_words(type_, value, shown):
    assert Fact(id="day", type=type_, label="Day").shown(value) == shown
