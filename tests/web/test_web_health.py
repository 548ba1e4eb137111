"""What machines that watch are told: alive, able to serve, and figures for those who may see them."""

import dataclasses

import pytest
from conftest import client_of


def test_a_process_is_alive_whatever_the_database_does(loaded):
    def closed():
        raise AssertionError("the database was asked")

    answer = client_of(dataclasses.replace(loaded, reading=closed, writing=closed)).get("/healthz")
    assert (answer.status_code, answer.data) == (200, b"ok\n")


def test_a_process_with_its_database_can_serve(client):
    answer = client.get("/readyz")
    assert (answer.status_code, answer.data) == (200, b"ok\n")


def test_a_process_without_a_campaign_cannot_serve(parts):
    answer = client_of(parts).get("/readyz")
    assert (answer.status_code, answer.data) == (503, b"campaign\n")


def test_figures_are_counts_and_nothing_else(ona):
    ona.confirm()
    answer = ona.client.get("/metrics")
    assert answer.content_type == "text/plain; version=0.0.4; charset=utf-8"
    text = answer.get_data(as_text=True)
    line = 'campaign_signatures{campaign="keep-the-ban",state="LT",status="confirmed"} 1.0'
    assert line in text.splitlines()
    assert "campaign_oldest_letter_seconds 0.0" in text.splitlines()
    assert "example.org" not in text


@pytest.mark.parametrize(
    ("remote", "headers"),
    [("203.0.113.9", {}), ("127.0.0.1", {"X-Forwarded-For": "203.0.113.9"}), ("127.0.0.1", {"Forwarded": "for=x"})],
)
def test_figures_are_not_for_everyone(client, remote, headers):
    answer = client.get("/metrics", environ_overrides={"REMOTE_ADDR": remote}, headers=headers)
    assert answer.status_code == 404


def test_figures_are_for_whoever_holds_the_token_where_one_is_set(loaded):
    settings = dataclasses.replace(
        loaded.settings, metrics_token="only for the watch", base_url="https://letters.example"
    )
    client = client_of(dataclasses.replace(loaded, settings=settings))
    for given, status in (("", 404), ("Bearer wrong", 404), ("Bearer only for the watch", 200)):
        answer = client.get("/metrics", base_url="https://letters.example", headers={"Authorization": given})
        assert answer.status_code == status


def test_without_a_token_a_public_site_shows_no_figures(loaded):
    settings = dataclasses.replace(loaded.settings, base_url="https://letters.example")
    client = client_of(dataclasses.replace(loaded, settings=settings))
    assert client.get("/metrics", base_url="https://letters.example").status_code == 404
