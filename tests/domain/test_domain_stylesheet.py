"""A stylesheet as data: what holds everywhere, and what another way of seeing changes."""

from campaign.domain import stylesheet

SHEET = """
/* a comment { --not: #000; } */
@font-face { font-family: Serif; src: url("a.woff2"); }
:root { --ground: #fff; --text: #111; --soft: #555; --edge: var(--soft) }
@media screen and (prefers-color-scheme: dark) { :root { --ground: #000; --text: #eee; } }
@media (prefers-contrast: more) { :root { --soft: var(--text); } }
h1, h2, :is(th, td):first-child { font-family: serif; margin: 0 0 1rem; padding: .5rem 1rem }
h2 { font: 700 2rem/1.2 serif; gap: 1rem; }
@supports (display: grid) { @media print { h2 { font-size: 3rem; margin-block: -2rem 1rem; width: 9rem; } } }
"""
RULES = stylesheet.read(SHEET)
DARK = frozenset({"screen", "(prefers-color-scheme: dark)"})
MORE = frozenset({"(prefers-contrast: more)"})


def test_properties_have_the_values_of_the_way_of_seeing_and_follow_each_other():
    assert stylesheet.properties(RULES) == {"--ground": "#fff", "--text": "#111", "--soft": "#555", "--edge": "#555"}
    assert stylesheet.properties(RULES, DARK)["--text"] == "#eee"
    assert stylesheet.properties(RULES, MORE)["--soft"] == "#111"
    assert stylesheet.properties(RULES, MORE | DARK)["--edge"] == "#eee"


def test_a_way_of_seeing_wants_all_of_its_conditions():
    half = frozenset({"(prefers-color-scheme: dark)"})
    assert stylesheet.properties(RULES, half)["--ground"] == "#fff"


def test_selectors_are_parted_at_their_own_commas_and_rules_know_what_is_around_them():
    assert [rule.selectors for rule in RULES][-3] == ("h1", "h2", ":is(th, td):first-child")
    assert RULES[-1].features == {"(display: grid)", "print"}
    assert RULES[0].selectors == ("@font-face",)


def test_the_shorthand_takes_back_what_was_said_of_a_font_before():
    assert stylesheet.font_of(RULES, "h1") == ("font-family: serif",)
    assert stylesheet.font_of(RULES, "h2") == ("font: 700 2rem/1.2 serif",)


def test_spaces_are_the_lengths_of_margins_paddings_and_gaps_but_none_below_nothing():
    assert stylesheet.spaces(RULES) == {0.5: 1, 1.0: 4}
