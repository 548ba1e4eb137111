"""The organisers' side lets in whoever has a password and a second factor, and nobody else."""

import datetime as dt
import re

import pytest
from organisers import PASSWORD, Organiser
from page import Page

from campaign.domain import login as logins
from campaign.services import enter


@pytest.fixture
def owner(loaded) -> Organiser:
    """An owner who is logged in."""
    return Organiser(loaded).accept("owner")


def test_an_invitation_leads_in_by_a_password_and_a_second_factor(loaded):
    ona = Organiser(loaded)
    Page(ona.client.get(ona.invited("owner")))
    ona.accept("owner")
    assert len(ona.codes) == logins.RECOVERY_CODES
    assert "Lithuania" in ona.page("/organise/").html


def test_an_invitation_works_once_and_not_for_ever(loaded):
    ona = Organiser(loaded)
    link = ona.invited("viewer")
    assert ona.client.post(link, data={"password": PASSWORD}).status_code == 303
    assert Organiser(loaded).client.get(link).status_code == 404
    late = ona.invited("viewer")
    loaded.clock.move(logins.INVITATION_LIFE)
    assert ona.client.get(late).status_code == 404


@pytest.mark.parametrize(
    ("password", "told"),
    [("short", "at least 12"), ("password1234", "guessers"), ("x" * 1001, "at most 1000")],
)
def test_a_weak_password_is_refused_and_the_link_still_works(loaded, password, told):
    ona = Organiser(loaded)
    link = ona.invited("owner")
    page = Page(ona.client.post(link, data={"password": password}), 422)
    assert told in page.html
    assert password not in page.html
    assert ona.client.get(link).status_code == 200


def test_nobody_gets_in_without_logging_in(loaded):
    answer = Organiser(loaded).client.get("/organise/audit/")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/organise/login/?next=audit")


def test_a_password_alone_opens_nothing(loaded, owner):
    other = Organiser(loaded)
    other.client.post("/organise/login/", data={"email": owner.email, "password": PASSWORD})
    assert other.client.get("/organise/").status_code == 303


def test_a_wrong_address_and_a_wrong_password_are_told_alike(loaded, owner):
    def refused(email: str, password: str) -> str:
        page = Page(Organiser(loaded).client.post("/organise/login/", data={"email": email, "password": password}), 422)
        return re.sub(r'value="[^"]*"', "", page.html)

    assert refused(owner.email, "not the password") == refused("nobody@example.org", PASSWORD)
    assert refused(owner.email, "not the password") == refused("' OR 1=1--", "x")


def test_a_code_is_good_once_and_a_step_to_either_side(loaded, owner):
    owner.client.delete_cookie("campaign-organiser")
    assert owner.log_in(code=owner.code()) == 422  # used up when it was set up
    loaded.clock.move(dt.timedelta(seconds=60))
    assert owner.log_in(code=owner.code(-1)) == 303
    assert owner.log_in(code=owner.code(-1)) == 422
    assert owner.log_in(code=" ".join(owner.code(1))) == 303


def test_a_recovery_code_is_good_once(loaded, owner):
    assert owner.log_in(code=owner.codes[0].upper()) == 303
    assert owner.log_in(code=owner.codes[0]) == 422


def test_ten_wrong_passwords_close_an_account_for_five_minutes(loaded, owner):
    guesser = Organiser(loaded)
    for _ in range(logins.TRIES):
        guesser.log_in("not the password")
    assert guesser.log_in("not the password") == 429
    assert owner.log_in(code=owner.codes[0]) == 429
    loaded.clock.move(logins.WITHIN + dt.timedelta(seconds=1))
    assert owner.log_in(code=owner.codes[0]) == 303


def test_a_session_ends_when_idle_and_after_a_day_of_work(loaded, owner):
    for _ in range(3):
        loaded.clock.move(logins.IDLE - dt.timedelta(minutes=1))
        assert owner.client.get("/organise/").status_code == 200
    loaded.clock.move(logins.IDLE)
    assert owner.client.get("/organise/").status_code == 303


def test_logging_out_ends_the_session_on_the_server(loaded, owner):
    stolen = owner.client.get_cookie("campaign-organiser").value
    assert owner.press("/organise/logout/").status_code == 303
    thief = Organiser(loaded)
    thief.client.set_cookie("campaign-organiser", stolen)
    assert thief.client.get("/organise/").status_code == 303


def test_a_new_password_ends_every_other_session(loaded, owner):
    other = Organiser(loaded)
    other.secret, other.email = owner.secret, owner.email
    loaded.clock.move(dt.timedelta(seconds=60))
    assert other.log_in() == 303
    assert owner.press("/organise/account/password/", password="rain on the tin roof at night").status_code == 303
    assert other.client.get("/organise/").status_code == 303
    assert owner.client.get("/organise/").status_code == 200


def test_a_form_without_the_key_of_its_session_is_refused(loaded, owner):
    refused = owner.client.post("/organise/account/sessions/", data={"form_key": "x"})
    assert refused.status_code == 403
    assert owner.client.post("/organise/account/sessions/").status_code == 403


def test_what_is_sensitive_wants_the_password_again(loaded, owner):
    loaded.clock.move(logins.FRESH)
    answer = owner.press("/organise/organisers/", do="invite", email="per@example.org", role="viewer")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/organise/again/?next=organisers")
    assert (
        owner.press("/organise/again/", password=PASSWORD, next="organisers")
        .headers["Location"]
        .endswith("/organisers/")
    )
    assert "invitation-link" in owner.press(
        "/organise/organisers/", do="invite", email="per@example.org", role="viewer"
    ).get_data(as_text=True)


def test_the_last_owner_cannot_be_shut_out(loaded, owner):
    only = re.search(r'name="organiser" value="([0-9a-f]+)"', owner.page("/organise/organisers/").html)[1]
    assert owner.press("/organise/organisers/", do="disable", organiser=only).status_code == 422
    assert owner.press("/organise/organisers/", do="role", organiser=only, role="viewer").status_code == 422


def test_whoever_is_shut_out_is_out_at_once(loaded, owner):
    per = Organiser(loaded, "per@example.org").accept("viewer")
    page = owner.page("/organise/organisers/").html
    whom = re.search(r'per@example\.org.*?name="organiser" value="([0-9a-f]+)"', page, re.DOTALL)[1]
    assert owner.press("/organise/organisers/", do="disable", organiser=whom).status_code == 303
    assert per.client.get("/organise/").status_code == 303
    loaded.clock.move(dt.timedelta(seconds=60))
    assert per.log_in() == 422


def test_a_password_too_long_to_hash_is_refused_in_words(loaded):
    typed = {"email": "ona@example.org", "password": "x" * 1001}
    page = Page(Organiser(loaded).client.post("/organise/login/", data=typed), 422)
    assert "at most 1000" in page.html


def test_refusals_share_no_error_that_would_keep_what_was_typed():
    assert enter.refused("code", "E-FACTOR") is not enter.refused("code", "E-FACTOR")
