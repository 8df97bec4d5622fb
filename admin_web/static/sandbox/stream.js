// What happens, live; while the stream is away, the windows are asked every few seconds.

import { EVENTS } from "./api.js";
import { find } from "./dom.js";

const PATIENCE = 2500;
const POLL = 3000;
const AGAIN = 5000;

/** Calls `onLine(line)`, `onClock(clock)`, and `onCatchUp()` when something may have been missed. */
export function watch({ onLine, onClock, onCatchUp }) {
  let poll = 0;
  let patience = 0;

  const away = () => {
    find("#offline").hidden = false;
    if (!poll) poll = setInterval(onCatchUp, POLL);
  };
  const back = () => {
    clearTimeout(patience);
    clearInterval(poll);
    patience = poll = 0;
    find("#offline").hidden = true;
  };

  const open = () => {
    const source = new EventSource(EVENTS);
    source.addEventListener("open", () => {
      back();
      onCatchUp();
    });
    source.addEventListener("line", (event) => onLine(JSON.parse(event.data)));
    source.addEventListener("clock", (event) => onClock(JSON.parse(event.data)));
    source.addEventListener("error", () => {
      // A stream that only ended comes back by itself within a second.
      if (!patience) patience = setTimeout(away, PATIENCE);
      if (source.readyState === EventSource.CLOSED) setTimeout(open, AGAIN);
    });
    addEventListener("pagehide", () => source.close(), { once: true });
  };
  open();
}
