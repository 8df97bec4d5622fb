// The editor of the file: marks problems as one types, completes, and saves the draft by itself. The textarea below it
// stays the form's own field, so that sending the form is the same with and without this script.
import {
  EditorState, EditorView, keymap, lineNumbers, highlightActiveLine, highlightActiveLineGutter, drawSelection,
  highlightSpecialChars, defaultKeymap, history, historyKeymap, indentWithTab, HighlightStyle, syntaxHighlighting,
  indentOnInput, bracketMatching, foldGutter, foldKeymap, indentUnit, autocompletion, completionKeymap, closeBrackets,
  closeBracketsKeymap, lintGutter, lintKeymap, setDiagnostics, search, searchKeymap, highlightSelectionMatches, yaml, tags,
} from "../vendor/codemirror/codemirror.js";
import { complete } from "./completions.js";

const CHECK_AFTER = 400, SAVE_AFTER = 1200, TRY_AGAIN_AFTER = 5000;
const form = document.querySelector("#code-form");
const area = form.querySelector("textarea");
const host = document.querySelector("#code-editor");
const state = document.querySelector("#code-state");
const list = document.querySelector("#problem-list");
const words = form.dataset;
let ids = null, checkTimer = 0, saveTimer = 0, asked = 0, savedText = area.value, saving = null;

const colours = HighlightStyle.define([
  { tag: tags.propertyName, color: "var(--jade-deep)", fontWeight: "600" },
  { tag: tags.comment, color: "var(--ink-soft)", fontStyle: "italic" },
  { tag: tags.string, color: "var(--amber-ink)" },
  { tag: [tags.punctuation, tags.separator, tags.squareBracket, tags.brace], color: "var(--ink-soft)" },
  { tag: tags.invalid, color: "var(--seal)" },
]);
// What the editor itself says, where the page is Chinese.
const chinese = {
  "Find": "查找", "Replace": "替换为", "next": "下一个", "previous": "上一个", "all": "全选", "match case": "区分大小写",
  "by word": "整词", "regexp": "正则", "replace": "替换", "replace all": "全部替换", "close": "关闭",
  "current match": "当前位置", "replaced match on line $": "已替换第 $ 行", "replaced $ matches": "已替换 $ 处",
  "on line": "在第几行", "Fold line": "收起", "Unfold line": "展开", "folded code": "收起的内容", "unfold": "展开",
  "Go to line": "跳到第几行", "go": "跳转", "Diagnostics": "问题", "No diagnostics": "没有问题", "Completions": "补全",
};
const phrases = document.documentElement.lang.startsWith("zh") ? chinese : {};
const look = EditorView.theme({
  "&": { height: "100%", backgroundColor: "var(--card)", color: "var(--ink)", fontSize: "0.875rem" },
  "&.cm-focused": { outline: "0.1875rem solid var(--jade)", outlineOffset: "-0.1875rem" },
  ".cm-scroller": { fontFamily: 'ui-monospace, "SF Mono", Menlo, Consolas, "Noto Sans Mono CJK SC", monospace', lineHeight: "1.6" },
  ".cm-gutters": { backgroundColor: "var(--well)", color: "var(--ink-soft)", borderRight: "1px solid var(--line)" },
  ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: "color-mix(in srgb, var(--jade-tint) 45%, transparent)" },
  ".cm-cursor": { borderLeftColor: "var(--ink)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": { backgroundColor: "var(--jade-tint)" },
  ".cm-tooltip": { backgroundColor: "var(--card)", color: "var(--ink)", border: "1px solid var(--line-strong)", borderRadius: "0.5rem" },
  ".cm-tooltip-autocomplete ul li": { padding: "0.375rem 0.625rem" },
  ".cm-tooltip-autocomplete ul li[aria-selected]": { backgroundColor: "var(--jade)", color: "var(--on-jade)" },
  ".cm-diagnostic": { fontFamily: "var(--font)", padding: "0.375rem 0.625rem" },
  // CodeMirror draws these two as pictures inside the style sheet, which the content policy refuses.
  ".cm-lint-marker": { content: "normal", width: "0.625rem", height: "0.625rem", marginTop: "0.375rem", borderRadius: "50%", backgroundColor: "var(--seal)" },
  ".cm-lint-marker.cm-lint-marker-warning, .cm-lint-marker.cm-lint-marker-error": { content: "normal" },
  ".cm-lint-marker.cm-lint-marker-warning": { backgroundColor: "var(--amber-ink)" },
  ".cm-lintRange.cm-lintRange-error, .cm-lintRange.cm-lintRange-warning, .cm-lintRange.cm-lintRange-active": { backgroundImage: "none" },
  ".cm-lintRange.cm-lintRange-error": { textDecoration: "underline wavy var(--seal)" },
  ".cm-lintRange.cm-lintRange-warning": { textDecoration: "underline wavy var(--amber-ink)" },
  ".cm-panels": { backgroundColor: "var(--well)", color: "var(--ink)" },
  ".cm-foldPlaceholder": { backgroundColor: "var(--grey-tint)", color: "var(--grey-ink)", border: "0" },
  ".cm-matchingBracket": { backgroundColor: "var(--amber-tint) !important" },
});

