// Look at a part of the map: by buttons, keys, two fingers, or the wheel with Ctrl. Circles and
// names keep their size and move apart, so that what lay on top of each other can be told apart.
// Nothing glides, and nothing is fetched. Without this script the map is whole.
"use strict";

const map = document.querySelector(".map");
const FARTHEST = 12;
const STEP = 1.6;
const LINE = 20; // CSS pixels, for a wheel that counts in lines
const SLIP = 4; // CSS pixels that a finger may slip and still have meant the link below it

if (map) {
  const pane = map.querySelector(".window");
  const earth = map.querySelector(".earth");
  const buttons = document.querySelector(".zoom");
  const measure = map.querySelector(".measure");
  const words = measure.querySelector("text");
  const whole = { measured: words.textContent, km: Number(measure.dataset.km) };
  // With the digits of the page, which the browser might not choose for its language.
  const language = document.documentElement.lang + (/[۰-۹]/.test(whole.measured) ? "-u-nu-arabext" : "");
  const width = pane.width.baseVal.value;
  const height = pane.height.baseVal.value;
  const grounds = kept(".ground", "stroke-width");
  const patterns = kept(".window pattern", "patternTransform");
  const spots = [...pane.querySelectorAll("circle, text")].map((mark) => {
    const at = mark.dataset.at ? mark.dataset.at.split(" ") : [mark.getAttribute("cx"), mark.getAttribute("cy")];
    return { mark, x: Number(at[0]), y: Number(at[1]) };
  });
  // How many times larger than whole, and what lies in the upper left corner.
  let scale = 1;
  let left = 0;
  let top = 0;

  function kept(selector, name) {
    return [...map.querySelectorAll(selector)].map((element) => ({ element, name, value: element.getAttribute(name) }));
  }

  function show(wantedScale, wantedLeft, wantedTop) {
    scale = Math.min(Math.max(wantedScale, 1), FARTHEST);
    left = Math.min(Math.max(wantedLeft, 0), width - width / scale);
    top = Math.min(Math.max(wantedTop, 0), height - height / scale);
    for (const { mark, x, y } of spots) {
      mark.setAttribute("transform", `translate(${(x - left) * scale - x} ${(y - top) * scale - y})`);
    }
    if (earth) earth.setAttribute("transform", `scale(${scale}) translate(${-left} ${-top})`);
    for (const { element, name, value } of grounds) element.setAttribute(name, value / scale);
    for (const { element, name, value } of patterns) element.setAttribute(name, `${value} scale(${1 / scale})`);
    const km = (whole.km / scale).toLocaleString(language, { maximumSignificantDigits: 2 });
    words.textContent = scale === 1 ? whole.measured : whole.measured.replace(/[\d٬,۰-۹]+/, km);
    map.classList.toggle("near", scale > 1);
    map.classList.toggle("nearest", scale > 2.5);
    buttons.querySelector("[name=wider]").disabled = scale === 1;
    buttons.querySelector("[name=whole]").disabled = scale === 1;
    buttons.querySelector("[name=closer]").disabled = scale === FARTHEST;
  }

  // Keeps the place at (x, y) of the sheet where it is.
  function zoom(times, x = width / 2, y = height / 2) {
    const next = Math.min(Math.max(scale * times, 1), FARTHEST);
    show(next, left + x / scale - x / next, top + y / scale - y / next);
  }

  function move(right, down) {
    show(scale, left + right / scale, top + down / scale);
  }

  const keys = {
    "+": () => zoom(STEP),
    "=": () => zoom(STEP),
    "-": () => zoom(1 / STEP),
    0: () => show(1, 0, 0),
    ArrowLeft: () => move(-width / 6, 0),
    ArrowRight: () => move(width / 6, 0),
    ArrowUp: () => move(0, -height / 6),
    ArrowDown: () => move(0, height / 6),
  };

  function press(event) {
    const wanted = keys[event.key];
    if (!wanted || event.ctrlKey || event.metaKey || event.altKey) return;
    // The arrows scroll the page as long as the map is whole.
    if (scale === 1 && event.key.startsWith("Arrow")) return;
    event.preventDefault();
    wanted();
  }

  function place(event) {
    const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(map.getScreenCTM().inverse());
    return [point.x, point.y];
  }

  const fingers = new Map();
  let slipped = 0;

  function spread() {
    const [one, other] = [...fingers.values()];
    return Math.hypot(one[0] - other[0], one[1] - other[1]);
  }

  function down(event) {
    if (event.button !== 0) return;
    if (!fingers.size) slipped = 0;
    fingers.set(event.pointerId, place(event));
  }

  function drag(event) {
    const before = fingers.get(event.pointerId);
    if (!before) return;
    const now = place(event);
    slipped += Math.abs(event.movementX) + Math.abs(event.movementY);
    if (fingers.size === 2) {
      const apart = spread();
      fingers.set(event.pointerId, now);
      const [one, other] = [...fingers.values()];
      if (apart) zoom(spread() / apart, (one[0] + other[0]) / 2, (one[1] + other[1]) / 2);
    } else if (scale > 1 && slipped > SLIP) {
      fingers.set(event.pointerId, now);
      // Only now: a link that is pressed without moving has to get its click.
      map.setPointerCapture(event.pointerId);
      move(before[0] - now[0], before[1] - now[1]);
    }
  }

  function up(event) {
    fingers.delete(event.pointerId);
  }

  map.tabIndex = 0;
  buttons.hidden = false;
  buttons.addEventListener("click", (event) => {
    const wanted = { closer: "+", wider: "-", whole: "0" }[event.target.name];
    if (!wanted) return;
    keys[wanted]();
    // A button that has just been switched off would lose the place of the keyboard.
    if (event.target.disabled) map.focus({ preventScroll: true });
  });
  buttons.addEventListener("keydown", press);
  map.addEventListener("keydown", press);
  map.addEventListener("pointerdown", down);
  map.addEventListener("pointermove", drag);
  for (const end of ["pointerup", "pointercancel", "pointerleave"]) map.addEventListener(end, up);
  map.addEventListener("click", (event) => { if (slipped > SLIP && scale > 1) event.preventDefault(); }, true);
  map.addEventListener("dragstart", (event) => event.preventDefault());
  map.addEventListener("wheel", (event) => {
    if (!event.ctrlKey) return;
    event.preventDefault();
    // A wheel turns by notches, two fingers on a trackpad by a little many times.
    const turned = event.deltaMode === WheelEvent.DOM_DELTA_PIXEL ? event.deltaY : event.deltaY * LINE;
    zoom(Math.min(Math.max(Math.exp(-turned / 100), 1 / STEP), STEP), ...place(event));
  }, { passive: false });
  // Paper shows all of it.
  window.addEventListener("beforeprint", () => show(1, 0, 0));
  show(1, 0, 0);
}
