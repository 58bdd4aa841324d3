// Leave the site at once: by the link, or by pressing Escape twice within a second. The page is
// replaced, so that the browser's "back" does not return to it. Without this script the link is
// an ordinary one.
"use strict";

const link = document.getElementById("leave");
const PAUSE = 1000;
let pressed = -PAUSE;

function leave() {
  // First nothing is left to see, for the other page may take its time.
  document.documentElement.hidden = true;
  window.location.replace(link.href);
}

if (link) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    leave();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.repeat) return;
    if (event.timeStamp - pressed < PAUSE) leave();
    pressed = event.timeStamp;
  });
  // A browser that keeps pages in memory would show it as it was left: empty.
  window.addEventListener("pageshow", () => {
    document.documentElement.hidden = false;
  });
}
