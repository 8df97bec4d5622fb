// One form on its way to the server, with the token of the session that is open now.
import { WORKER } from "./words.js";

const PATIENCE = 45_000;

let csrf = document.body.dataset.csrf;

/** What the list says of who is signed in now; empty for nobody. */
async function askWhoIsIn() {
  const headers = { Accept: "text/html", "Liren-Background": "1" };
  const response = await fetch("/work", { headers, signal: AbortSignal.timeout(PATIENCE) });
  return new DOMParser().parseFromString(await response.text(), "text/html").body.dataset;
}

function takeToken(fresh) {
  csrf = fresh;
  for (const field of document.querySelectorAll("input[name=csrf]")) {
    field.value = fresh;
  }
}

function send(url, fields, inBackground) {
  const body = new FormData();
  for (const [name, value] of fields) {
    if (value instanceof Blob) {
      body.append(name, value, "picture.jpg");
    } else {
      body.append(name, value);
    }
  }
  const headers = { Accept: "application/json", "X-CSRF-Token": csrf };
  if (inBackground) {
    headers["Liren-Background"] = "1";
  }
  return fetch(url, { method: "POST", body, headers, signal: AbortSignal.timeout(PATIENCE) });
}

/** The answer. A page that is older than the session, since they signed in again in another tab, goes on with that one;
 *  401 where nobody is signed in by now, or somebody else. */
export async function post(url, fields, { inBackground = false } = {}) {
  const response = await send(url, fields, inBackground);
  if (response.status !== 403) {
    return response;
  }
  const now = await askWhoIsIn();
  if (now.worker !== WORKER) {
    return new Response(null, { status: 401 });
  }
  if (now.csrf === csrf) {
    return response;
  }
  takeToken(now.csrf);
  return send(url, fields, inBackground);
}
