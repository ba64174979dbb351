"""Values of local facts, by type."""

from __future__ import annotations

import pytest

from guidance_kit.model.fact_values import value_fault
from guidance_kit.model.facts import Fact
from guidance_kit.model.vocabulary import FactType

PHONE = Fact(id="line", type=FactType.PHONE, label="Line")


@pytest.mark.parametrize(
    "value",
    [
        "0808 157 0100",
        "0808 157 0100 ext 12",
        "0800 1111",
        "+44 808 157 0100",
        "(01632) 960100",
        "999",
        "111",
        "116 123",
        "85258",
    ],
)
def test_a_whole_telephone_number_is_taken(value):
    assert value_fault(PHONE, value) is None


@pytest.mark.parametrize("value", ["0808 157", "01632", "0808 15 ext 1234", "080", "0808-15"])
def test_a_telephone_number_that_was_cut_short_is_not(value):
    fault = value_fault(PHONE, value)
    assert fault is not None
    assert "telephone number" in fault[0]


@pytest.mark.parametrize("value", ["ring us", "12", "0808 157 0100 or 999"])
def test_what_is_no_telephone_number_is_not_taken(value):
    fault = value_fault(PHONE, value)
    assert fault == (f'is not a telephone number: "{value}".', "For example: 0808 157 0100")


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (FactType.PHONE, "((((((("),
        (FactType.PHONE, "0808\u200b 157 0100"),
        (FactType.URL, "https://..."),
        (FactType.URL, "https://a..example"),
        (FactType.URL, "https://a\u200b.example"),
        (FactType.EMAIL, "a\u200b@b.example"),
        (FactType.EMAIL, "a@b..example"),
    ],
)
def test_what_only_looks_like_a_value_is_not_taken(kind, value):
    assert value_fault(Fact(id="x", type=kind, label="X"), value) is not None


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (FactType.URL, "https://www.northtown.example/a.b?c=d#e"),
        (FactType.URL, "http://northtown.example:8080"),
        (FactType.URL, "https://northtown.example."),
        (FactType.EMAIL, "first.last+x@mail.northtown.example"),
    ],
)
def test_what_is_a_value_is_taken(kind, value):
    assert value_fault(Fact(id="x", type=kind, label="X"), value) is None
