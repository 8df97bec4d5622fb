// What could not be sent waits in the browser's own database, pictures and all, and goes out when the network is back.
import { WORKER } from "./words.js";

const NAME = "liren-work";
const STORE = "waiting";

function open() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: "once" });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

async function inStore(mode, ask) {
  const database = await open();
  try {
    return await new Promise((resolve, reject) => {
      const request = ask(database.transaction(STORE, mode).objectStore(STORE));
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  } finally {
    database.close();
  }
}

/** `sending` is { once, url, draft, fields: [[name, value]], at }; a value may be a Blob. */
export function putInQueue(sending) {
  return inStore("readwrite", (store) => store.put({ ...sending, worker: WORKER }));
}

export function takeFromQueue(once) {
  return inStore("readwrite", (store) => store.delete(once));
}

/** The oldest first; only this worker's. */
export async function listQueue() {
  const all = await inStore("readonly", (store) => store.getAll());
  return all.filter((each) => each.worker === WORKER).sort((a, b) => a.at - b.at);
}
