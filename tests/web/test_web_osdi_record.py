"""A letter or a signature given elsewhere: taken by the rules of our form, and counted once its mailbox confirms."""

import people
import pytest
from program import Program
from sqlalchemy import func, select

from campaign.models.supporter import ConsentRow, SignatureRow, SupporterRow
from campaign.services.sealed import signer_of

BODY = {
    "identifiers": ["elsewhere:1"],
    "origin_system": "Elsewhere",
    "message": "Storks nest by my road.",
    "targets": [{"title": "Speaker of the Seimas"}, {"campaign:office": "president"}],
    "referrer_data": {"source": "Partner", "website": "https://partner.example.org"},
    "add_tags": ["volunteer"],
    "person": {
        "given_name": "Ona",
        "family_name": "Nordmann",
        "email_addresses": [
            {"address": "old@example.org"},
            {"address": "ona@example.org", "primary": True, "status": "subscribed"},
        ],
        "postal_addresses": [
            {"address_lines": ["Storgata 1"], "locality": "Oslo", "postal_code": "0155", "country": "no"}
        ],
        "preferred_language": "nb-NO",
    },
}


def with_person(**changed: object) -> dict[str, object]:
    return BODY | {"targets": [], "person": BODY["person"] | changed}


def rows(parts) -> list[SignatureRow]:
    with parts.reading() as session:
        return list(session.scalars(select(SignatureRow)))


def test_a_letter_given_elsewhere_counts_once_its_mailbox_confirms(loaded):
    program = Program(loaded)
    title = program.state("osdi:advocacy_campaigns")["target_list"]
    speaker = next(one["title"] for one in title if one["campaign:office"] == "speaker")
    answer = program.record(BODY | {"targets": [{"title": speaker}, {"campaign:office": "president"}]})
    assert answer["campaign:status"] == "waits_for_confirmation"
    assert [one["campaign:office"] for one in answer["targets"]] == ["president", "speaker"]
    assert program.state("osdi:petitions")["total_signatures"] == 0
    (row,) = rows(loaded)
    signer = signer_of(loaded.keys, row)
    assert (signer.name, signer.country, signer.city) == ("Ona Nordmann", "NO", "Oslo")
    assert signer.postal_address == "Storgata 1\n0155 Oslo"
    assert signer.paragraph == "Storks nest by my road."
    assert (row.status, row.language, row.source, row.offices) == ("pending", "nb", "partner", ("president", "speaker"))
    people.work(loaded)
    (asked,) = people.mails(loaded, "ona@example.org")
    assert people.press(loaded, asked, "nb") == 1
    assert program.state("osdi:petitions")["total_signatures"] == 1
    (person,) = program.list("osdi:people")["_embedded"]["osdi:people"]
    assert person["email_addresses"][0]["address"] == "ona@example.org"
    assert person["email_addresses"][0]["status"] == "unsubscribed"


def test_a_signature_given_elsewhere_goes_to_every_office(loaded):
    answer = Program(loaded, "record").record({"comments": "Storks.", "person": BODY["person"]}, rel="osdi:petitions")
    assert "osdi:petition" in answer["_links"]
    (row,) = rows(loaded)
    assert len(row.offices) == len(loaded.editions.current("keep-the-ban").state("lithuania").officials)
    assert (row.source, signer_of(loaded.keys, row).paragraph) == ("osdi", "Storks.")


def test_the_answer_is_the_same_whoever_signed_before(loaded):
    program = Program(loaded, "record")
    people.confirmed(loaded, email="ona@example.org")
    known = program.record(with_person())
    new = program.record(with_person(email_addresses=[{"address": "new@example.org"}]))
    role = program.record(with_person(email_addresses=[{"address": "postmaster@example.org"}]))
    assert known == new == role


def test_one_mailbox_signs_a_state_once_and_what_came_last_stands(loaded):
    program = Program(loaded, "record")
    program.record(with_person())
    program.record(with_person(given_name="Ona Maria"))
    (row,) = rows(loaded)
    assert signer_of(loaded.keys, row).name == "Ona Maria Nordmann"
    people.work(loaded)
    assert len(people.mails(loaded, "ona@example.org")) == 1


def test_nobody_agrees_to_news_by_a_key_that_does_not_say_so(loaded):
    program = Program(loaded, "record")
    state = loaded.editions.current("keep-the-ban").state("lithuania")
    texts = {one.purpose: one for one in state.consents_in("nb")}
    program.record(with_person())
    with loaded.reading() as session:
        assert session.scalars(select(ConsentRow.consent_text_id)).all() == [texts["letter"].id]
    agreed = {purpose: one.version for purpose, one in texts.items()}
    program.record(with_person(given_name="Maria") | {"campaign:consents": agreed})
    with loaded.reading() as session:
        assert set(session.scalars(select(ConsentRow.consent_text_id))) == {one.id for one in texts.values()}


