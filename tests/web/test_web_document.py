"""A JSON body is read in one way or not at all."""

import contextlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.errors import FormDamagedError
from campaign.web.forms import document

_JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abc", min_size=1), inner, max_size=3),
    max_leaves=10,
)


@given(_JSON)
def test_what_is_json_comes_in_as_it_is(value):
    assert document.decode(json.dumps(value).encode(), "application/hal+json") == value


@given(st.binary(max_size=200))
def test_whatever_comes_is_read_or_refused_and_nothing_else(raw):
    with contextlib.suppress(FormDamagedError):
        document.decode(raw, "application/json")


@pytest.mark.parametrize(
    "raw",
    [
        b"[" * 100_000,
        b"[" * 21 + b"]" * 21,
        b'{"a":' * 30 + b"1" + b"}" * 30,
        b"NaN",
        b'{"a": Infinity}',
        b"-Infinity",
        b"1e999",
        b'{"email":"a@x.org","email":"b@x.org"}',
        b'{"e":1,"\\u0065":2}',
        b'"\\ud800"',
        b'{"\\udc00":1}',
        b'"\\u0000"',
        b'"\xff"',
        b"\xef\xbb\xbf{}",
        b"9" * 5000,
        b"{",
        b'"' + b'\\"' * 30_000,
        b"'a'",
        b"1 2",
    ],
)
def test_what_could_be_read_in_two_ways_or_in_none_is_refused(raw):
    with pytest.raises(FormDamagedError) as refused:
        document.decode(raw, "application/json")
    assert (refused.value.code, refused.value.status) == ("E-JSON", 400)


def test_brackets_inside_texts_are_no_depth():
    assert document.decode(json.dumps("[" * 50 + '"{').encode(), "application/json") == "[" * 50 + '"{'
    assert document.decode(b"[" * 20 + b"]" * 20, "application/json")


def test_a_body_without_a_type_is_taken_only_where_that_is_said():
    assert document.decode(b"{}", "", takes_none=True) == {}
    with pytest.raises(FormDamagedError) as refused:
        document.decode(b"{}", "")
    assert refused.value.status == 415
    assert document.decode(b"", "") is None
