"""The site: border, headers, errors, templates and pages, plugged together into one application."""

import jinja2
from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from campaign.outside import files
from campaign.parts import Parts
from campaign.web import errors, filters, guard, headers, here, log, opening, routes, static
from campaign.web.api import campaigns as api_campaigns
from campaign.web.api import counts, door
from campaign.web.api import exports as api_exports
from campaign.web.api.osdi import rooms as osdi
from campaign.web.organise import (
    account,
    alarms,
    batches,
    campaigns,
    embeds,
    entry,
    gate,
    lists,
    office_words,
    offices,
    register,
    style,
)
from campaign.web.organise import counts as organise_counts
from campaign.web.organise import exports as organise_exports
from campaign.web.organise import keys as organise_keys
from campaign.web.organise import review as organise_review
from campaign.web.organise import signatures as organise_signatures
from campaign.web.organise import street as organise_street
from campaign.web.organise import webhooks as organise_webhooks
from campaign.web.organise import words as organise_words
from campaign.web.public import (
    answers,
    campaign,
    confirm,
    correct,
    embed,
    erase,
    feeds,
    health,
    kiosk,
    mailbox,
    opened,
    pages,
    pictures,
    redeem,
    sign,
    told,
    trim,
    unsubscribe,
    withdraw,
    yours,
)

# What the frame of a page asks for and few pages set; undefined names are errors everywhere.
_FRAME = {
    "description": "",
    "is_private": False,
    "is_refused": False,
    "has_script": False,
    "has_count": False,
    "reason": "",
    "picture": "",
    "freshness": "",
}
_BLUEPRINTS = (
    campaign.blueprint,
    pages.blueprint,
    sign.blueprint,
    embed.blueprint,
    kiosk.blueprint,
    opened.blueprint,
    confirm.blueprint,
    redeem.blueprint,
    withdraw.blueprint,
    yours.blueprint,
    correct.blueprint,
    erase.blueprint,
    answers.blueprint,
    told.blueprint,
    trim.blueprint,
    organise_review.blueprint,
    organise_signatures.blueprint,
    unsubscribe.blueprint,
    health.blueprint,
    counts.blueprint,
    api_campaigns.blueprint,
    api_exports.blueprint,
    *osdi.BLUEPRINTS,
    static.blueprint,
    pictures.blueprint,
    feeds.blueprint,
    entry.blueprint,
    organise_counts.blueprint,
    organise_exports.blueprint,
    account.blueprint,
    campaigns.blueprint,
    embeds.blueprint,
    offices.blueprint,
    office_words.blueprint,
    register.blueprint,
    batches.blueprint,
    lists.blueprint,
    alarms.blueprint,
    organise_keys.blueprint,
    organise_webhooks.blueprint,
    organise_street.blueprint,
    organise_words.blueprint,
    style.blueprint,
)


def build(parts: Parts) -> Flask:
    """Build the application from its parts; it reads no environment and keeps no state of its own."""
    app = Flask("campaign.web", static_folder=None, template_folder=None)
    here.keep(app, parts)
    opening.keep(app, parts)
    log.install(app)
    routes.install(app)
    guard.install(app, parts.settings.base_url, is_loopback=parts.settings.is_loopback, is_somebody=gate.is_somebody)
    gate.install(app)
    door.install(app)
    headers.install(app, is_https=parts.settings.base_url.startswith("https://"))
    errors.install(app)
    _install_templates(app, parts)
    for blueprint in _BLUEPRINTS:
        app.register_blueprint(blueprint)
    if parts.settings.has_mailbox:
        app.register_blueprint(mailbox.blueprint)
    if parts.settings.proxies:
        hops = parts.settings.proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=0, x_host=0)  # type: ignore[method-assign]
    return app


def _install_templates(app: Flask, parts: Parts) -> None:
    """Find templates beside the package or inside it; a name that nobody defined is an error."""
    app.jinja_loader = jinja2.FileSystemLoader(files.resource("templates"))
    app.jinja_env.undefined = jinja2.StrictUndefined
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.context_processor(lambda: _FRAME | {"is_rehearsal": bool(parts.settings.test_to)})
    filters.install(app, parts)
