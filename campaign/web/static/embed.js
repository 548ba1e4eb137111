// For pages that hold a campaign's form in an iframe[data-campaign]: makes the frame as high as what it shows.
// It reads nothing of the page it is in, and asks nobody for anything.
(() => {
  "use strict";

  const LOWEST = 100;
  const HIGHEST = 30000;
  const OURS = "iframe[data-campaign]";
  const all = () => Array.from(document.querySelectorAll(OURS));
  const ask = (frame) => frame.contentWindow && frame.contentWindow.postMessage("height", "*");

  window.addEventListener("message", ({ source, origin, data }) => {
    const frame = all().find((one) => one.contentWindow === source);
    if (!frame || origin !== new URL(frame.src, document.baseURI).origin) return;
    const height = data && data.height;
    if (!Number.isFinite(height)) return;
    frame.style.height = `${Math.min(Math.max(Math.ceil(height), LOWEST), HIGHEST)}px`;
  });

  // Another page within the frame begins at its top, where whoever pressed something there must look.
  document.addEventListener(
    "load",
    ({ target }) => {
      if (!target.matches || !target.matches(OURS)) return;
      ask(target);
      if (document.activeElement === target && target.getBoundingClientRect().top < 0) target.scrollIntoView();
    },
    true,
  );
  all().forEach(ask);
})();
