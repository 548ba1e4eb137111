"""Mails, drawn from files (subject, plain text, and HTML for supporters), and documents that stand alone."""

from dataclasses import dataclass, replace
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from campaign.outside.words import Catalogues


@dataclass(frozen=True, slots=True)
class RenderedMail:
    """A mail's words: one line of subject, plain text with LF line ends, and HTML."""

    subject: str
    text: str
    html: str


class MailTemplates:
    """Draws mails; only our own templates, filled with values."""

    def __init__(self, folder: Path, words: Catalogues) -> None:
        """Read templates from `<folder>/mail/<name>/`."""
        self._words = words
        self._plain = self._environment(folder, is_html=False)
        self._html = self._environment(folder, is_html=True)

    def _environment(self, folder: Path, *, is_html: bool) -> Environment:
        environment = Environment(
            loader=FileSystemLoader(folder),
            undefined=StrictUndefined,
            autoescape=is_html,  # noqa: S701  plain text has nothing to escape
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=False,
        )
        words = self._words

        @pass_context
        def t(context: Context, key: str, **values: object) -> str:
            raw = words.raw(context["lang"], key)
            return Markup(escape(raw)) % values if is_html else raw % values  # noqa: S704  escaped one call before

        @pass_context
        def tn(context: Context, key: str, count: int, **values: object) -> str:
            if not is_html:
                return words.plural(context["lang"], key, count, **values)
            return Markup(escape(words.raw_plural(context["lang"], key, count))) % {"n": count, **values}  # noqa: S704  escaped one call before

        environment.globals.update(t=t, tn=tn)
        return environment

    def render(self, name: str, language: str, **values: object) -> RenderedMail:
        """Draw a mail in a language; every value the templates use must be given."""
        html = self._html.get_template(f"mail/{name}/body.html").render(values, lang=language)
        return replace(self.plain(name, language, **values), html=html)

    def plain(self, name: str, language: str, **values: object) -> RenderedMail:
        """Draw a mail that has a text alone, in a language."""
        subject = self._plain.get_template(f"mail/{name}/subject.txt").render(values, lang=language)
        text = self._plain.get_template(f"mail/{name}/body.txt").render(values, lang=language)
        return RenderedMail(" ".join(subject.split()), text.strip() + "\n", "")

    def document(self, name: str, language: str, **values: object) -> str:
        """Draw `<name>.html` as a document of its own; `t` gives words in the language."""
        return self._html.get_template(f"{name}.html").render(values, lang=language)
