"""Whether all of a page can be read as it stands in a browser: nothing cut, nothing over another, nothing sideways."""

from playwright.sync_api import Page

# Text that is cut off by a box around it or by the window's edge, and lines that run over lines of other elements.
_TOLD = """() => {
  const found = new Set(), lines = [], end = document.documentElement.clientWidth;
  const said = one => `${one.tagName.toLowerCase()}#${one.id}.${one.className}`;
  const style = one => getComputedStyle(one);
  const known = new Map();  // element -> what it and what is around it do to text, each asked once
  const of = one => {
    if (!one) return {isOut: false, isUp: false, isScrolled: false};
    if (known.has(one)) return known.get(one);
    const around = of(one.parentElement), own = style(one);
    const isSilent = one.matches(".skip, svg, select, textarea, [hidden], noscript, script, style");
    known.set(one, {
      isOut: around.isOut || own.clipPath !== "none" || isSilent,
      isUp: around.isUp || ["sticky", "fixed"].includes(own.position),
      isScrolled: around.isScrolled || ["auto", "scroll"].includes(own.overflowX),
    });
    return known.get(one);
  };
  if (document.documentElement.scrollWidth > end) found.add("scrolls sideways");
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode, one = text.parentElement;
    if (!text.data.trim() || of(one).isOut || !one.checkVisibility({visibilityProperty: true}))
      continue;
    const range = document.createRange();
    range.selectNodeContents(text);
    for (const box of [...range.getClientRects()].filter(box => box.width > 2)) {
      if ((box.right > end + 1 || box.left < -1) && !of(one).isScrolled) found.add(`${said(one)} leaves the window`);
      const less = box.height * 0.3;
      lines.push({one, left: box.left, right: box.right, top: box.top + less, bottom: box.bottom - less});
    }
  }
  for (const one of document.querySelectorAll("body *:not(input)")) {
    if (of(one).isOut || one.clientWidth === 0) continue;
    const own = style(one), isCut = way => ["hidden", "clip"].includes(own["overflow" + way]);
    const isCutX = isCut("X") && one.scrollWidth > one.clientWidth + 1;
    const isCutY = isCut("Y") && one.scrollHeight > one.clientHeight + 1;
    if (isCutX || isCutY) found.add(`${said(one)} cuts what is in it`);
  }
  lines.sort((a, b) => a.top - b.top);
  lines.forEach((a, number) => {
    for (let next = number + 1; next < lines.length && lines[next].top < a.bottom; next++) {
      const b = lines[next], across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      if (a.one === b.one || across <= 2 || of(a.one).isUp || of(b.one).isUp) continue;
      found.add(`${said(a.one)} and ${said(b.one)} overlap`);
    }
  });
  return [...found];
}"""
# WCAG 2.2, 1.4.12.
_SPACING = """() => {
  const style = document.createElement("style");
  style.id = "spacing";
  style.textContent = `* { line-height: 1.5 !important; letter-spacing: .12em !important; }
    * { word-spacing: .16em !important }
    p { margin-block-end: 2em !important }`;
  document.head.append(style);
}"""
_SMALLEST, _PHONE = 320, 360  # pixels; the first is 1280 at a zoom of 400 %
_TEXT = 16  # pixels, as browsers come


def unfold(page: Page, *, is_open: bool = True) -> None:
    """Open every fold of a page, or shut it."""
    page.locator("main details").evaluate_all("(all, open) => all.forEach(one => one.open = open)", is_open)


def faults(page: Page) -> list[str]:
    """What cannot be read at 320 pixels, there with text spaced out, and at 360 with text of twice the size."""
    found = []
    page.set_viewport_size({"width": _SMALLEST, "height": 740})
    found += [f"at 320: {one}" for one in page.evaluate(_TOLD)]
    page.evaluate(_SPACING)
    found += [f"spaced: {one}" for one in page.evaluate(_TOLD)]
    page.evaluate("document.getElementById('spacing').remove()")
    page.set_viewport_size({"width": _PHONE, "height": 740})
    _set_text(page, _TEXT * 2)
    found += [f"at 200 %: {one}" for one in page.evaluate(_TOLD)]
    _set_text(page, _TEXT)
    return found


def _set_text(page: Page, size: int) -> None:
    """Set the size of text in the browser itself, as people do in its settings."""
    session = page.context.new_cdp_session(page)
    session.send("Page.setFontSizes", {"fontSizes": {"standard": size}})
    session.detach()
