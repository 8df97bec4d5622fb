// The time left goes on while the page is open. The server says the same words: `admin_web/work_times.py`.
import { say } from "./words.js";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

// A sandbox may have pushed its clock: the page counts on from what the server said, by how long it has been open.
const openedAt = performance.now();

function sayTime(span) {
  if (span < MINUTE) {
    return say("moment");
  }
  const d = Math.floor(span / DAY);
  const h = Math.floor((span % DAY) / HOUR);
  const m = Math.floor((span % HOUR) / MINUTE);
  if (d) {
    return h ? say("days", { d, h }) : say("day", { d });
  }
  if (h) {
    return m ? say("hours", { h, m }) : say("hour", { h });
  }
  return say("minutes", { m });
}

function show(each, now) {
  const due = Date.parse(each.dataset.due);
  const isLate = now >= due;
  each.textContent = say(isLate ? "late" : "left", { span: sayTime(Math.abs(due - now)) });
  const band = isLate ? "late" : now >= Date.parse(each.dataset.soon) ? "soon" : "calm";
  const holder = each.closest(".work-late, .work-soon, .work-calm");
  holder?.classList.remove("work-late", "work-soon", "work-calm");
  holder?.classList.add(`work-${band}`);
}

export function startClock(serverNow) {
  const began = Date.parse(serverNow);
  const clocks = document.querySelectorAll("[data-due]");
  const showAll = () => clocks.forEach((each) => show(each, began + performance.now() - openedAt));
  setInterval(showAll, MINUTE / 2);
}
