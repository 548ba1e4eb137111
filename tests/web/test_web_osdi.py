"""OSDI as a program of the field meets it: it follows links from the entry point, and reads what its key opens."""

import datetime as dt

import people
import pytest
from bundles import SMALL_CAUSE
from program import ROOT, Program, ids
from sqlalchemy import select

from campaign.domain import odata
from campaign.models.audit import AuditRow
from campaign.services import withdraw
from campaign.services.load import load
from campaign.web.api.osdi import told

SIGNERS = 6
LISTS = {
    "osdi:signatures": ("osdi:petitions", "osdi:signatures"),
    "osdi:outreaches": ("osdi:advocacy_campaigns", "osdi:outreaches"),
}


@pytest.fixture
def signed(loaded):
    """Six people who wrote to Lithuania one after another, and whose letters left."""
    for number in range(SIGNERS):
        source = "leaflet" if number % 2 else ""
        typed = {"email": f"p{number}@example.org", "source": source, "paragraph": "Storks nest by my road."}
        people.sign(loaded, offices=("president", "speaker"), **typed)
    people.work(loaded)
    for number in range(SIGNERS):
        (asked,) = people.mails(loaded, f"p{number}@example.org")
        people.press(loaded, asked)
        loaded.clock.move(dt.timedelta(seconds=10))
    loaded.clock.move(dt.timedelta(hours=1))
    people.work(loaded)
    return loaded


def notes(parts) -> list[str]:
    with parts.reading() as session:
        return list(session.scalars(select(AuditRow.which).where(AuditRow.what == "people.read")))


def test_everything_is_reached_from_the_entry_point(signed):
    program = Program(signed)
    entry = program.open(ROOT)
    assert entry["max_pagesize"] == entry["max_page_size"] == 25
    for rel in ("osdi:advocacy_campaigns", "osdi:petitions", "osdi:people", "osdi:outreaches"):
        page = program.list(rel)
        assert len(page["_embedded"][rel]) == len(page["_links"][rel]) > 0
        one = page["_embedded"][rel][0]
        assert program.open(one["_links"]["self"]["href"])["identifiers"] == one["identifiers"]
        for name, link in one["_links"].items():
            if name != "self" and not name.endswith("helper"):
                program.open(link["href"])


def test_every_link_is_explained_where_its_curie_says(signed):
    program = Program(signed)
    for rel in ("osdi:advocacy_campaigns", "osdi:petitions"):
        document = program.open(program.list(rel)["_links"][rel][0]["href"])
        curies = {one["name"]: one["href"] for one in document["_links"]["curies"]}
        for name in document["_links"]:
            prefix, _, rest = name.partition(":")
            if rest:
                href = curies[prefix].replace("{rel}", rest).removeprefix(signed.settings.base_url)
                assert program.client.get(href).mimetype == "text/plain"
    assert program.client.get("/api/osdi/v1/docs/").status_code == 200
    assert program.client.get("/api/osdi/v1/docs/nothing").status_code == 404


@pytest.mark.parametrize("rel", ["osdi:signatures", "osdi:outreaches", "osdi:people"])
def test_pages_are_followed_to_the_end_and_each_record_comes_once(signed, rel):
    program = Program(signed)

    def page(**asked: str):
        return program.of_state(*LISTS[rel], **asked) if rel in LISTS else program.list(rel, **asked)

    first = page(per_page="3")
    whole = page()
    total = first["total_records"]
    assert (first["page"], first["per_page"], first["total_pages"]) == (1, 3, -(-total // 3))
    assert total == SIGNERS
    walked = ids(program.walk(first, rel))
    assert len(walked) == len(set(walked)) == total
    assert walked == ids(program.walk(whole, rel))
    numbered = [
        one
        for number in range(1, first["total_pages"] + 1)
        for one in ids(page(per_page="3", page=str(number))["_embedded"][rel])
    ]
    assert numbered == walked
    second = program.open(first["_links"]["next"]["href"])
    assert program.open(second["_links"]["previous"]["href"])["_embedded"] == first["_embedded"]
    assert program.open(second["_links"]["self"]["href"])["_embedded"] == second["_embedded"]


@pytest.mark.parametrize("rel", ["osdi:signatures", "osdi:outreaches", "osdi:people", "osdi:petitions"])
def test_a_page_past_the_end_has_the_shape_of_every_other(signed, rel):
    program = Program(signed)
    page = program.of_state(*LISTS[rel], page="99") if rel in LISTS else program.list(rel, page="99")
    assert page["_embedded"] == {rel: []}
    assert page["_links"][rel] == []
    assert (page["page"], page["per_page"]) == (99, 25)
    assert page["total_records"] > 0
    assert "next" not in page["_links"]


def test_an_empty_list_has_the_shape_of_every_other(loaded):
    page = Program(loaded).list("osdi:people")
    assert (page["_embedded"], page["total_records"], page["total_pages"]) == ({"osdi:people": []}, 0, 0)


def test_a_page_is_never_longer_than_the_entry_point_says(signed):
    assert Program(signed).list("osdi:people", per_page="1000")["per_page"] == 25


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ({"page": "0"}, "page"),
        ({"page": "-1"}, "page"),
        ({"page": "x"}, "page"),
        ({"page": "1" * 30}, "page"),
        ({"page": "4002"}, "page"),
        ({"per_page": "0"}, "per_page"),
        ({"after": "x"}, "after"),
        ({"after": "ä"}, "after"),
        ({"after": "MDAwMCAyMDI2IHg"}, "after"),
        ({"filter": "nothing eq 'x'"}, "filter"),
        ({"filter": "created_date eq"}, "filter"),
        ({"filter": "identifier eq 'campaign:\0'"}, "filter"),
    ],
)
def test_what_cannot_be_asked_is_refused_by_its_name(loaded, asked, name):
    refused = Program(loaded).open("/api/osdi/v1/people", status=400, query_string=asked)["osdi:error"]
    (one,) = refused["resource_status"]
    assert (refused["response_code"], one["resource"]) == (400, "osdi:person")
    assert one["error_descriptions"][0]["properties"] == [name]
    assert one["error_descriptions"][0]["description"]


