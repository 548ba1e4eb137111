"""Sites that may hold a form, in a campaign folder: read where they are right, and every mistake named by its line."""

import pytest
from bundles import small

from campaign.domain import embeds
from campaign.outside.bundle import dump
from campaign.outside.bundle.reader import read

CAMPAIGN, HEAD = "campaign.yaml", "goals:"
RIGHT = ("https://partner.example", "https://www.partner.example:8443", "http://localhost:8000", "http://127.0.0.1")
WRONG = (
    "https://partner.example/",
    "https://partner.example/page",
    "https://Partner.example",
    "https://*.partner.example",
    "https://partner",
    "https://user@partner.example",
    "https://partner.example:443",
    "https://partner.example:0",
    "https://partner.example:65536",
    "http://partner.example",
    "http://127.0.0.1:80",
    "http://[::1]",
    "//partner.example",
    "partner.example",
    "*",
    "https://partner.example; script-src *",
    "https://partner.example https://other.example",
    "https://-partner.example",
    "https://" + "a" * 64 + ".example",
    "https://" + "a.b." * 70 + "example",
    "https://päls.example",
    "",
)


@pytest.fixture
def bundle(tmp_path):
    return small(tmp_path)


def put(bundle, *origins):
    lines = "".join(f'  - "{one}"\n' for one in origins)
    bundle.change(CAMPAIGN, HEAD, f"embeds:\n{lines}{HEAD}")


def test_a_campaign_names_sites_and_none_unless_it_says_so(bundle, tmp_path):
    assert read(bundle.root).embeds == ()
    put(bundle, *RIGHT)
    cause = read(bundle.root)
    assert cause.embeds == RIGHT
    dump.write(dump.differences(cause, tmp_path / "dumped"), tmp_path / "dumped")
    assert read(tmp_path / "dumped").embeds == RIGHT


def test_an_origin_is_a_scheme_and_a_host_and_nothing_else():
    assert [one for one in RIGHT if not embeds.is_origin(one)] == []
    assert [one for one in WRONG if embeds.is_origin(one)] == []


def test_what_is_no_origin_is_named_by_its_line(bundle):
    put(bundle, RIGHT[0], WRONG[0])
    [mistake] = bundle.mistakes()
    assert (mistake.file, mistake.line) == (CAMPAIGN, bundle.line(CAMPAIGN, f'  - "{WRONG[0]}"\n{HEAD}'))
    assert mistake.what.startswith(f"`{WRONG[0]}` is not an origin: https:// and a host in small letters")


def test_a_site_is_listed_once_and_there_are_not_too_many(bundle):
    put(bundle, RIGHT[0], RIGHT[0])
    bundle.only_mistake(CAMPAIGN, f'  - "{RIGHT[0]}"\n{HEAD}', f"`{RIGHT[0]}` is listed twice")
    many = [f"https://p{number}.example" for number in range(embeds.MOST + 1)]
    bundle.change(CAMPAIGN, f'  - "{RIGHT[0]}"\n  - "{RIGHT[0]}"\n', "".join(f"  - {one}\n" for one in many))
    bundle.only_mistake(CAMPAIGN, "embeds:", "`embeds` holds at most 50 origins of 2000 characters together")
    long = [f"https://{'a' * 60}{number}.example" for number in range(30)]
    assert [code for _, code in embeds.faults(long)] == ["E-EMBEDS-MANY"]


def test_a_list_is_a_list(bundle):
    bundle.change(CAMPAIGN, HEAD, f"embeds: https://partner.example\n{HEAD}")
    bundle.only_mistake(CAMPAIGN, "embeds:", "`embeds` must be a list")