function send(path, fields, options = {}) {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.append(name, value);
  data.append("text_file", new Blob([view.state.doc.toString()], { type: "application/yaml" }), "hierarchy.yaml");
  const headers = { "X-CSRF-Token": form.elements.csrf.value, ...(options.json ? { Accept: "application/json" } : {}) };
  return fetch(path, { method: "POST", body: data, headers });
}

function say(text, isWarning = false) {
  state.textContent = text;
  state.classList.toggle("is-warning", isWarning);
}

function showProblems(found) {
  list.replaceChildren(...found.slice(0, 50).map(({ line, message, isWarning }) => {
    const item = document.createElement("li"), link = document.createElement("a");
    link.href = "#code-editor";
    link.dataset.line = line;
    link.textContent = words.problem.replace("{line}", line).replace("{message}", message);
    item.classList.toggle("is-warning", isWarning === true);
    item.append(link);
    return item;
  }));
  if (!found.length) {
    const item = document.createElement("li");
    item.className = "hint";
    item.textContent = words.fine;
    list.append(item);
  }
}

function mark(found) {
  const doc = view.state.doc;
  const diagnostics = found.map(({ line, message, isWarning }) => {
    const at = doc.line(Math.min(Math.max(line, 1), doc.lines));
    const from = at.from + (at.text.length - at.text.trimStart().length);
    return { from: Math.min(from, at.to), to: at.to, severity: isWarning ? "warning" : "error", message };
  });
  view.dispatch(setDiagnostics(view.state, diagnostics));
}

async function check() {
  const turn = ++asked;
  const answer = await send("/admin/hierarchy/check", {}, { json: true }).catch(() => null);
  if (!answer?.ok || turn !== asked) return;
  const said = await answer.json();
  if (turn !== asked) return;
  ids = said.ids ?? ids;
  document.querySelector("#code-stale").hidden = said.newest === Number(form.elements.base.value);
  const found = [...said.problems, ...said.warnings.map(each => ({ ...each, isWarning: true }))];
  mark(found);
  showProblems(found);
}

async function save() {
  const text = view.state.doc.toString();
  if (text === savedText) return;
  say(words.saving);
  saving = send("/admin/hierarchy/draft", { by: "script", base: form.elements.base.value, revision: form.elements.revision.value }, { json: true })
    .catch(() => null);
  const answer = await saved(await saving, text);
  saving = null;
  if (answer && view.state.doc.toString() !== savedText) later();
}

async function saved(answer, text) {
  if (answer?.status === 409) {
    // The other window's words stay in the store, ours on the screen: the next save by hand decides.
    say(words.otherWindow, true);
    return false;
  }
  if (answer?.status === 422) {
    // A line that stands for others' is gone: trying again would not help.
    say((await answer.json()).message ?? words.notSaved, true);
    return false;
  }
  if (!answer?.ok) {
    say(words.notSaved, true);
    saveTimer = setTimeout(save, TRY_AGAIN_AFTER);
    return false;
  }
  const said = await answer.json();
  form.elements.revision.value = said.revision;
  savedText = text;
  showSteps(said.steps);
  say(words.saved.replace("{at}", said.at));
  return true;
}

/** The buttons name what was saved last. */
function showSteps(steps) {
  for (const each of document.querySelectorAll("[data-step]")) {
    const step = steps[each.dataset.step];
    each.hidden = !step;
    if (!step) continue;
    each.elements.number.value = step.number;
    each.querySelector("span").textContent = step.label;
  }
}

function later() {
  clearTimeout(saveTimer);
  saveTimer = setTimeout(save, SAVE_AFTER);
}

const changed = EditorView.updateListener.of(update => {
  if (!update.docChanged) return;
  clearTimeout(checkTimer);
  checkTimer = setTimeout(check, CHECK_AFTER);
  if (!saving) later();
});

