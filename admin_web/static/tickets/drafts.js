// What is typed on a ticket is kept in this tab until the server has taken it: a session may end meanwhile, or the network.
const KEPT = "liren.ticket.draft";

function keyOf(form, who) {
  return `${KEPT}.${who}.${new URL(form.action).pathname}`;
}

function write(key, draft) {
  try {
    if (draft) sessionStorage.setItem(key, JSON.stringify(draft));
    else sessionStorage.removeItem(key);
  } catch {
    // No room, or storage is switched off: the words are still in the field.
  }
}

function read(key) {
  try {
    return JSON.parse(sessionStorage.getItem(key));
  } catch {
    return null;
  }
}

/** `done`: the verb that the page says was done just now, "" for none. */
export function keepDrafts(forms, { who, done, tell }) {
  for (const form of forms) {
    const { text, choice } = form.elements;
    if (!text) continue;
    const key = keyOf(form, who);
    const draft = read(key);
    const verb = key.slice(key.lastIndexOf("/") + 1);
    if (draft?.sent && [verb, `${verb}_asked`].includes(done)) {
      write(key, null);
    } else if (draft && !text.value) {
      text.value = draft.text;
      if (choice && draft.choice) choice.value = draft.choice;
      form.closest("details").open = true;
      tell(form);
    }
    const keep = (sent) =>
      write(key, text.value.trim() ? { text: text.value, choice: choice?.value ?? "", sent } : null);
    form.addEventListener("input", () => keep(false));
    form.addEventListener("submit", () => keep(true));
  }
}
