// What could not be sent waits on the phone, pictures and all, and goes out when the network is back.
import { inStore } from "./phone_store.js";
import { WORKER } from "./words.js";

const WAITING = "waiting";

/** `sending` is { once, url, draft, fields: [[name, value]], at }; a value may be a Blob. */
export function putInQueue(sending) {
  return inStore(WAITING, "readwrite", (store) => store.put({ ...sending, worker: WORKER }));
}

export function takeFromQueue(once) {
  return inStore(WAITING, "readwrite", (store) => store.delete(once));
}

/** The oldest first; only this worker's. */
export async function listQueue() {
  const all = await inStore(WAITING, "readonly", (store) => store.getAll());
  return all.filter((each) => each.worker === WORKER).sort((a, b) => a.at - b.at);
}
