"""The counts for anyone, and the description of that interface."""

import datetime as dt

from person import Person

from campaign.services.deliver import deliver

COUNTS = "/api/v1/campaigns/keep-the-ban/counts"


def test_counts_are_those_of_the_command_without_what_only_organisers_see(ona, loaded):
    ona.confirm()
    deliver(loaded)
    document = ona.client.get(COUNTS).json
    assert set(document) == {"campaign", "as_of", "confirmed", "states"}
    assert (document["campaign"], document["confirmed"]) == ("keep-the-ban", 1)
    assert dt.datetime.fromisoformat(document["as_of"]) == loaded.clock.now()
    assert document["as_of"].endswith("Z")
    assert set(document["states"]) == {"LT", "LV", "PL", "EE", "FI"}
    assert document["states"]["LT"] == {"confirmed": 1, "letters_sent": 1}
    assert document["states"]["FI"] == {"confirmed": 0, "letters_sent": 0}


def test_pages_of_any_site_may_read_them(client):
    answer = client.get(COUNTS, headers={"Origin": "https://elsewhere.example", "Sec-Fetch-Site": "cross-site"})
    assert answer.content_type == "application/json"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "ETag" in answer.headers["Access-Control-Expose-Headers"]
    assert "Access-Control-Allow-Credentials" not in answer.headers


def test_they_are_asked_for_again_only_when_they_changed(loaded, client):
    person = Person(loaded, client)
    tag = client.get(COUNTS).headers["ETag"]
    loaded.clock.move(dt.timedelta(minutes=5))
    again = client.get(COUNTS, headers={"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["Access-Control-Allow-Origin"] == "*"
    person.confirm()
    assert client.get(COUNTS, headers={"If-None-Match": tag}).status_code == 200


def test_the_description_says_what_the_answer_holds(client):
    schemas = client.get("/api/v1/openapi.json").json["components"]["schemas"]
    document = client.get(COUNTS).json
    assert set(schemas["Counts"]["required"]) == set(schemas["Counts"]["properties"]) == set(document)
    assert set(schemas["StateCounts"]["properties"]) == set(document["states"]["LT"])
    problem = client.get("/api/v1/campaigns/nowhere/counts").json
    assert set(schemas["Problem"]["required"]) <= set(problem) <= set(schemas["Problem"]["properties"])
