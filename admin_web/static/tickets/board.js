// The board under the hand: how many are chosen, time left as it goes by, and the keyboard.
import { keepTime } from "./time.js";
import { rememberBoard } from "./way_back.js";

const form = document.getElementById("bulk");
const bar = document.getElementById("bulk-bar");
const rows = [...document.querySelectorAll(".ticket")];

function showChosen() {
  if (!bar) return;
  const chosen = form.querySelectorAll("[name=number]:checked").length;
  bar.classList.toggle("is-in-use", chosen > 0);
  bar.classList.toggle("is-idle", chosen === 0);
  bar.querySelector(".bulk-count").textContent = form.dataset.chosen.replace("{n}", chosen);
}

function isTyping(target) {
  return target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]") !== null;
}

function step(by) {
  const here = rows.findIndex((row) => row.contains(document.activeElement));
  const next = here < 0 ? (by > 0 ? 0 : rows.length - 1) : here + by;
  rows[Math.max(0, Math.min(rows.length - 1, next))]?.querySelector(".ticket-what").focus();
}

function choose() {
  const row = rows.find((each) => each.contains(document.activeElement));
  row?.querySelector("[name=number]")?.click();
}

function act() {
  const isIdle = bar?.classList.contains("is-idle") ?? true;
  if (!isIdle) bar.querySelector("select, button").focus();
}

function showKeys() {
  document.getElementById("keys").showModal();
}

const keys = {
  j: () => step(1),
  k: () => step(-1),
  x: choose,
  b: act,
  "/": () => document.getElementById("q").focus(),
  "?": showKeys,
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (isTyping(event.target) || document.querySelector("dialog[open]")) return;
  const meant = keys[event.key];
  if (meant) {
    event.preventDefault();
    meant();
  }
});

form?.addEventListener("change", showChosen);
// The browser keeps what was chosen when one comes back to the page.
addEventListener("pageshow", showChosen);
showChosen();
const help = document.getElementById("keys-help");
help.hidden = false;
help.addEventListener("click", showKeys);
rememberBoard();
keepTime(document.getElementById("tickets"));