@pytest.mark.parametrize(
    ("body", "resource", "code", "name"),
    [
        ({}, "osdi:person", "NAME_EMPTY", "given_name"),
        (with_person(given_name=None, family_name=None), "osdi:person", "NAME_EMPTY", "given_name"),
        (with_person(given_name=5), "osdi:person", "KIND", "given_name"),
        (with_person(email_addresses=[{"address": "ona@"}]), "osdi:person", None, "email_addresses"),
        (with_person(email_addresses="ona@example.org"), "osdi:person", "KIND", "email_addresses"),
        (with_person(email_addresses=["ona@example.org"]), "osdi:person", "KIND", "email_addresses"),
        (with_person(postal_addresses=[]), "osdi:person", "COUNTRY_EMPTY", "postal_addresses"),
        (with_person(postal_addresses=[{"country": "XX"}]), "osdi:person", "COUNTRY", "postal_addresses"),
        (BODY | {"person": "Ona"}, "osdi:person", "KIND", "person"),
        (BODY | {"targets": [{"title": "Nobody"}]}, "osdi:outreach", "TARGET", "targets"),
        (BODY | {"targets": [], "message": "https://x.example"}, "osdi:outreach", "TEXT_LINK", "message"),
        (BODY | {"targets": [], "message": "x" * 2001}, "osdi:outreach", "TEXT_LONG", "message"),
        (BODY | {"targets": [], "campaign:consents": {}}, "osdi:outreach", "CONSENT", "campaign:consents"),
        (
            BODY | {"targets": [], "campaign:consents": {"letter": "old"}},
            "osdi:outreach",
            "CONSENT_OLD",
            "campaign:consents",
        ),
        (
            BODY | {"targets": [], "campaign:letter_language": "xx"},
            "osdi:outreach",
            "LANGUAGE",
            "campaign:letter_language",
        ),
    ],
)
def test_what_our_form_would_refuse_is_refused_by_its_name(loaded, body, resource, code, name):
    refused = Program(loaded).record(body, 400)["osdi:error"]
    assert (refused["request_type"], refused["response_code"]) == ("non-atomic", 400)
    found = {one["resource"]: one["error_descriptions"] for one in refused["resource_status"]}
    told = [(one["error_code"], one["properties"]) for one in found[resource]]
    assert any(properties == [name] and code in (None, said) for said, properties in told), told
    assert all(one["description"] for those in found.values() for one in those)
    assert rows(loaded) == []


def test_a_letter_that_has_changed_since_it_was_read_is_not_signed(loaded):
    refused = Program(loaded).record(BODY | {"targets": [], "campaign:text_version": "old"}, 409)["osdi:error"]
    assert refused["resource_status"][0]["error_descriptions"][0]["error_code"] == "TEXT_CHANGED"


def test_a_program_that_wants_no_answer_gets_none(loaded):
    control = {"osdi:control": {"return_response": False}}
    assert Program(loaded).record(with_person() | control) == {}
    assert len(rows(loaded)) == 1


def test_a_body_may_come_without_a_type_and_never_as_a_form(loaded):
    program = Program(loaded)
    href = program.state("osdi:petitions")["_links"]["osdi:record_signature_helper"]["href"]
    path = href.removeprefix(loaded.settings.base_url)
    taken = program.client.post(path, data=b'{"person": {}}', headers=program.headers)
    assert taken.status_code == 400  # read, and found without a name
    for kind, status in (
        ("application/hal+json", 400),
        ("text/plain", 415),
        ("application/x-www-form-urlencoded", 415),
    ):
        headers = program.headers | {"Content-Type": kind}
        assert program.client.post(path, data=b"{}", headers=headers).status_code == status
    answer = program.client.post(path, data=b"[" * 60_000, headers=program.headers)
    assert (answer.status_code, answer.content_type) == (400, "application/hal+json")
    assert program.client.post(path, data=b"[" * 70_000, headers=program.headers).status_code == 413


def test_a_page_of_another_site_takes_no_signatures_even_with_a_key(loaded):
    headers = {"Origin": "https://elsewhere.example.org", "Sec-Fetch-Site": "cross-site"}
    program = Program(loaded)
    href = program.state("osdi:petitions")["_links"]["osdi:record_signature_helper"]["href"]
    program.headers |= headers
    program.open(href, "POST", 403, json=with_person())
    with loaded.reading() as session:
        assert session.scalar(select(func.count()).select_from(SupporterRow)) == 0
