"""What holds for every damage that can be thought of: the folder is read, or its mistakes are told."""

# ruff: noqa: E501  a table reads best with one case a line

import json
import shutil
import tempfile
from pathlib import Path

from bundles import SMALL_CAUSE, Bundle
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

FILES = sorted(str(one.relative_to(SMALL_CAUSE)) for one in SMALL_CAUSE.rglob("*.*") if one.is_file())
# Pieces that mean something to YAML, Jinja2, Markdown, or to the rules.
PIECES = st.sampled_from(
    ["{{", "}}", "{%", "%}", "{#", "#}", "{% if standing == 'out' %}", "{% endif %}", "{% else %}", "{{ casualties }}", "|",
     "{{ out_on | number }}", "{{ x.y }}", "{{ 9" + "9" * 5000 + " }}", "{{ 'x' * 99 }}", "{{ paragraph }}\n\n", "(" * 300,
     "\n", "\n\n", "\n  ", "\n---\n", "...", ": ", "- ", "? ", "&a ", "*a", "!!int ", "!", "%", "@", "`", "'", '"', "\\", "[", "]",
     "{", "}", ",", "#", " #", "|\n", ">-\n", "~", "null", "true", "1.5", "-1", "0", "2025-02-30", "86400", "en", "xx", "en: ",
     "<b>", "<!--", "![](x)", "[a](javascript:x)", "<http://a>", "# ", "\t", "\r", "\0", "\x85", "\u2028", "\u200b", "\ufeff",
     "ž", "😀", "{% if standing %}" * 120 + "{% endif %}" * 120, "[" * 50, "{a: " * 50, "https://[", "=?", "\udcff", "\ud800"]
)  # fmt: skip
DAMAGE = st.tuples(st.sampled_from(FILES), st.floats(0, 1), st.integers(0, 40), PIECES | st.text(max_size=6))


def damaged(text, place, length, piece):
    """Put a piece in the place of some characters."""
    start = int(place * len(text))
    return text[:start] + piece + text[start + length :]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(DAMAGE, min_size=1, max_size=3))
@example([("facts.yaml", 0.0, 0, "%YAML 1.1\n")])
@example([("letters/latvia/en.md", 0.5, 0, "{% if standing %}" * 120 + "{% endif %}" * 120)])
@example([("states/latvia.yaml", 0.0, 100_000, "officials: [{office: [x]}, {office: {a: b}}, 3]\nevents: [{id: [x]}]")])
@example(
    [
        (
            "campaign.yaml",
            0.0,
            100_000,
            "languages: [[x], {a: b}, 3]\nstates: [[x], 3]\nmissing_translations: {facts: [[x]]}",
        )
    ]
)
def test_a_damaged_folder_is_read_or_its_mistakes_are_told(damages):
    with tempfile.TemporaryDirectory() as place:
        bundle = Bundle(Path(shutil.copytree(SMALL_CAUSE, Path(place) / "small")))
        for file, where, length, piece in damages:
            text = damaged(bundle.text(file), where, length, piece)
            bundle.write(file, text.encode("utf-8", "surrogatepass"))
        for one in bundle.mistakes():
            assert one.what
            assert one.line >= 0


YAML_FILES = [file for file in FILES if file.endswith(".yaml")]
ODD = st.sampled_from(
    [None, True, 0, -1, 10**17, 1.5, "", "x", "en", "../..", "x" * 300, "{{ x }}", "{{ casualties | number }}", "2025", "0000", [], ["x"],
     [["x"]], [None], {}, {"en": "x"}, {"en": None}, {"x": {"y": []}}]
)  # fmt: skip


def swapped(value, path, odd):
    """Put an odd value, or one more, in the place that a path of fractions leads to."""
    if not path or not isinstance(value, dict | list) or not value:
        return odd
    step = int(path[0] * len(value))
    if isinstance(value, list):
        return [*value[:step], swapped(value[step], path[1:], odd), *value[step + 1 :]]
    name = list(value)[step]
    return {**value, name: swapped(value[name], path[1:], odd)}


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(YAML_FILES), st.lists(st.floats(0, 0.999), min_size=1, max_size=5), ODD)
@example("campaign.yaml", [0.1, 0.9], "zz")
def test_any_value_may_be_of_another_kind(file, path, odd):
    with tempfile.TemporaryDirectory() as place:
        bundle = Bundle(Path(shutil.copytree(SMALL_CAUSE, Path(place) / "small")))
        bundle.write("letters/latvia/zz.md", bundle.text("letters/latvia/nb.md"))
        value = YAML(typ="safe", pure=True).load(bundle.text(file))
        bundle.write(file, json.dumps(swapped(value, path, odd), default=str))  # JSON is YAML too
        for one in bundle.mistakes():
            assert one.what
            assert one.line >= 0


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(FILES), st.binary(max_size=80))
def test_any_bytes_in_a_file_are_read_or_their_mistakes_are_told(file, content):
    with tempfile.TemporaryDirectory() as place:
        bundle = Bundle(Path(shutil.copytree(SMALL_CAUSE, Path(place) / "small")))
        bundle.write(file, content)
        assert all(one.what for one in bundle.mistakes())
