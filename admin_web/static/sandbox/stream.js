// What happens, live; while the stream is away, the windows are asked every few seconds.
// A tab out of sight lets its stream go: a browser has only six connections to one host.

import { EVENTS } from "./api.js";
import { find } from "./dom.js";

const PATIENCE = 2500;
const POLL = 3000;
const AGAIN = 5000;

/** Calls `onLine(line)`, `onClock(clock)`, `onCleared()`, and `onCatchUp()` when something may have been missed. */
export function watch({ onLine, onClock, onCleared, onCatchUp }) {
  let source = null;
  const absence = makeAbsence(onCatchUp);

  const open = () => {
    source?.close();
    source = new EventSource(EVENTS);
    source.addEventListener("open", () => {
      absence.end();
      onCatchUp();
    });
    source.addEventListener("line", (event) => onLine(JSON.parse(event.data)));
    source.addEventListener("cleared", onCleared);
    source.addEventListener("clock", (event) => onClock(JSON.parse(event.data)));
    source.addEventListener("error", (event) => {
      absence.begin();
      // A refused stream does not come back by itself, one that only ended does.
      if (event.target.readyState === EventSource.CLOSED) setTimeout(() => event.target === source && open(), AGAIN);
    });
  };
  const close = () => {
    source?.close();
    source = null;
    absence.end();
  };

  document.addEventListener("visibilitychange", () => (document.hidden ? close() : open()));
  addEventListener("pagehide", close);
  addEventListener("pageshow", (event) => event.persisted && open());
  if (!document.hidden) open();
}

/** A stream that comes back soon is not worth a word. */
function makeAbsence(onCatchUp) {
  let patience = 0;
  let poll = 0;
  return {
    begin() {
      patience ||= setTimeout(() => {
        find("#offline").hidden = false;
        poll = setInterval(onCatchUp, POLL);
      }, PATIENCE);
    },
    end() {
      clearTimeout(patience);
      clearInterval(poll);
      patience = poll = 0;
      find("#offline").hidden = true;
    },
  };
}
