// Talks to the server. A refusal is a Problem whose message can be shown as it is.

const ROOT = "/api/v1/sandbox";

export class Problem extends Error {
  constructor(message, status) {
    super(message);
    this.status = status;
  }
}

async function ask(path, options = {}) {
  let response;
  try {
    response = await fetch(ROOT + path, options);
  } catch {
    throw new Problem("连不上服务，请稍后再试。", 0);
  }
  const body = await response.json().catch(() => ({}));
  if (!response.ok) throw new Problem(body.detail || "出了点问题，请稍后再试。", response.status);
  return body;
}

const post = (path, body) =>
  ask(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });

export const getTree = ({ node = "", words = "" } = {}) => ask(`/groups?${new URLSearchParams({ node, q: words })}`);
export const getLines = (chat, after = 0) => ask(`/groups/${encodeURIComponent(chat)}/messages?after=${after}`);
export const getTickets = (node) => ask(`/tickets?${new URLSearchParams({ node })}`);
export const getClock = () => ask("/clock");
export const pushClock = (forward) => post("/clock", { forward });
export const say = (message) => post("/messages", message);
export const EVENTS = `${ROOT}/events`;
