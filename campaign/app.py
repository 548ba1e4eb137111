"""Where the parts are plugged together: the web application, and the one that servers load."""

import multiprocessing

from flask import Flask

from campaign.outside.journal import set_up_log
from campaign.outside.process import end_with_parent
from campaign.parts import make_parts
from campaign.services.migrate import hold
from campaign.settings import Settings, read_settings
from campaign.web import opening
from campaign.web.site import build


def create_app(settings: Settings) -> Flask:
    """Make the web application with real parts."""
    return build(make_parts(settings))


def served() -> Flask:
    """Make the application in a server's process, from the environment, and end with that server."""
    server = multiprocessing.parent_process()
    if server is not None and server.pid is not None:
        end_with_parent(server.pid)
    settings = read_settings()
    set_up_log(settings)
    parts = make_parts(settings)
    hold(parts)
    app = build(parts)
    opening.begin(app)
    return app
