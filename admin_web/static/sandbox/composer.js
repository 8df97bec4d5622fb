// The input of a window: as whom, with or without @里仁, words, a picture.

import { find, make } from "./dom.js";
import { shrink } from "./picture.js";
import { askNickname, keepSpeaker, listNicknames, recallSpeaker, sayName } from "./speakers.js";
import { toast } from "./toast.js";

const ANOTHER = "+";
const LONGEST = 4000;
const MENTIONED = /[@＠]\s?(里仁|小里|机器人|liren|bot)/i;

export function makeComposer(chat) {
  const { group, node } = chat;
  const state = { speaker: recallSpeaker(chat) || group.speakers[0], picture: null, unread: new Set() };
  const isTalk = ["residents", "owners"].includes(group.kind);

  const { label: speakers, markUnread } = makeSpeakers(chat, state);
  const mention = make("button", { type: "button", class: "chip mention-chip", "aria-pressed": String(isTalk), title: "提到机器人，它才会读", hidden: chat.isPrivate }, "@里仁");
  const file = make("input", { type: "file", accept: "image/png,image/jpeg,image/webp", class: "only-heard", tabindex: "-1", "aria-hidden": "true" });
  const attach = make("button", { type: "button", class: "chip attach-chip", "aria-label": "加一张图片", title: "加一张图片", onclick: () => file.click() }, "图片");
  const words = make("textarea", { class: "words", rows: "1", maxlength: String(LONGEST), enterkeyhint: "send", "aria-label": `在${group.name}说`, placeholder: "说点什么…" });
  const button = make("button", { type: "submit", class: "send" }, "发送");
  const form = make("form", { class: "composer" },
    make("div", { class: "composer-tools" }, speakers, mention, attach, file),
    make("div", { class: "composer-row" }, words, button));

  const isMentioning = () => !chat.isPrivate && mention.getAttribute("aria-pressed") === "true";
  const grow = () => {
    words.style.height = "auto";
    words.style.height = `${Math.min(words.scrollHeight + 2, 132)}px`;
    button.disabled = !words.value.trim() && !state.picture;
  };
  const dropPicture = () => {
    state.picture = null;
    attach.textContent = "图片";
    attach.classList.remove("is-on");
    file.value = "";
  };
  const submit = () => {
    const said = words.value.trim();
    if (!said && !state.picture) return;
    const text = isMentioning() && !MENTIONED.test(said) ? `@里仁 ${said}`.trim() : said;
    chat.send({ text, ...(isMentioning() ? { mention: true } : {}), ...(state.picture ? { picture: state.picture } : {}) });
    words.value = "";
    dropPicture();
    grow();
  };

  mention.addEventListener("click", () => {
    mention.setAttribute("aria-pressed", String(!isMentioning()));
    words.focus();
  });
  words.addEventListener("input", grow);
  words.addEventListener("keydown", (event) => {
    // 229: the key belongs to an input method that is choosing characters (Safari ends composing before the key).
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    submit();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    submit();
    words.focus();
  });
  file.addEventListener("change", async () => {
    if (!file.files.length) return;
    try {
      state.picture = await shrink(file.files[0]);
      attach.textContent = "图片 ✓";
      attach.classList.add("is-on");
      grow();
    } catch {
      toast("这张图片打不开，换一张试试。");
    }
  });
  grow();

  return {
    element: form,
    markUnread,
    get speaker() {
      return state.speaker;
    },
    get isBusy() {
      return words.value !== "" || form.contains(document.activeElement);
    },
    suggest(text) {
      words.value = text;
      mention.setAttribute("aria-pressed", "true");
      grow();
      words.focus();
    },
  };
}

function makeSpeakers(chat, state) {
  const { group, node } = chat;
  const list = () => [...group.speakers, ...(canAdd ? listNicknames(node) : [])];
  const canAdd = group.speakers.some((each) => !each.role);
  const select = make("select", { class: "speaker", "aria-label": `在${group.name}以谁的身份说` });
  const refill = () => {
    select.replaceChildren(
      ...list().map((each) => make("option", { value: each.id }, state.unread.has(each.id) ? `● ${sayName(each)}` : sayName(each))),
      ...(canAdd ? [make("option", { value: ANOTHER }, "＋ 换个昵称…")] : []));
    select.value = state.speaker.id;
  };
  const become = (speaker) => {
    state.speaker = speaker;
    state.unread.delete(speaker.id);
    keepSpeaker(chat, speaker);
    refill();
    if (chat.isPrivate) chat.load().catch((problem) => toast(problem.message));
    else chat.show();
  };
  select.addEventListener("change", async () => {
    const chosen = select.value === ANOTHER ? await askNickname(node) : list().find((each) => each.id === select.value);
    become(chosen || state.speaker);
  });
  refill();
  return {
    label: make("label", { class: "speaker-label" }, "以", select, "说"),
    /** Whether this person is one of those who speak here. */
    markUnread(id) {
      const isKnown = list().some((each) => each.id === id);
      if (isKnown) state.unread.add(id);
      refill();
      return isKnown;
    },
  };
}
