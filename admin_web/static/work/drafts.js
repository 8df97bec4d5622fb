// What is typed and photographed is kept on the phone, one draft for each form, until the server has taken it.
import { picturesOf, putPictures } from "./camera.js";
import { inStore } from "./phone_store.js";
import { WORKER } from "./words.js";

const OURS = `liren.work.draft.${WORKER}.`;
const SHOTS = "shots";
const FIELDS = "textarea, input:not([type=hidden], [type=file]), select";

const keyOf = (form) => OURS + form.dataset.draft;

function valuesOf(form) {
  const values = {};
  for (const field of form.querySelectorAll(FIELDS)) {
    if (field.type === "radio") {
      if (field.checked) {
        values[field.name] = field.value;
      }
    } else {
      values[field.name] = field.value;
    }
  }
  return values;
}

function fill(form, values) {
  for (const field of form.querySelectorAll(FIELDS)) {
    const value = values[field.name];
    if (value === undefined) {
      continue;
    }
    if (field.type === "radio") {
      field.checked = field.value === value;
    } else {
      field.value = value;
    }
  }
}

function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}

/** Those of the form with this key of its own; never those of one that was sent meanwhile. */
async function readShots(key, once) {
  const found = await inStore(SHOTS, "readonly", (store) => store.get(key)).catch(() => null);
  return found?.once === once ? found.pictures : [];
}

function writeShots(key, pictures, once = "") {
  const ask = (store) => (pictures.length ? store.put({ key, once, pictures }) : store.delete(key));
  // No room, or storage is switched off: they are still in the form.
  return inStore(SHOTS, "readwrite", ask).catch(() => {});
}

function listKeys() {
  try {
    return Object.keys(localStorage);
  } catch {
    return [];
  }
}

function joined(...texts) {
  return texts.map((each) => each?.trim()).filter(Boolean).join("\n");
}

export function keepDraft(form) {
  if (!form.dataset.draft) {
    return;
  }
  const values = valuesOf(form);
  // The key goes with the words: what was sent and never answered is the same form when it is sent again.
  const kept = { values, once: form.elements.once.value };
  try {
    if (values.text?.trim() || picturesOf(form).length) {
      localStorage.setItem(keyOf(form), JSON.stringify(kept));
    } else {
      localStorage.removeItem(keyOf(form));
    }
  } catch {
    // No room, or storage is switched off: the words are still in the field.
  }
}

/** Cheap phones end the page while the camera is open. */
export async function keepShots(form) {
  if (form.dataset.draft) {
    keepDraft(form);
    await writeShots(keyOf(form), picturesOf(form), form.elements.once.value);
  }
}

async function forget(key) {
  localStorage.removeItem(key);
  await writeShots(key, []);
}

export async function dropDraft(form) {
  if (form.dataset.draft) {
    await forget(keyOf(form));
  }
}

/** Puts back what was there before; true when there was something. What the server sent back goes first. */
export async function restoreDraft(form) {
  const text = form.elements.text;
  const kept = form.dataset.draft && text && !text.value ? read(keyOf(form)) : null;
  if (!kept) {
    return false;
  }
  fill(form, kept.values);
  form.elements.once.value = kept.once;
  putPictures(form, await readShots(keyOf(form), kept.once));
  return true;
}

async function addToForm(form, text, pictures) {
  form.elements.text.value = joined(text, form.elements.text.value);
  putPictures(form, pictures);
  form.elements.text.dispatchEvent(new Event("input", { bubbles: true }));
  await keepShots(form);
}

/** A sending that was refused later goes back to where it was typed, before what has been typed there since. */
export async function returnDraft(draft, fields, once) {
  const pictures = fields.map(([, value]) => value).filter((each) => each instanceof Blob);
  const values = Object.fromEntries(fields.filter(([, value]) => typeof value === "string"));
  if (!draft || !(values.text || pictures.length)) {
    return;
  }
  const form = document.querySelector(`form[data-draft="${CSS.escape(draft)}"]`);
  if (form?.elements.text) {
    await addToForm(form, values.text, pictures);
    return;
  }
  const since = read(OURS + draft);
  const key = OURS + draft;
  const kept = {
    values: { ...values, ...since?.values, text: joined(values.text, since?.values.text) },
    once: since?.once ?? once,
  };
  await writeShots(key, [...pictures, ...(await readShots(key, kept.once))], kept.once);
  localStorage.setItem(key, JSON.stringify(kept));
}

/** Every draft of this worker: { draft: "1001:resolve", text, pictures }. */
export async function listDrafts() {
  const keys = listKeys().filter((each) => each.startsWith(OURS)).sort();
  return Promise.all(
    keys.map(async (key) => {
      const { values, once } = read(key) ?? { values: {} };
      return { draft: key.slice(OURS.length), text: values.text ?? "", pictures: await readShots(key, once) };
    }),
  );
}

export function forgetDraft(draft) {
  return forget(OURS + draft);
}

/** What was written for something that this ticket's page no longer offers becomes a note; true when there was any. */
export async function takeOverDrafts(form) {
  const [number] = form.dataset.draft.split(":");
  let isTaken = false;
  for (const { draft, text, pictures } of await listDrafts()) {
    const [of, verb] = draft.split(":");
    const way = `/work/tickets/${number}/${verb}`;
    if (of === number && !document.querySelector(`[href="${way}"], form[action="${way}"]`)) {
      await addToForm(form, text, pictures);
      await forgetDraft(draft);
      isTaken = true;
    }
  }
  return isTaken;
}