def test_a_place_is_of_one_list_and_one_filter(signed):
    program = Program(signed)
    after = program.list("osdi:people", per_page="3")["_links"]["next"]["href"].partition("after=")[2]
    program.open("/api/osdi/v1/outreaches", status=400, query_string={"after": after})
    asked = {"after": after, "filter": "created_date gt '2026-01-01'"}
    program.open("/api/osdi/v1/people", status=400, query_string=asked)


def test_lists_are_filtered(signed):
    program = Program(signed)
    everything = list(program.walk(program.of_state(*LISTS["osdi:signatures"]), "osdi:signatures"))
    half = program.of_state(*LISTS["osdi:signatures"], filter="referrer_data/source eq 'leaflet'")
    assert ids(half["_embedded"]["osdi:signatures"]) == ids(everything)[1::2]
    assert half["total_records"] == SIGNERS / 2
    third = everything[2]["modified_date"]
    later = program.of_state(*LISTS["osdi:signatures"], filter=f"modified_date gt '{third}'", per_page="2")
    assert ids(program.walk(later, "osdi:signatures")) == ids(everything)[3:]
    own = program.of_state(*LISTS["osdi:signatures"], filter=f"identifier eq '{ids(everything)[4]}'")
    assert ids(own["_embedded"]["osdi:signatures"]) == [ids(everything)[4]]
    foreign = program.of_state(*LISTS["osdi:signatures"], filter="identifier eq 'other:1'")
    assert foreign["_embedded"]["osdi:signatures"] == []
    (one,) = program.list("osdi:people", filter="email_address eq 'P3@example.org'")["_embedded"]["osdi:people"]
    assert one["email_addresses"][0]["address"] == "p3@example.org"
    for nobody in ("nobody@example.org", "", "it''s"):
        found = program.list("osdi:people", filter=f"email_address eq '{nobody}'")
        assert found["total_records"] == 0
    named = program.list("osdi:petitions", filter="name eq 'keep-the-ban.latvia' or created_date lt '2000-01-01'")
    assert ids(named["_embedded"]["osdi:petitions"]) == ["campaign:keep-the-ban.latvia"]
    left = program.list("osdi:outreaches", filter="(action_date ge '2026-11-24') and referrer_data/source ne 'leaflet'")
    assert 0 < left["total_records"] < program.list("osdi:outreaches")["total_records"]


@pytest.mark.parametrize(
    "text",
    [
        "created_date eq '2026-11-24T09:00:00Z'",
        "created_date ne '2026-11-24T09:00:00Z'",
        "modified_date gt '2026-11-24T09:00:20Z'",
        "modified_date ge '2026-11-24T09:00:20Z' and modified_date lt '2026-11-24T09:00:40Z'",
        "modified_date le '2026-11-24T10:00:20+01:00' or referrer_data/source eq 'leaflet'",
        "(modified_date lt '2026-11-24T09:00:10Z' or referrer_data/source eq 'leaflet') and action_date ge '20261124'",
        "referrer_data/source eq '' and identifier eq 'campaign:nothing'",
    ],
)
def test_a_filter_finds_what_its_rules_let_through(signed, text):
    program = Program(signed)
    tree = odata.parse(text, told.FIELDS["signatures"])

    def values(one) -> dict[str, object]:
        dates = {
            name: dt.datetime.fromisoformat(one[name]) for name in ("created_date", "modified_date", "action_date")
        }
        return {"identifier": ids([one])[0], "referrer_data/source": one["referrer_data"]["source"], **dates}

    everything = program.of_state(*LISTS["osdi:signatures"])["_embedded"]["osdi:signatures"]
    found = program.of_state(*LISTS["osdi:signatures"], filter=text)
    assert ids(found["_embedded"]["osdi:signatures"]) == [
        ids([one])[0] for one in everything if odata.holds(tree, values(one))
    ]
    assert found["total_records"] == len(found["_embedded"]["osdi:signatures"])


