// What is typed is kept on the phone, one draft for each form, until the server has taken it.
import { WORKER } from "./words.js";

const KEPT = "liren.work.draft";
const FIELDS = "textarea, input:not([type=hidden], [type=file]), select";

function keyOf(form) {
  return `${KEPT}.${WORKER}.${form.dataset.draft}`;
}

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

function read(form) {
  try {
    return JSON.parse(localStorage.getItem(keyOf(form)));
  } catch {
    return null;
  }
}

export function keepDraft(form) {
  if (!form.dataset.draft) {
    return;
  }
  const values = valuesOf(form);
  // The key goes with the words: what was sent and never answered is the same form when it is sent again.
  const kept = { values, once: form.elements.once.value };
  try {
    if (values.text?.trim()) {
      localStorage.setItem(keyOf(form), JSON.stringify(kept));
    } else {
      localStorage.removeItem(keyOf(form));
    }
  } catch {
    // No room, or storage is switched off: the words are still in the field.
  }
}

export function dropDraft(form) {
  if (form.dataset.draft) {
    localStorage.removeItem(keyOf(form));
  }
}

/** Puts back what was typed before; true when there was something. What the server sent back goes first. */
export function restoreDraft(form) {
  const text = form.elements.text;
  const kept = form.dataset.draft && text && !text.value ? read(form) : null;
  if (!kept) {
    return false;
  }
  fill(form, kept.values);
  form.elements.once.value = kept.once;
  return true;
}

/** A sending that was refused later goes back to where it was typed. */
export function returnDraft(draft, values, once) {
  if (draft && values.text) {
    localStorage.setItem(`${KEPT}.${WORKER}.${draft}`, JSON.stringify({ values, once }));
  }
}
