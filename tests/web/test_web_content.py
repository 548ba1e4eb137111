"""What the check of every page finds: a fault of each kind that a parser alone lets through."""

import content
import html5lib
import pytest

START = '<!DOCTYPE html><html lang="en"><head><title>A page</title></head><body><main>'
FAULTS = {
    "<ul><p>x</p></ul>": "<p> may not stand in <ul>",
    "<ul>x</ul>": "<ul> holds text",
    "<div><span><h2>x</h2></span></div>": "<h2> may not stand in <span>",
    "<dl><dd>x</dd></dl>": "<dl> does not go from <dt> to <dd>",
    "<dl><div><p>x</p></div></dl>": "<p> may not stand in <div>",
    "<button><input></button>": "<input> may not stand anywhere in what is around <button>",
    '<label for="a">x</label><p id="a">x</p>': "<label for=a> is of nothing that takes a label",
    "<details>x</details>": "<details> without <summary>",
    "<fieldset><p>x</p><legend>x</legend></fieldset>": "<legend> comes late in <fieldset>",
    '<p colour="red">x</p>': "<p colour> is no attribute of it",
    '<p role="banana">x</p>': "<p role='banana'> is no value of it",
    '<p aria-labeledby="a">x</p>': "<p aria-labeledby> is no attribute of it",
    '<input type="mail">': "<input type='mail'> is no value of it",
    '<input maxlength="ten">': "<input maxlength='ten'> is no value of it",
    '<a href="a b">x</a>': "<a href='a b'> is no value of it",
    '<a href="http:///x">x</a>': "<a href='http:///x'> is no value of it",
    '<p lang="English">x</p>': "<p lang='English'> is no value of it",
    '<img src="x.png">': "<img> without alt",
    "<time>yesterday</time>": "<time> tells none: None",
    '<time datetime="2026-13-01">x</time>': "<time> tells none: 2026-13-01",
    "<h2></h2>": "<h2> is empty",
    "<marquee>x</marquee>": "<marquee> may not stand in <main>",
    "<section><main>x</main></section>": "<main> may not stand anywhere in what is around <section>",
}


def found(html: str) -> list[str]:
    return content.faults(html5lib.HTMLParser(strict=True).parse(START + html + "</main></body></html>"))


@pytest.mark.parametrize(("html", "fault"), FAULTS.items(), ids=range(len(FAULTS)))
def test_a_fault_is_found(html, fault):
    assert fault in found(html)


def test_what_the_standard_allows_is_none():
    html = """<h1>x</h1><a href="/x#y"><p>x</p></a><dl><div><dt>x</dt><dd><p>x</p></dd></div></dl>
      <p><label for="a">x <b>y</b></label><input id="a" type="email" required autocomplete="email"></p>
      <details><summary><h2>x</h2></summary><ol><li>x</li></ol></details><time datetime="2025-05">May</time>
      <table><caption>x</caption><tbody><tr><th scope="row">x</th><td>x</td></tr></tbody></table>"""
    assert found(html) == []
