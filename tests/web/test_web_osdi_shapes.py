"""What OSDI 1.2 says of each resource, field by field: names, kinds, links; nothing of our own but under our name."""

import datetime as dt

import people
import pytest
from program import ROOT, Program

TEXT, NUMBER, LIST, OBJECT = str, int, list, dict
GLOBAL = {"identifiers": LIST, "origin_system": TEXT, "created_date": TEXT, "modified_date": TEXT}
REFERRER = {"source": TEXT, "referrer": TEXT, "website": TEXT, "url": TEXT}
TARGET = {"title": TEXT, "organization": TEXT, "given_name": TEXT, "family_name": TEXT, "ocdid": TEXT}
BOTH = GLOBAL | dict.fromkeys(
    ("name", "title", "description", "summary", "browser_url", "administrative_url", "featured_image_url", "share_url"),
    TEXT,
)
# Every field that the specification names for a resource, by its file (opensupporter/osdi-docs).
SHAPES = {
    "aep.md": dict.fromkeys(("motd", "vendor_name", "product_name", "osdi_version", "namespace"), TEXT)
    | {"max_pagesize": NUMBER, "max_page_size": NUMBER},
    "advocacy_campaigns.md": BOTH
    | {"templates": LIST, "targets": TEXT, "target_list": LIST, "total_outreaches": NUMBER, "type": TEXT}
    | {"total_shares": NUMBER, "share_options": LIST},
    "outreaches.md": GLOBAL
    | dict.fromkeys(("action_date", "type", "subject", "message", "notes"), TEXT)
    | {"duration": NUMBER, "referrer_data": OBJECT, "targets": LIST},
    "petitions.md": BOTH | {"petition_text": TEXT, "total_signatures": NUMBER, "target": LIST},
    "signatures.md": GLOBAL | {"action_date": TEXT, "comments": TEXT, "referrer_data": OBJECT},
    "people.md": GLOBAL
    | dict.fromkeys(("family_name", "given_name", "preferred_language"), TEXT)
    | dict.fromkeys(("languages_spoken", "postal_addresses", "email_addresses", "phone_numbers"), LIST)
    | {"custom_fields": OBJECT},
}
LINKS = {
    "aep.md": {"docs", "osdi:people", "osdi:petitions", "osdi:advocacy_campaigns", "osdi:outreaches"},
    "advocacy_campaigns.md": {"osdi:outreaches", "osdi:record_outreach_helper", "campaign:counts"},
    "outreaches.md": {"osdi:advocacy_campaign", "osdi:person"},
    "petitions.md": {"osdi:signatures", "osdi:record_signature_helper", "campaign:counts"},
    "signatures.md": {"osdi:petition", "osdi:person"},
    "people.md": {"osdi:signatures", "osdi:outreaches"},
}


def check(document, name: str) -> None:
    """Hold a document against its resource's shape."""
    shape = SHAPES[name]
    own = {key for key in document if key.startswith("campaign:")}
    assert set(document) - own - {"_links"} <= set(shape), name
    for key, kind in shape.items():
        assert isinstance(document.get(key, kind()), kind), (name, key)
    assert set(document["_links"]) == {"self", "curies"} | LINKS[name]
    for link in document["_links"].values():
        for one in link if isinstance(link, list) else [link]:
            assert one["href"].startswith("http")
    for key in ("created_date", "modified_date", "action_date"):
        assert len(document.get(key, "2014-03-20T21:04:31Z")) == len("2014-03-20T21:04:31Z")


@pytest.fixture
def program(loaded) -> Program:
    people.confirmed(loaded, offices=("president", "speaker"), source="leaflet", paragraph="Storks nest by my road.")
    loaded.clock.move(dt.timedelta(hours=1))
    people.work(loaded)
    return Program(loaded)


def test_every_resource_has_the_shape_that_the_specification_gives_it(program):
    check(program.open(ROOT), "aep.md")
    campaign = program.open(program.state("osdi:advocacy_campaigns")["_links"]["self"]["href"])
    check(campaign, "advocacy_campaigns.md")
    for target in campaign["target_list"]:
        assert set(target) - {"campaign:office"} <= set(TARGET)
    petition = program.open(program.state("osdi:petitions")["_links"]["self"]["href"])
    check(petition, "petitions.md")
    assert all(set(one) == {"name"} for one in petition["target"])
    (signature,) = program.of_state("osdi:petitions", "osdi:signatures")["_embedded"]["osdi:signatures"]
    signature = program.open(signature["_links"]["self"]["href"])
    check(signature, "signatures.md")
    assert set(signature["referrer_data"]) <= set(REFERRER)
    (outreach, *_) = program.list("osdi:outreaches")["_embedded"]["osdi:outreaches"]
    outreach = program.open(outreach["_links"]["self"]["href"])
    check(outreach, "outreaches.md")
    assert outreach["type"] == "email"
    person = program.open(signature["_links"]["osdi:person"]["href"])
    check(person, "people.md")
    (email,) = person["email_addresses"]
    assert set(email) == {"primary", "address", "address_type", "status"}
    assert email["status"] in ("subscribed", "unsubscribed", "bouncing", "spam complaints")
    (postal,) = person["postal_addresses"]
    assert set(postal) == {"primary", "address_type", "address_lines", "locality", "country"}
    assert postal["address_type"] in ("Home", "Work", "Mailing")


def test_every_identifier_begins_with_the_namespace_of_the_entry_point(program):
    namespace = program.open(ROOT)["namespace"]
    for rel in ("osdi:advocacy_campaigns", "osdi:petitions", "osdi:people", "osdi:outreaches"):
        for one in program.list(rel)["_embedded"][rel]:
            assert one["identifiers"][0].startswith(f"{namespace}:")


def test_a_list_has_the_shape_that_the_specification_gives_it(program):
    for rel in ("osdi:advocacy_campaigns", "osdi:petitions", "osdi:people", "osdi:outreaches"):
        page = program.list(rel)
        assert set(page) == {"total_pages", "total_records", "page", "per_page", "_links", "_embedded"}
        assert [set(one) for one in page["_links"][rel]] == [{"href"}] * len(page["_embedded"][rel])


def test_an_error_has_the_shape_that_the_specification_gives_it(loaded):
    program = Program(loaded)
    for method, path, status in (("GET", "people?page=0", 400), ("GET", "nowhere", 404), ("PUT", "people", 405)):
        document = program.open(ROOT + path, method, status)
        assert set(document) == {"osdi:error"}
        error = document["osdi:error"]
        assert set(error) == {"request_type", "response_code", "resource_status"}
        assert (error["request_type"], error["response_code"]) == ("atomic", status)
        for one in error["resource_status"]:
            assert set(one) == {"resource", "response_code", "error_descriptions"}
            for told in one["error_descriptions"]:
                assert set(told) == {"error_code", "description", "properties", "reference_code"}
                assert told["error_code"].replace("_", "").isalnum()
                assert told["error_code"].isupper()
