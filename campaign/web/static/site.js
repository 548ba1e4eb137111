// What pages gain where scripts run: a text is copied by one press, and a letter that was begun is kept on the device.
// Nothing here is needed, and nothing asks the network.
(() => {
  "use strict";

  const all = (selector, root) => Array.from((root || document).querySelectorAll(selector));
  const START = "draft/";
  const DAYS = 14;
  // Never who somebody is: on a phone that several people use, no name or address may stay behind.
  const KEPT = /^(paragraph|subject_choice|letter_language|(point|place|office)-.+)$/;
  const { lang } = document.documentElement;
  const locale = lang === "en" ? "en-GB" : lang;
  const LONG = { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" };
  // Characters as people count them: a letter with its marks is one, and so is an emoji of several signs.
  const signs = (text) => Array.from(Intl.Segmenter ? new Intl.Segmenter(lang).segment(text) : text).length;
  const UNCOUNTED = /[\s!-/:-@[-`{-~\u00a0-\u00bf\u2000-\u206f\u3000-\u303f]/g;

  /* ---- copying ---- */

  for (const button of all("button[data-copy]")) {
    const area = document.getElementById(button.dataset.copy);
    const status = button.parentNode.querySelector("[data-copied]");
    const tell = () => {
      all("[data-copied]").forEach((one) => (one.textContent = ""));
      setTimeout(() => (status.textContent = status.dataset.copied), 50);
    };
    const bySelection = () => {
      area.focus();
      area.select();
      if (document.execCommand("copy")) {
        button.focus();
        tell();
      }
    };
    button.addEventListener("click", () => {
      if (navigator.clipboard) navigator.clipboard.writeText(area.value).then(tell, bySelection);
      else bySelection();
    });
    button.hidden = false;
  }

  /* ---- passing on, by the device's own list ---- */

  for (const one of navigator.share ? all("[data-address]") : []) {
    const { text, address } = one.dataset;
    one.querySelector("button").addEventListener("click", () => navigator.share({ text, url: address }).catch(() => {}));
    one.hidden = false;
  }

  /* ---- a press is one press: a second of the same button within five seconds is impatience ---- */

  for (const form of all("form[method=post]")) {
    let [pressed, at] = [null, 0];
    form.addEventListener("submit", (event) => {
      if (event.submitter === pressed && Date.now() - at < 5000) event.preventDefault();
      else [pressed, at] = [event.submitter, Date.now()];
    });
    window.addEventListener("pageshow", () => (at = 0));
  }

  /* ---- drafts: one a campaign and state, in every language of its page ---- */

  const store = (() => {
    try {
      return window.localStorage;
    } catch (refused) {
      return null;
    }
  })();

  const drop = (key) => store && store.removeItem(key);

  const read = (key) => {
    try {
      const draft = JSON.parse(store.getItem(key));
      return Date.now() - Date.parse(draft.on) < DAYS * 864e5 ? draft : null;
    } catch (broken) {
      return null;
    }
  };

  Object.keys(store || {}).forEach((key) => key.startsWith(START) && !read(key) && drop(key));
  all("[data-sent]").forEach((one) => drop(START + one.dataset.sent));

  const keep = (form) => {
    const key = START + form.dataset.keep;
    const fields = Array.from(form.elements).filter((one) => KEPT.test(one.name));
    const paragraph = form.elements.paragraph;
    const part = (name) => form.querySelector(`[data-draft=${name}]`);
    const [found, kept, on] = [part("found"), part("kept"), part("on")];
    const isTick = (one) => one.type === "checkbox" || one.type === "radio";
    let isStopped = false;

    const isAsItCame = (one) => {
      if (isTick(one)) return one.checked === one.defaultChecked;
      if (!one.options) return one.value === one.defaultValue;
      const first = Array.from(one.options).findIndex((option) => option.defaultSelected);
      return one.selectedIndex === Math.max(first, 0);
    };
    const isFilled = () =>
      "filled" in form.dataset || all("input:not([type=hidden], [type=button]), select, textarea", form).some((one) => !isAsItCame(one));
    const isPoint = (one) => one.name.startsWith("point-") && one.checked;
    const isBegun = () => paragraph.value.trim() !== "" || fields.some((one) => isPoint(one) || !isAsItCame(one));

    const show = () => {
      const draft = read(key);
      const isOpen = "filled" in form.dataset || isBegun();
      found.hidden = !draft || isOpen;
      kept.hidden = !draft || !isOpen;
      if (!draft) return;
      on.textContent = new Date(draft.on).toLocaleDateString(locale, LONG);
    };

    const save = () => {
      if (isStopped) return;
      const said = {};
      for (const one of fields) {
        if (one.type === "checkbox") said[one.name] = one.checked;
        else if (one.type !== "radio" || one.checked) said[one.name] = one.value;
      }
      try {
        if (isBegun()) store.setItem(key, JSON.stringify({ on: new Date().toISOString().slice(0, 10), said }));
        else drop(key);
      } catch (full) {
        drop(key);
      }
      show();
    };

    const takeUp = () => {
      const said = read(key).said;
      for (const one of fields.filter((field) => field.name in said)) {
        const value = said[one.name];
        if (one.type === "checkbox") one.checked = value === true;
        else if (one.type === "radio") one.checked = one.checked || one.value === value;
        else if (!one.options || Array.from(one.options).some((option) => option.value === value)) one.value = value;
        if (isPoint(one)) one.closest("details").open = true;
      }
      show();
      count();
      paragraph.focus();
    };

    const remove = (place) => {
      drop(key);
      isStopped = place === kept;
      place.textContent = place.dataset.gone;
      place.tabIndex = -1;
      place.focus();
    };

    /* ---- about how much of it is one's own; the preview knows better ---- */

    const meter = form.querySelector("output[data-length]");
    const figure = meter.querySelector("[data-share]");
    const room = form.querySelector("output[data-most]");
    const length = (text) => text.replace(UNCOUNTED, "").length;
    let pause = 0;

    const count = () => {
      const own = length(paragraph.value);
      const points = fields.filter(isPoint).map((one) => length(document.getElementById(`${one.name}-text`).textContent));
      const whole = points.reduce((sum, one) => sum + one, own + Number(meter.dataset.length));
      const share = own && Math.max(1, Math.round((100 * own) / whole));
      meter.hidden = !share;
      figure.textContent = share;
      const most = Number(room.dataset.most);
      const left = most - (paragraph.value.length > 0.8 * most ? signs(paragraph.value.trim()) : 0);
      room.hidden = left > 0.2 * most;
      const forms = JSON.parse(left < 0 ? room.dataset.over : room.dataset.left);
      const n = Math.abs(left);
      room.textContent = (forms[n] || forms[new Intl.PluralRules(lang).select(n)] || forms.other).replace("#", n.toLocaleString(locale));
    };

    form.addEventListener("input", (event) => {
      if (!KEPT.test(event.target.name)) return;
      save();
      const live = (how) => [meter, room].forEach((one) => one.setAttribute("aria-live", how));
      live("off");
      count();
      clearTimeout(pause);
      pause = setTimeout(() => {
        live("polite");
        count();
      }, 1500);
    });

    /* ---- a language chosen in the frame takes along what was typed, as the buttons below the form do ---- */

    all("a[hreflang]").forEach((link) =>
      link.addEventListener("click", (event) => {
        const button = all("button[formaction]", form).find((one) => one.getAttribute("formaction") === link.getAttribute("href"));
        if (!button || !isFilled() || event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        button.click();
      }),
    );

    /* ---- where the browser's languages are at home comes first among the countries ---- */

    const { country } = form.elements;
    for (const language of Array.from(navigator.languages).reverse()) {
      const region = /-([A-Z]{2})$/.exec(language);
      const option = region && !country.value && country.querySelector(`[value=${region[1]}]`);
      if (option) country.options[0].after(option);
    }

    part("take").addEventListener("click", takeUp);
    all("[data-draft=delete]", form).forEach((button) =>
      button.addEventListener("click", () => remove(button.closest("[data-gone]"))),
    );
    window.addEventListener("pageshow", () => {
      show();
      count();
    });
    show();
    count();
  };

  all("form[data-keep]").forEach(keep);
})();
