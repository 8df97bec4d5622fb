// Sends forms, now or when the network is back. A form has a key: however often it is sent, it is done once.
import { picturesOf } from "./camera.js";
import { dropDraft, keepDraft, returnDraft } from "./drafts.js";
import { post } from "./posting.js";
import { listQueue, putInQueue, takeFromQueue } from "./queue.js";
import { hush, say, tell } from "./words.js";

const AGAIN_EVERY = 20_000;

function fieldsOf(form) {
  const fields = [...new FormData(form)].filter(([name]) => name !== "csrf" && name !== "picture");
  return [...fields, ...picturesOf(form).map((blob) => ["picture", blob])];
}

function isNetworkFault(response) {
  return response.status === 502 || response.status === 503 || response.status === 504;
}

/** Not our fault, and not the last word: what waits goes on waiting. */
function isPassing(response) {
  return response.status >= 500 || response.status === 429;
}

/** Words and pictures are safe elsewhere now; the form is as new, with a key of its own. */
async function letGo(form) {
  await dropDraft(form);
  form.dispatchEvent(new CustomEvent("let-go"));
}

async function wait(form, sending, news = { text: say("offline"), kind: "offline" }) {
  await putInQueue(sending);
  await letGo(form);
  tell(news.text, news);
}

/** The session is over; the page itself leads to the door and back. */
function askIn() {
  return { text: say("again"), kind: "bad", href: location.pathname, label: say("enter") };
}

function complain(form, text) {
  const place = form.querySelector("[data-error]");
  if (!place) {
    tell(text, { kind: "bad" });
    return;
  }
  place.textContent = text;
  place.hidden = false;
  place.scrollIntoView({ block: "center" });
}

async function send(form) {
  const fields = fieldsOf(form);
  const sending = {
    once: form.elements.once.value,
    url: form.action,
    draft: form.dataset.draft ?? "",
    fields,
    at: Date.now(),
  };
  let response;
  try {
    response = await post(form.action, fields);
  } catch {
    await wait(form, sending);
    return;
  }
  if (isNetworkFault(response)) {
    await wait(form, sending);
  } else if (response.status === 401) {
    await wait(form, sending, askIn());
  } else {
    await finish(form, response);
  }
}

async function finish(form, response) {
  const answer = await response.json().catch(() => ({}));
  if (response.ok && answer.next) {
    // Who comes back by the back button finds an empty form, and what they write then is another thing.
    await letGo(form);
    location.assign(answer.next);
    return;
  }
  complain(form, answer.error ?? answer.detail ?? say("retry"));
}

export function startSending(form) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (form.dataset.busy) {
      return;
    }
    form.dataset.busy = "yes";
    const button = event.submitter ?? form.querySelector("[type=submit]");
    const label = button.textContent;
    button.textContent = say("sending");
    button.setAttribute("aria-disabled", "true");
    keepDraft(form);
    try {
      await send(form);
    } catch {
      complain(form, say("retry"));
    } finally {
      button.textContent = label;
      button.removeAttribute("aria-disabled");
      delete form.dataset.busy;
    }
  });
}

let isResending = false;

/** Sends what waits, oldest first; stops at the first that finds no network. */
async function sendAgain() {
  if (isResending || navigator.onLine === false) {
    return;
  }
  isResending = true;
  try {
    const waiting = await listQueue();
    let sent = 0;
    for (const each of waiting) {
      const response = await post(each.url, each.fields, { inBackground: true });
      if (isPassing(response)) {
        break;
      }
      if (response.status === 401) {
        const { text, ...how } = askIn();
        tell(text, how);
        return;
      }
      if (response.ok) {
        sent += 1;
      } else {
        await refuse(each, response);
      }
      await takeFromQueue(each.once);
    }
    await tellQueue(sent);
  } catch {
    await tellQueue(0);
  } finally {
    isResending = false;
  }
}

async function refuse(each, response) {
  const answer = await response.json().catch(() => ({}));
  await returnDraft(each.draft, each.fields, each.once);
  tell(say("refused", { why: answer.error ?? answer.detail ?? say("retry") }), { kind: "bad", href: each.url });
}

async function tellQueue(sent) {
  const left = (await listQueue()).length;
  if (left) {
    tell(say("queued", { n: left }), { kind: "offline" });
  } else if (sent) {
    tell(say("sent"), { kind: "sent", href: location.pathname });
  } else {
    hush("offline");
  }
}

export function startQueue() {
  window.addEventListener("online", sendAgain);
  document.addEventListener("visibilitychange", () => document.hidden || sendAgain());
  setInterval(async () => (await listQueue()).length && sendAgain(), AGAIN_EVERY);
  sendAgain();
}
