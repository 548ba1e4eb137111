"""The site on a loaded database of either kind, and a person who uses it."""

import pytest
from flask.testing import FlaskClient
from person import Person
from sites import build

from campaign.parts import Parts


@pytest.fixture
def client(loaded) -> FlaskClient:
    """The site on `loaded`; it keeps no cookies, as it sets none."""
    return client_of(loaded)


@pytest.fixture
def ona(loaded, client) -> Person:
    """Somebody who writes to Lithuania in English."""
    return Person(loaded, client)


def client_of(parts: Parts) -> FlaskClient:
    """A site on given parts. Errors become pages, as they do for real."""
    return build(parts).test_client(use_cookies=False)
