"""Answers of /api/v1/ that are the same for everyone, and how what they are asked for is read: strictly."""

import datetime as dt
import hashlib
import json

from flask import Response, request

from campaign.domain.edition import Edition
from campaign.errors import InputRefusedError, Problem
from campaign.services.export import Period
from campaign.web import here
from campaign.web.paths import Paths

ROOT = "/api/v1"
DESCRIPTION = f"{ROOT}/openapi.json"


def answer(document: dict[str, object], edition: Edition | None = None) -> Response:
    """Answer with a document, and the ETag of all it says but for the instant that it was made at.

    Of a campaign's figures, a link leads to the page that says what they mean, where there is one.
    """
    response = Response(json.dumps(document, ensure_ascii=False), mimetype="application/json")
    # Weak, and without the instant: the same figures a minute later are the same document.
    return labelled(response, json.dumps(document | {"as_of": ""}, sort_keys=True), edition)


def labelled(response: Response, said: str, edition: Edition | None = None) -> Response:
    """Put an ETag and links on an answer."""
    response.set_etag(hashlib.sha256(said.encode()).hexdigest()[:32], weak=True)
    links = [f'<{DESCRIPTION}>; rel="service-desc"; type="application/json"']
    if edition is not None and any(page.name == "method" for page in edition.cause.pages):
        links.append(
            f'<{Paths(language(edition, {}), edition.cause.slug).page("method")}>; rel="describedby"; type="text/html"'
        )
    response.headers["Link"] = ", ".join(links)
    return response


def open_to_all(response: Response) -> Response:
    """Let pages of any site read the answer; there is nothing personal in it and no cookie goes with it."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Expose-Headers"] = "ETag, Link"
    return response


def asked(*names: str) -> dict[str, str]:
    """Read what an address asks for, by name. Raises InputRefusedError for any other name, or one said twice."""
    wrong = [name for name, values in request.args.lists() if name not in names or len(values) > 1]
    if wrong:
        raise InputRefusedError(tuple(Problem(name[:60], "E-PARAMETER", {"names": ", ".join(names)}) for name in wrong))
    return request.args.to_dict()


def language(edition: Edition, said: dict[str, str]) -> str:
    """The language that words are asked for in, else English, else the campaign's first. Raises InputRefusedError."""
    languages = edition.cause.languages
    wanted = said.get("language")
    if wanted is None:
        return "en" if "en" in languages else languages[0]
    if wanted not in languages:
        raise InputRefusedError((Problem("language", "E-NO-LANGUAGE", {"languages": ", ".join(languages)}),))
    return wanted


def period(edition: Edition, said: dict[str, str]) -> Period:
    """The state (slug or code) and days that figures are asked for. Raises InputRefusedError."""
    state = edition.state(said["state"]) if "state" in said else None
    if "state" in said and state is None:
        raise InputRefusedError((Problem("state", "E-STATE"),))
    code = state.state.code if state is not None else None
    return Period(state=code, since=_day(said, "since"), until=_day(said, "until"))


def _day(said: dict[str, str], name: str) -> dt.date | None:
    text = said.get(name)
    if text is None:
        return None
    try:
        found = dt.date.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or found.isoformat() != text or not 2000 <= found.year <= 2999:
        raise InputRefusedError((Problem(name, "E-DAY"),))
    return found


def whole(path: str) -> str:
    """The whole address of something on this site."""
    return here.parts().settings.base_url + path
