// Within the frame: tells the page around it how high this page is, and nothing else.
(() => {
  "use strict";

  const root = document.documentElement;
  const tell = () => window.parent.postMessage({ height: Math.ceil(root.getBoundingClientRect().height) }, "*");

  if (window.parent === window) return;
  new ResizeObserver(tell).observe(root);
  // The page around it may have come later: it asks.
  window.addEventListener("message", (event) => event.source === window.parent && tell());
  // What is wrong with a form comes first: browsers honour autofocus in no frame of another site.
  const first = document.querySelector("[autofocus]");
  if (first) first.focus();
})();
