// A tablet that many people sign on, one after the other: nothing of anybody is kept, and a page left alone goes back to the
// start. This runs before the page is drawn, so that what the way back would show again is never seen.
(() => {
  "use strict";

  const root = document.documentElement;
  const START = location.pathname.split("/").slice(0, 4).join("/") + "/";
  const isStart = location.pathname === START;
  const EVERY = 20e3; // between two looks whether the line is there
  const PATIENCE = 5e3;
  const empty = () => document.getElementById("main").replaceChildren();

  const away = () => {
    root.hidden = true;
    location.replace(START);
  };

  /* ---- back, forward, anew: to the start ---- */

  const [came] = performance.getEntriesByType("navigation");
  if (!isStart && came && came.type !== "navigate") away();
  addEventListener("pageshow", (event) => event.persisted && away());
  addEventListener("pagehide", () => {
    root.hidden = true;
    empty();
  });

  const begin = () => {
    const status = document.querySelector("[data-line]");
    const dialog = document.querySelector("dialog");
    const [idle, wait] = [document.body.dataset.idle, document.body.dataset.wait].map((seconds) => seconds * 1000);
    let [hasLine, isLeft, isSending, last, timer] = [true, false, false, Date.now(), 0];

    /* ---- the line ---- */

    const tell = (isThere) => {
      if (isThere && isLeft) return away();
      if (isThere === hasLine) return;
      hasLine = isThere;
      status.className = isThere ? "" : "note wait";
      status.textContent = isThere ? "" : status.dataset.line;
    };
    const look = async () => {
      let isThere = false;
      try {
        isThere = (await fetch("/healthz", { cache: "no-store", signal: AbortSignal.timeout(PATIENCE) })).ok;
      } catch (gone) {
        isThere = false;
      }
      tell(isThere);
      return isThere;
    };
    setInterval(look, EVERY);
    addEventListener("offline", () => tell(false));
    addEventListener("online", look);

    /* ---- back to the start; without a line only what was typed goes, and the rest when it is back ---- */

    const leave = () => {
      isLeft = true;
      empty();
      if (dialog.open) dialog.close();
      look();
    };

    /* ---- nobody there ---- */

    const touched = () => {
      if (dialog.open || isLeft || isStart) return;
      clearTimeout(timer);
      last = Date.now();
      timer = setTimeout(ask, idle);
    };
    const ask = () => {
      if (!wait) return leave();
      dialog.showModal();
      timer = setTimeout(leave, wait);
    };
    for (const kind of ["pointerdown", "keydown", "input", "scroll"]) {
      addEventListener(kind, touched, { capture: true, passive: true });
    }
    dialog.querySelector("button").addEventListener("click", () => dialog.close());
    dialog.addEventListener("close", touched);
    document.addEventListener("visibilitychange", () => {
      if (!document.hidden && !isStart && Date.now() - last > idle + wait) leave(); // the tablet slept
    });
    touched();

    /* ---- nothing is sent, and nobody goes anywhere, without a line; pages take each other's place in the history ---- */

    document.addEventListener("submit", async (event) => {
      if (isSending) return;
      event.preventDefault();
      const { target: form, submitter } = event;
      if (!(await look())) return;
      isSending = true;
      form.requestSubmit(submitter || undefined);
    });
    document.addEventListener("click", async (event) => {
      const link = event.target.closest("a[href^='/']");
      if (!link) return;
      event.preventDefault();
      if (await look()) location.replace(link.href);
      else if (link.pathname === START) leave();
    });
  };

  document.addEventListener("DOMContentLoaded", begin);
})();
