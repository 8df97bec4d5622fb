// One short sentence at the bottom, for a few seconds.

import { find } from "./dom.js";

let timer = 0;

export function toast(text) {
  const place = find("#toast");
  place.textContent = text;
  place.hidden = false;
  clearTimeout(timer);
  timer = setTimeout(() => (place.hidden = true), 4000);
}
