// The virtual clock in the bar, and the buttons that push it.

import { getClock, pushClock } from "./api.js";
import { find } from "./dom.js";
import { sayDay, sayTime, sayWeekday } from "./times.js";
import { toast } from "./toast.js";

let ahead = 0;
const listeners = new Set();

/** The virtual time just now. */
export const virtualNow = () => new Date(Date.now() + ahead);

/** Calls `listener(now)` every second, until the returned function is called. */
export function onTick(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function setClock(clock) {
  ahead = new Date(clock.now).getTime() - Date.now();
  show();
}

function show() {
  const now = virtualNow();
  find("#clock-day").textContent = `${sayDay(now)} ${sayWeekday(now)}`;
  find("#clock-time").textContent = sayTime(now);
  find("#clock-time").dateTime = now.toISOString();
  listeners.forEach((listener) => listener(now));
}

async function push(button) {
  const buttons = document.querySelectorAll("[data-forward]");
  buttons.forEach((each) => (each.disabled = true));
  button.classList.add("is-busy");
  try {
    const clock = await pushClock(button.dataset.forward);
    setClock(clock);
    announce(clock);
  } catch (problem) {
    toast(problem.message);
  } finally {
    buttons.forEach((each) => (each.disabled = false));
    button.classList.remove("is-busy");
  }
}

/** The new time lights up, and is said to those who do not see it. */
function announce(clock) {
  const face = find("#clock-time");
  face.classList.remove("is-fresh");
  void face.offsetWidth;
  face.classList.add("is-fresh");
  find("#clock-heard").textContent = `现在是 ${clock.local}`;
  fold(false);
}

function fold(isOpen) {
  find("#clock").classList.toggle("is-open", isOpen);
  find("#clock-face").setAttribute("aria-expanded", String(isOpen));
}

export async function startClock() {
  document.querySelectorAll("[data-forward]").forEach((button) => button.addEventListener("click", () => push(button)));
  find("#clock-face").addEventListener("click", () => fold(!find("#clock").classList.contains("is-open")));
  document.addEventListener("click", (event) => event.target.closest("#clock") || fold(false));
  document.addEventListener("keydown", (event) => event.key === "Escape" && fold(false));
  setInterval(show, 1000);
  setClock(await getClock());
}
