// Who may speak in a window: residents, staff, and nicknames that the reader made up (kept in this browser).

import { find } from "./dom.js";

const SHELF = "liren-sandbox-nicknames";

function readShelf() {
  try {
    return JSON.parse(localStorage.getItem(SHELF)) || {};
  } catch {
    return {};
  }
}

/** Nicknames that were made up for this place. */
export const listNicknames = (node) => (readShelf()[node] || []).map((name) => speakerOf(node, name));

const speakerOf = (node, name) => ({ id: `${node}-${name}`.slice(0, 100), name, role: "" });

function keepNickname(node, name) {
  const shelf = readShelf();
  shelf[node] = [name, ...(shelf[node] || []).filter((each) => each !== name)].slice(0, 8);
  try {
    localStorage.setItem(SHELF, JSON.stringify(shelf));
  } catch {
    // Without storage the nickname lasts as long as the page.
  }
}

const placeOf = (chat) => `liren-sandbox-speaker:${chat.group.id || chat.node}`;

/** Remembers who speaks in this window, for this tab. */
export function keepSpeaker(chat, speaker) {
  try {
    sessionStorage.setItem(placeOf(chat), JSON.stringify(speaker));
  } catch {
    // Then the first one speaks again after a reload.
  }
}

export function recallSpeaker(chat) {
  try {
    return JSON.parse(sessionStorage.getItem(placeOf(chat)));
  } catch {
    return null;
  }
}

/** Asks for a nickname; the new speaker, or null when the reader thought better of it. */
export function askNickname(node) {
  const dialog = find("#nickname");
  const words = find("#nickname-words");
  words.value = "";
  dialog.returnValue = "";
  dialog.showModal();
  find("#nickname-cancel").onclick = () => dialog.close();
  return new Promise((resolve) => {
    dialog.addEventListener(
      "close",
      () => {
        const name = words.value.trim();
        if (dialog.returnValue !== "ok" || !name) return resolve(null);
        keepNickname(node, name);
        resolve(speakerOf(node, name));
      },
      { once: true },
    );
  });
}

/** “陈杰（楼栋长）”, “1-201” */
export const sayName = ({ name, role }) => (role ? `${name}（${role}）` : name);
