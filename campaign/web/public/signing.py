"""Signing a state's letter, wherever its form stands: on its page, inside another site's, on a tablet at a stall."""

from dataclasses import replace
from typing import Any

from flask import g, redirect, render_template, request
from werkzeug.wrappers import Response

from campaign.domain import letter, likeness, offer, template
from campaign.domain.courtesy import OwnWay
from campaign.domain.edition import Edition, LetterEdition, StateEdition
from campaign.domain.letter import RenderedLetter, Signer
from campaign.domain.signing import Signing
from campaign.errors import CampaignClosedError, CampaignPausedError, InputRefusedError, TextChangedError
from campaign.services import count, pace
from campaign.services import note_own as notes
from campaign.services import paper as papers
from campaign.services import preview as previews
from campaign.services import sign as signs
from campaign.web import here, source
from campaign.web.forms import countries
from campaign.web.forms.signing import SigningForm

_OWN: dict[str, OwnWay] = {"sent-mail": "mail", "sent-paper": "paper"}  # what the buttons say -> how it was sent


def show(edition: Edition, chosen: StateEdition, lang: str) -> str:
    """Draw a state's letter with an empty form."""
    return _page(edition, chosen, SigningForm(chosen, lang))


def act(edition: Edition, chosen: StateEdition, lang: str) -> Response | tuple[str, int] | str:
    """Sign, or show what would be signed, or go back to the form; what is wrong comes back with what was typed."""
    form = SigningForm(chosen, lang, g.fields)
    do = g.fields.get("do", "")
    if do == "edit":
        return _page(edition, chosen, form, _shut(edition))
    try:
        return _do(edition, chosen, form, do)
    except InputRefusedError as refused:
        form.problems = refused.problems
        return _page(edition, chosen, form), 422
    except CampaignPausedError as refused:
        return _page(edition, chosen, form, refused.code), 503
    except (TextChangedError, CampaignClosedError) as refused:
        return _page(edition, chosen, form, refused.code), 409


def sent(chosen: StateEdition) -> str:
    """Say that a mail is under way: one page, the same whoever signed before."""
    settings = here.parts().settings
    return render_template(
        "public/sent.html",
        state=chosen.state,
        mail_from=settings.mail_from,
        has_mailbox=settings.has_mailbox,
    )


def logged(chosen: StateEdition) -> str:
    """Say what a letter that somebody sent themselves is counted as: one page, the same for everyone."""
    return render_template("public/logged.html", state=chosen.state)


def _shut(edition: Edition) -> str:
    """The code of why a campaign takes no signatures today; empty where it does."""
    try:
        edition.check_open(here.today())
    except CampaignClosedError as shut:
        return shut.code
    return ""


def _do(edition: Edition, chosen: StateEdition, form: SigningForm, do: str) -> Response | str:
    """Do what the button says that was pressed; the first one, and any unknown, signs. Raises what that raises."""
    if do in _OWN:
        return _note_own(edition, chosen, form, _OWN[do])
    signing = form.clean(source=source.said(), network=request.remote_addr or "")
    if do == "preview":
        return _preview(edition, chosen, form, signing)
    if do == "pdf":
        return _paper(edition, chosen, signing)
    signs.sign(here.parts(), edition, chosen, signing)
    return redirect(here.paths().sent(chosen.state.slug), 303)


def _note_own(edition: Edition, chosen: StateEdition, form: SigningForm, way: OwnWay) -> Response:
    """Note that a letter was sent by whoever presses. Raises what the note raises."""
    raw = form.raw(source="", network=request.remote_addr or "")
    notes.note_own(here.parts(), edition, chosen, raw, way)
    return redirect(here.paths().logged(chosen.state.slug), 303)


def _page(edition: Edition, chosen: StateEdition, form: SigningForm, changed: str = "") -> str:
    """Draw the state's page; `changed` is the code of what stands between a good form and its signature."""
    today, lang = here.today(), form.language
    own = _letter(chosen, lang)
    office = _letter(chosen, _office_language(chosen, form))
    sheet = _sheet(chosen, office)
    return render_template(
        "public/state.html",
        chosen=chosen,
        state=chosen.state,
        today=today,
        standing=chosen.standing("apmbc", today),
        lede=template.render(chosen.state.lede[lang], lang, own.fields),
        own=None if own.language == office.language else _sheet(chosen, own),
        office=sheet,
        around=likeness.length(sheet.campaign_texts),
        is_unread=any(_file(chosen, one.language) in edition.cause.unread for one in (own, office)),
        titles=_titles(chosen, lang),
        travels=pace.travels_now(here.parts(), chosen),
        form=form,
        offer=offer.offer(chosen, own, office, today),
        source=source.carried(),
        countries=countries.choices(lang),
        counts=count.public(here.parts(), edition),
        own_sent=count.own_sent(here.parts(), edition).get(chosen.state.code, 0),
        on_paper=count.on_paper(here.parts(), edition).states.get(chosen.state.code, 0),
        text_version=chosen.text_version(today),
        is_open=edition.is_open(today),
        changed=changed,
    )


def _office_language(chosen: StateEdition, form: SigningForm) -> str:
    languages = chosen.letter_languages()
    return str(form["letter_language"].data) if form["letter_language"].data in languages else languages[0]


def _letter(chosen: StateEdition, language: str) -> LetterEdition:
    """The letter in a language, or in English where there is none in it."""
    found = chosen.letter(language, here.today()) or chosen.letter("en", here.today())
    assert found is not None  # every state has an English letter: services/load sees to it  # noqa: S101
    return found


def _file(chosen: StateEdition, language: str) -> str:
    """Name a letter as the list of unread texts does."""
    return f"letters/{chosen.state.slug}/{language}.md"


def _titles(chosen: StateEdition, language: str) -> dict[str, str]:
    """What each office is called in a language."""
    own = _letter(chosen, language)
    return {one.office: own.title(one.office) for one in chosen.officials}


def _sheet(chosen: StateEdition, edition: LetterEdition) -> RenderedLetter:
    """Render the letter as it waits for a name, opened as to the first office."""
    waiting = Signer(name=here.parts().words.text(edition.language, "card.your-name"), country="")
    rendered = letter.render(edition, waiting, tuple(one.office for one in chosen.officials[:1]))
    blocks = tuple(replace(block, text=block.text.strip()) for block in rendered.blocks)
    return replace(rendered, blocks=blocks)


def _paper(edition: Edition, chosen: StateEdition, signing: Signing) -> Response:
    """Answer with the same letters as a PDF to print; nothing is kept, here or on the way."""
    made = papers.paper(here.parts(), edition, chosen, signing)
    name = f"{edition.cause.slug}-{chosen.state.slug}-{signing.letter_language}.pdf"  # slugs: nothing but ASCII
    answer = Response(made, mimetype="application/pdf")
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer


def _preview(edition: Edition, chosen: StateEdition, form: SigningForm, signing: Signing) -> str:
    """Draw the letters exactly as they would leave; nothing is kept. Raises what signing raises."""
    settings = here.parts().settings
    previewed = previews.preview(here.parts(), edition, chosen, signing)
    shown: dict[str, Any] = {
        "letters": previewed.letters,
        "likeness": previewed.likeness,
        "answers_to": signing.email if signing.has_own_answers else settings.mail_from,
        "name": letter.shown_name(signing.signer, _letter(chosen, signing.letter_language)),
    }
    return render_template(
        "public/preview.html",
        state=chosen.state,
        titles=_titles(chosen, form.language),
        kept={name: value for name, value in form.fields.items() if name != "do"},
        mail_from=settings.mail_from,
        **shown,
    )
