"""A client of OSDI that others wrote, with nothing changed but the address and the key."""

import programs
import pytest
from osdi.base.model import ActionModel
from osdi.base.service import ActionService

SIGNATURES = 150


@pytest.fixture
def service(own_database, tmp_path):
    """The client, at a site with made-up supporters."""
    env = programs.environment(own_database, tmp_path)
    filled = programs.run("demo", "--signatures", str(SIGNATURES), env=env)
    assert filled.returncode == 0, filled.stderr
    scopes = [word for one in ("people", "signatures", "outreaches", "record") for word in ("--scope", one)]
    key = programs.run("api-key", "create", "--name", "client", *scopes, env=env).stdout.strip()
    with programs.served("--no-worker", env=env) as base:
        yield ActionService(f"{base}/api/osdi/v1", key)


def test_an_existing_client_reads_every_page_finds_people_and_hands_in_a_letter(service):
    people = service.get_model_raw("people", "osdi:people")
    assert len(people) == len({one["identifiers"][0] for one in people}) > 2 * 25
    some = people[30]
    assert service.get_person({"email_address": some["email_addresses"][0]["address"]}) == some
    assert service.get_people({"email_address": "nobody@example.org"}) == []
    petitions = service.get_model("petitions", "osdi:petitions", lambda by, data: ActionModel(by, data, "petitions"))
    lists = {one.id: one.get_linked_collection("osdi:signatures") for one in petitions}
    assert {one.id: one.raw_data["total_signatures"] for one in petitions} == {
        name: len({signature["identifiers"][0] for signature in found}) for name, found in lists.items()
    }
    assert sum(len(found) for found in lists.values()) == SIGNATURES
    campaigns = service.get_model(
        "advocacy_campaigns", "osdi:advocacy_campaigns", lambda by, data: ActionModel(by, data, "advocacy_campaigns")
    )
    for one in campaigns:
        assert len(one.get_linked_collection("osdi:outreaches")) == one.raw_data["total_outreaches"]
    body = {
        "person": {
            "given_name": "Ona",
            "family_name": "Nordmann",
            "email_addresses": [{"address": "ona@example.org"}],
            "postal_addresses": [{"country": "NO"}],
        }
    }
    href = campaigns[0].raw_data["_links"]["osdi:record_outreach_helper"]["href"]
    answer = service._post_request(href, body, is_full=True)  # noqa: SLF001  it has no helper of its own for letters
    assert answer["campaign:status"] == "waits_for_confirmation"