const offer = context => {
  const found = complete(context.state.doc.toString(), context.pos, ids);
  if (!found || (!context.explicit && found.from === context.pos && !/[:{,-] $/.test(context.state.sliceDoc(Math.max(0, context.pos - 2), context.pos)))) return null;
  return { ...found, validFor: /^[\w:\-\u4e00-\u9fff]*$/ };
};

/** The lines that stand for others', each with all that is in it. */
const folds = doc => {
  const found = [];
  for (const line of doc.iterLines()) if (/^\s*#⋯\d/.test(line)) found.push(line);
  return found.join("\n");
};
const keepFolds = EditorState.changeFilter.of(change => {
  if (!change.docChanged || folds(change.startState.doc) === folds(change.newDoc)) return true;
  say(words.foldStays, true);
  return false;
});

// In a shadow root the editor's styles become an adopted style sheet, which the content policy allows.
const root = host.attachShadow({ mode: "open" });
const place = document.createElement("div");
const sheet = new CSSStyleSheet();
sheet.replaceSync(":host { display: block } div.place { height: 100% }");
root.adoptedStyleSheets = [sheet];
place.className = "place";
root.append(place);
const view = new EditorView({
  root,
  parent: place,
  state: EditorState.create({
    doc: area.value,
    extensions: [
      EditorState.phrases.of(phrases), lineNumbers(), foldGutter(), lintGutter(), history(), drawSelection(), highlightSpecialChars(), indentOnInput(),
      bracketMatching(), closeBrackets(), highlightActiveLine(), highlightActiveLineGutter(), highlightSelectionMatches(),
      search({ top: true }), yaml(), indentUnit.of("  "), syntaxHighlighting(colours), look, changed, folds(EditorState.create({ doc: area.value }).doc) ? keepFolds : [],
      autocompletion({ override: [offer], icons: false }),
      keymap.of([...closeBracketsKeymap, ...defaultKeymap, ...searchKeymap, ...historyKeymap, ...foldKeymap, ...completionKeymap, ...lintKeymap, indentWithTab]),
      EditorView.contentAttributes.of({ tabindex: "0", "aria-label": document.querySelector("label[for=code]").textContent }),
    ],
  }),
});
area.hidden = true;
host.hidden = false;

function goToLine(number) {
  const line = view.state.doc.line(Math.min(Math.max(number, 1), view.state.doc.lines));
  view.dispatch({ selection: { anchor: line.from }, effects: EditorView.scrollIntoView(line.from, { y: "center" }) });
  view.focus();
}

list.addEventListener("click", event => {
  const link = event.target.closest("[data-line]");
  if (!link) return;
  event.preventDefault();
  goToLine(Number(link.dataset.line));
});

/** Saves what is on the screen, whatever another window saved: somebody pressed a button. */
async function saveNow() {
  clearTimeout(saveTimer);
  await saving;
  const text = view.state.doc.toString();
  const answer = send("/admin/hierarchy/draft", { by: "script", base: form.elements.base.value }, { json: true });
  return saved(await answer.catch(() => null), text);
}

form.addEventListener("submit", async event => {
  event.preventDefault();
  const isForPlan = event.submitter?.value === "plan";
  if (await saveNow() && isForPlan) location.assign("/admin/hierarchy/plan");
});

for (const each of document.querySelectorAll("[data-step]")) {
  // What is not saved yet is the last step.
  each.addEventListener("submit", async event => {
    if (view.state.doc.toString() === savedText && !saving) return;
    event.preventDefault();
    if (await saveNow() && !each.hidden) each.submit();
  });
}

const tryForm = document.querySelector("#try-form");
tryForm?.addEventListener("submit", async event => {
  if (event.submitter?.name === "keep") {
    // The page comes back with the example in the draft, so what is written is saved before.
    event.preventDefault();
    const keep = document.createElement("input");
    Object.assign(keep, { type: "hidden", name: "keep", value: "1" });
    tryForm.append(keep);
    if (await saveNow()) tryForm.submit();
    return;
  }
  event.preventDefault();
  const { message, group } = tryForm.elements;
  const answer = await send("/admin/hierarchy/try", { by: "script", message: message.value, group: group.value }).catch(() => null);
  if (!answer) return;
  document.querySelector("#try-result").innerHTML = await answer.text();
});

addEventListener("beforeunload", event => {
  if (view.state.doc.toString() !== savedText) event.preventDefault();
});

const wanted = location.hash.match(/^#line-(\d+)$/);
if (wanted) goToLine(Number(wanted[1]));
check();
