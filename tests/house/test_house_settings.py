"""Every setting stands in config/settings.env with a comment and its default."""

import re

from sources import ROOT

from campaign.settings import read_settings

FILE = ROOT / "config" / "settings.env"
# A setting is a line of its own, commented out, since what it shows is the default.
_SETTING = re.compile(r"^#(CAMPAIGN_[A-Z_]+)=(.*)$", re.MULTILINE)


class _Asked(dict):
    """An environment that remembers what it was asked for."""

    def __init__(self, *given):
        super().__init__(*given)
        self.names = set()

    def get(self, name, default=None):
        self.names.add(name)
        return super().get(name, default)


def _documented() -> dict[str, str]:
    return dict(_SETTING.findall(FILE.read_text(encoding="utf-8")))


def test_every_setting_is_documented_and_nothing_else_is():
    asked = _Asked()
    read_settings(asked)
    assert set(_documented()) == asked.names


def test_every_setting_has_a_comment_above_it():
    blocks = FILE.read_text(encoding="utf-8").split("\n\n")
    bare = [block for block in blocks if _SETTING.search(block) and not block.startswith("# ")]
    assert bare == []


def test_the_documented_values_are_the_defaults():
    assert read_settings({name: value for name, value in _documented().items() if value}) == read_settings({})
