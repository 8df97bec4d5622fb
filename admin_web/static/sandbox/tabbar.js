// The bar at the bottom of a phone: one tier at a time, or the tickets.

import { fill, find, make } from "./dom.js";

const ICONS = { tickets: "单" };

/** `tiers`: {name, label}. `onShow(name)` after each change. Returns {show(name), mark(name, text)}. */
export function makeTabbar(tabs, onShow) {
  const buttons = new Map(
    tabs.map(({ name, label }) => [name, make("button", { type: "button", class: `bar-tab bar-${name}`, onclick: () => show(name) },
      make("span", { class: "bar-dot", "aria-hidden": "true" }), make("span", {}, label))]));
  const show = (name) => {
    document.body.dataset.showing = name;
    buttons.forEach((button, each) => button.setAttribute("aria-current", each === name ? "page" : "false"));
    mark(name, "");
    onShow(name);
  };
  const mark = (name, text) => {
    const dot = buttons.get(name)?.firstChild;
    if (dot) dot.textContent = text;
  };
  fill(find("#tabbar"), ...buttons.values());
  return { show, mark, isShowing: (name) => document.body.dataset.showing === name };
}
