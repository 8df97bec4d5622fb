// The bar at the bottom of a phone: one tier at a time, or the tickets.

import { fill, find, make } from "./dom.js";

const TICKETS = "tickets";

/** `tiers`: {name, label}, lowest first. `onShow(name)` after each change. */
export function makeTabbar(tiers, onShow) {
  const tabs = [...tiers, { name: TICKETS, label: "工单" }];
  const buttons = new Map(tabs.map((tab, index) => [tab.name, makeTab(tab, index, tiers.length, () => show(tab.name))]));
  const show = (name) => {
    document.body.dataset.showing = name;
    buttons.forEach((button, each) => button.setAttribute("aria-current", each === name ? "page" : "false"));
    if (name !== TICKETS) mark(name, "");
    onShow(name);
  };
  const mark = (name, text) => {
    const dot = find(".bar-dot", buttons.get(name));
    dot.textContent = text;
    dot.hidden = !text;
  };
  fill(find("#tabbar"), ...buttons.values());
  return { show, mark, isShowing: (name) => document.body.dataset.showing === name };
}

function makeTab({ name, label }, index, count, onclick) {
  return make("button", { type: "button", class: "bar-tab", onclick },
    name === TICKETS ? makeSheetIcon() : makeStairsIcon(index, count),
    make("span", {}, label), make("span", { class: "bar-dot", hidden: true }));
}

/** Stairs with one step for each tier, this one filled. */
function makeStairsIcon(index, count) {
  const steps = Array.from({ length: count }, (_, step) => make("i", { class: step === index ? "is-here" : "" }));
  return make("span", { class: "icon icon-stairs", "aria-hidden": "true" }, ...steps);
}

const makeSheetIcon = () => make("span", { class: "icon icon-sheet", "aria-hidden": "true" }, make("i"), make("i"), make("i"));
