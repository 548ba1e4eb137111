"""/api/v1/ against its own description: requests that nobody would think of, by schemathesis, with every check it has.

First the limits of every field, then what is found by chance, always the same. The plugin for pytest is not used: its
own tests would run outside of the database's transaction.
"""

import dataclasses

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.core.failures import FailureGroup
from schemathesis.generation.hypothesis.builder import HypothesisTestConfig, HypothesisTestMode, create_test
from sites import build

from campaign.domain.scope import SCOPES
from campaign.services import keyring
from campaign.services.keyring import Wanted

EXAMPLES = 6  # of an operation, after the limits of every field
MODES = (HypothesisTestMode.COVERAGE, HypothesisTestMode.FUZZING)
# Well-formed requests may be refused for what they mean: a language that the campaign does not speak (422), a campaign
# that is not there (404).
REFUSALS = ["2xx", "304", "404", "422"]
OPERATIONS = (
    "index", "campaigns", "campaign", "state", "counts", "daily", "daily_csv", "hourly", "hourly_csv", "answers",
    "begin_export", "export", "export_file",
)  # fmt: skip


@pytest.fixture
def described(loaded):
    """The site as it describes itself, without limits: a key may knock as often as it likes."""
    site = build(dataclasses.replace(loaded, settings=dataclasses.replace(loaded.settings, has_rate_limits=False)))
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", site, config=_config())


def _config():
    return schemathesis.Config.from_dict({"checks": {"positive_data_acceptance": {"expected-statuses": REFUSALS}}})


@pytest.fixture
def key(loaded):
    wanted = Wanted(name="a test", scopes=SCOPES, campaign="", days=1)
    return {"OSDI-API-Token": keyring.create(loaded, "command line", wanted)}


def _operations(described):
    return {one.ok().definition.raw["operationId"]: one.ok() for one in described.get_all_operations()}


def test_every_operation_but_the_description_itself_is_fuzzed(described):
    assert set(_operations(described)) == set(OPERATIONS)


def _walk(operation, key, modes=MODES) -> list[int]:
    """Make requests of an operation and hold every answer against the description; the statuses there were."""
    seen = []

    def walk(case):
        seen.append(case.call_and_validate(headers=key).status_code)

    chance = settings(
        max_examples=EXAMPLES, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck)
    )
    config = HypothesisTestConfig(project=operation.schema.config, modes=list(modes), settings=chance)
    create_test(operation=operation, test_func=walk, config=config)()
    return seen


@pytest.mark.parametrize("operation", OPERATIONS)
def test_no_request_brings_an_answer_that_is_not_described(described, key, database, operation):
    """The limits of every field are tried on PostgreSQL, which takes less of what is odd; on SQLite, examples alone."""
    is_whole = database == "postgresql"
    seen = _walk(_operations(described)[operation], key, MODES if is_whole else (HypothesisTestMode.FUZZING,))
    assert len(seen) > (EXAMPLES if is_whole else 0)
    assert set(seen) & {200, 202, 404}


def test_a_description_that_is_wrong_is_found_out(described, key):
    document = described.app.test_client().get("/api/v1/openapi.json").json
    document["components"]["schemas"]["Index"]["properties"]["version"] = {"type": "integer"}
    wrong = schemathesis.openapi.from_dict(document, config=_config())
    wrong.app = described.app
    with pytest.raises(FailureGroup):
        _walk(_operations(wrong)["index"], key)