def test_without_the_scope_for_people_nothing_of_a_person_comes(signed):
    program = Program(signed, "signatures", "outreaches")
    for one in (
        *program.of_state(*LISTS["osdi:signatures"])["_embedded"]["osdi:signatures"],
        *program.of_state(*LISTS["osdi:outreaches"])["_embedded"]["osdi:outreaches"],
    ):
        assert not {"comments", "message", "subject"} & set(one)
        assert not any(word in str(one) for word in ("Ona", "@", "Storgata", "Storks"))
        program.open(one["_links"]["self"]["href"])
        program.open(one["_links"]["osdi:person"]["href"], status=403)
    program.open("/api/osdi/v1/people", status=403)
    assert notes(signed) == []


def test_every_reading_of_people_is_noted_once(signed):
    program = Program(signed)
    (person, *_) = program.list("osdi:people", per_page="2")["_embedded"]["osdi:people"]
    assert person["given_name"] == "Ona Nordmann"
    signature = program.open(person["_links"]["osdi:signatures"]["href"])["_embedded"]["osdi:signatures"][0]
    assert signature["comments"] == "Storks nest by my road."
    letters = program.open(person["_links"]["osdi:outreaches"]["href"])["_embedded"]["osdi:outreaches"]
    assert len(letters) >= 1
    for one in letters:
        assert "Storks nest by my road." in one["message"]
        assert "Ona Nordmann" in one["message"]
    path = person["_links"]["self"]["href"].partition("/v1")[2]
    assert notes(signed) == ["/people", f"{path}/signatures", f"{path}/outreaches"]
    with signed.reading() as session:
        (who,) = set(session.scalars(select(AuditRow.who).where(AuditRow.what == "people.read")))
    assert who.startswith("key ")


def test_what_left_is_told_as_it_left(signed):
    sent = sorted(one.text for one in people.letters(signed))
    page = Program(signed).list("osdi:outreaches")
    program = Program(signed)
    told = sorted(one["message"] for one in program.walk(page, "osdi:outreaches"))
    assert [text.strip() for text in told] == [text.strip() for text in sent]


def test_a_signature_taken_back_is_in_no_list(signed):
    program = Program(signed)
    before = program.list("osdi:people")["total_records"]
    token = people.token(people.mails(signed, "p0@example.org")[-1], "withdraw")
    withdraw.withdraw(signed, token, [one.signature_id for one in withdraw.opened(signed, token).signatures])
    assert program.list("osdi:people")["total_records"] == before - 1
    assert program.of_state(*LISTS["osdi:signatures"])["total_records"] == SIGNERS - 1


def test_counts_of_a_state_stand_under_our_own_name(signed):
    program = Program(signed, "counts")
    counts = program.open(program.state("osdi:petitions")["_links"]["campaign:counts"]["href"])
    assert counts["campaign:confirmed"] == SIGNERS
    assert counts["campaign:days"] == {"2026-11-24": SIGNERS}
    assert counts["campaign:countries"] == {}  # fewer than ten people stand behind each
    assert counts["campaign:letters_sent"] > 0


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "POST"])
def test_nothing_is_changed_or_deleted_by_a_key(loaded, method):
    program = Program(loaded)
    for path in ("people", "people/1", "petitions/keep-the-ban.lithuania", "outreaches", ""):
        refused = program.open(ROOT + path, method, 405)["osdi:error"]
        assert refused["resource_status"][0]["error_descriptions"][0]["error_code"] == "HTTP_405"


def test_a_key_for_another_campaign_opens_nothing_here(signed):
    load(signed, SMALL_CAUSE)
    program = Program(signed)
    signature = program.of_state(*LISTS["osdi:signatures"])["_embedded"]["osdi:signatures"][0]
    letter = program.list("osdi:outreaches")["_embedded"]["osdi:outreaches"][0]
    other = Program(signed, campaign="small")
    assert {one["name"].partition(".")[0] for one in other.list("osdi:petitions")["_embedded"]["osdi:petitions"]} == {
        "small"
    }
    for rel in ("osdi:people", "osdi:outreaches"):
        assert other.list(rel)["total_records"] == 0
    for document in (signature, letter):
        for rel, status in (("self", 404), ("osdi:person", 404)):
            other.open(document["_links"][rel]["href"], status=status)
    petition = signature["_links"]["osdi:petition"]["href"]
    for href in (petition, f"{petition}/signatures", letter["_links"]["osdi:advocacy_campaign"]["href"]):
        other.open(href, status=403)
    other.open(f"{petition}/record_signature_helper", "POST", 403, json={})
    noted = notes(signed)
    other.open(f"{signature['_links']['osdi:person']['href']}/signatures", status=404)
    assert notes(signed) == noted


@pytest.mark.parametrize(
    "path", ["people/x", "petitions/keep-the-ban.norway", "petitions/x", "signatures/x", "outreaches/x"]
)
def test_what_is_not_there_is_told_as_not_there(loaded, path):
    Program(loaded).open(ROOT + path, status=404)
