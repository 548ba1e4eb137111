"""The page of style: all of the design system is on it, and its colours can be told apart."""

import re

import pytest
from jinja2 import Environment, nodes
from organisers import Organiser
from page import Page, text_of

from campaign.domain.role import ROLES
from campaign.outside.files import resource
from campaign.web import static
from campaign.web.organise import tokens

PARTS = resource("templates") / "parts"
CSS = (static.FOLDER / "site.css").read_text(encoding="utf-8")
EVERYWHERE = ("light", "dark", "more", "more-dark", "print")


def macros() -> list[str]:
    """Every macro that a page may use, by its file, read without the code that draws the page."""
    found = []
    for path in sorted(PARTS.glob("*.html")):
        parsed = Environment(autoescape=True).parse(path.read_text(encoding="utf-8"))
        found += [f"{path.stem}.{one.name}" for one in parsed.find_all(nodes.Macro) if one.name[0] != "_"]
    return found


def style(parts, role: str = "viewer") -> Page:
    Organiser(parts, "first@example.org").accept("owner")
    return Organiser(parts).accept(role).page("/organise/style/")


def examples(page: Page) -> dict[str, object]:
    """What is drawn of each macro: the box after the heading that names it."""
    found, name = {}, ""
    for one in page.root.iter():
        name = one.get("id", "").removeprefix("style-") if one.get("id", "").startswith("style-") else name
        if name and one.get("class") == "example":
            found[name], name = one, ""
    return found


def test_every_macro_of_the_parts_is_drawn_and_called_by_its_name(loaded):
    page = style(loaded)
    drawn = examples(page)
    assert macros() != []
    assert [name for name in macros() if name.replace(".", "-") not in drawn] == []
    assert [name for name, box in drawn.items() if len(list(box.iter())) < 2] == []
    assert [name for name in macros() if f"{name}(" not in page.text] == []


def test_a_macro_that_wraps_what_it_is_given_is_told_as_one(loaded):
    said = style(loaded).text
    assert 'call note.note(kind="info", role="") … endcall' in said
    assert 'field.area(name, label, value="", hint="", error="", is_optional=false' in said
    assert "call field.area" not in said


def test_every_custom_property_of_the_stylesheet_is_named_with_its_values(loaded):
    said = style(loaded).text
    declared = dict.fromkeys(re.findall(r"^\s*(--[a-z-]+):", CSS, re.MULTILINE))
    assert len(declared) > 20
    assert [name for name in declared if f"{name} " not in said] == []
    hexes = dict.fromkeys(re.findall(r"^\s*--[a-z-]+: (#[0-9a-f]+);", CSS, re.MULTILINE))
    assert [value for value in hexes if value not in said] == []


def test_no_template_holds_a_colour():
    folder = resource("templates") / "organise"
    files = [folder / "style.html", *sorted((folder / "style").iterdir())]
    assert [path.name for path in files if re.search(r"#[0-9a-f]{3,6}\b", path.read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize("way", EVERYWHERE)
def test_words_have_a_contrast_of_4_5_on_every_ground_and_lines_that_matter_of_3(way):
    pairs = tokens.pairs(tokens.WRITTEN, 4.5) + tokens.pairs(tokens.DRAWN, 3)
    low = {f"{one.ink} on {one.ground}": one.ratios[way] for one in pairs if one.ratios[way] < one.least}
    assert low == {}


def test_no_colour_is_left_out_of_the_contrasts():
    named = {*tokens.WRITTEN, *tokens.DRAWN}
    named |= {ground for grounds in (*tokens.WRITTEN.values(), *tokens.DRAWN.values()) for ground in grounds}
    assert {one.name for one in tokens.tokens() if one.is_colour} - named == {"rule"}  # a hairline tells nothing


def test_the_stylesheet_minds_every_other_way_of_seeing():
    features = {feature for rule in tokens.rules() for feature in rule.features}
    assert features >= {
        "(prefers-color-scheme: dark)",
        "(prefers-contrast: more)",
        "(forced-colors: active)",
        "(prefers-reduced-motion: reduce)",
        "print",
    }


@pytest.mark.parametrize("role", ROLES)
def test_every_organiser_reaches_it_from_their_account(loaded, role):
    Organiser(loaded, "first@example.org").accept("owner")
    somebody = Organiser(loaded).accept(role)
    assert "/organise/style/" in somebody.page("/organise/account/").links
    assert somebody.page("/organise/style/").heading == "Style"


def test_without_a_campaign_it_shows_the_tokens_and_says_what_is_missing(parts):
    page = style(parts)
    assert "No campaign is loaded yet" in page.text
    assert "--pen" in page.text
    assert examples(page) == {}


def test_nothing_on_it_takes_the_focus_or_has_an_inline_style(loaded):
    page = style(loaded)
    assert [one for one in page.root.iter() if one.get("autofocus") is not None] == []
    assert text_of(page.all("h1")[0]) == "Style"
