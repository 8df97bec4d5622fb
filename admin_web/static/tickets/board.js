// The board under the hand: how many are chosen, time left as it goes by, and the keyboard.
import { keepTime } from "./time.js";

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

const keys = {
  j: () => step(1),
  k: () => step(-1),
  x: choose,
  "/": () => document.getElementById("q").focus(),
  "?": () => document.getElementById("keys").showModal(),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (isTyping(event.target) || document.querySelector("dialog[open]")) return;
  const act = keys[event.key];
  if (act) {
    event.preventDefault();
    act();
  }
});

form?.addEventListener("change", showChosen);
// The browser keeps what was chosen when one comes back to the page.
addEventListener("pageshow", showChosen);
showChosen();
keepTime(document.getElementById("tickets"));
