// Where a page is looked at for long, its count goes on: figure, bar and time follow what anyone may read.
// Nothing here is needed, and no change is read aloud: the figures stand in no live region.
(() => {
  "use strict";

  const all = (selector, root) => Array.from((root || document).querySelectorAll(selector));
  const goal = document.querySelector("[data-counts]");
  if (!goal || (navigator.connection && navigator.connection.saveData)) return;

  const MINUTE = 60000;
  const SPREAD = 20000; // so that many pages opened at once do not ask at once
  const MOST_MISSES = 5; // in a row; each waits twice as long as the one before
  const { lang } = document.documentElement;
  const locale = lang === "en" ? "en-GB" : lang;
  const forms = JSON.parse(goal.dataset.forms);
  const rules = new Intl.PluralRules(locale);
  const number = new Intl.NumberFormat(locale, { useGrouping: "always" });
  const clock = new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit", timeZone: "UTC" });
  const opened = goal.dataset.asOf.slice(0, 10);

  const write = (place, count) => {
    const written = number.format(count);
    if (place.dataset.shown === written) return;
    place.dataset.shown = written;
    const figure = place.querySelector("strong");
    if (figure) figure.textContent = written;
    const [before, after] = (forms[count] || forms[rules.select(count)] || forms.other).split("#");
    place.replaceChildren(before, figure || written, after);
  };

  const draw = (count) => {
    const next = goal.querySelector("[data-marks]");
    if (!next) return;
    const mark = next.dataset.marks.split(" ").find((one) => Number(one) > count);
    next.hidden = !mark;
    if (mark) next.querySelector("[data-mark]").textContent = number.format(mark);
    goal.querySelector(".ink-done").setAttribute("width", mark ? Math.round((10000 * count) / mark) / 10 : 1000);
  };

  const date = (at) => {
    const day = at.toISOString().slice(0, 10);
    const on = goal.querySelector("[data-tomorrow]");
    goal.querySelector("[data-at]").textContent = clock.format(at);
    if (day !== opened && on.dataset.tomorrow) {
      on.textContent = on.dataset.tomorrow;
      delete on.dataset.tomorrow;
    }
  };

  const show = (told, at) => {
    for (const place of all("[data-count]")) {
      const state = told.states[place.dataset.count];
      const count = state ? state.confirmed : told.confirmed;
      write(place, count);
      if (goal.contains(place)) draw(count);
    }
    date(at);
  };

  let [due, misses, timer] = [0, 0, 0];

  const wait = () => {
    clearTimeout(timer);
    const isOld = Date.now() - Date.parse(goal.dataset.asOf) > 24 * 60 * MINUTE; // the day after tomorrow has no words here
    if (document.hidden || misses === MOST_MISSES || isOld) return;
    timer = setTimeout(ask, Math.max(due - Date.now(), (Math.random() * SPREAD) / 4));
  };

  const plan = () => {
    due = Date.now() + MINUTE * 2 ** misses + (Math.random() - 0.5) * SPREAD;
    wait();
  };

  // What has not changed comes from the browser's own cache, and only its head is new: the head says when it was told.
  const read = (answer) => {
    if (!answer.ok) throw new Error(answer.status);
    return answer.json().then((told) => show(told, new Date(answer.headers.get("Date") || told.as_of)));
  };

  const ask = () => {
    fetch(goal.dataset.counts)
      .then(read)
      .then(
        () => (misses = 0),
        () => (misses += 1),
      )
      .then(plan);
  };

  document.addEventListener("visibilitychange", wait);
  plan();
})();
