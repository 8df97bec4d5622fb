// What may stand where in the file: keys by their place, and the ids that the file itself defines. No page in here.
const KEYS = {
  "": ["version", "name", "timezone", "levels", "calendars", "clocks", "after_resolving", "categories", "kinds", "manners", "words", "tree", "expect"],
  levels: ["id", "name"],
  calendars: ["days", "hours", "holidays", "days_off", "days_worked"],
  clocks: ["calendar"],
  limits: ["claim", "resolve", "remind"],
  after_resolving: ["rate_within", "reopen_limit"],
  categories: ["id", "name", "starts_at", "handled_by", "clock", "keywords", "examples", "urgent_when", "advice", "gather", "replies"],
  gather: ["reporters", "buildings", "within"],
  manners: ["approve_over", "hand_back_reasons", "urge_every", "supervise_every", "quiet", "join_within", "bundle_over", "bundle_within", "ask_below", "same_matter"],
  tree: ["id", "level", "name", "aliases", "repeat", "groups", "staff", "children"],
  groups: ["id", "kind", "name", "telegram", "wechat", "wecom", "scene", "listen"],
  staff: ["id", "name", "role", "groups", "telegram", "wechat", "wecom"],
  expect: ["say", "in", "category", "urgent", "node", "level", "goes_to"],
};
const VALUES = {
  level: "levels", starts_at: "levels", handled_by: "kinds", kind: "kinds", clock: "clocks", calendar: "calendars",
  category: "categories", goes_to: "groups", in: "groups", node: "nodes", groups: "groups",
};
const WORDS = {
  listen: ["mention", "keywords", "all"], urgent: ["yes", "no"], same_matter: ["join", "offer", "off"],
  holidays: ["cn"], days: ["mon", "tue", "wed", "thu", "fri", "sat", "sun"],
};

function keyOf(line) {
  return line.match(/^\s*(?:- )?"?([\w:]+)"?\s*:/)?.[1];
}

/** The keys that enclose a line, outermost first, by indentation: ["tree", "children", "groups"]. */
export function pathAt(lines, at, column) {
  const path = [];
  let indent = column;
  for (let number = at - 1; number >= 0 && indent > 0; number--) {
    const line = lines[number];
    if (!line.trim() || line.trim().startsWith("#")) continue;
    const own = line.length - line.trimStart().length;
    const key = keyOf(line);
    if (own < indent && key && !line.trimStart().startsWith("- ")) {
      path.unshift(key);
      indent = own;
    } else if (own < indent && line.trimStart().startsWith("- ")) {
      // A key behind a dash stands two further in: it encloses only what is deeper than itself.
      if (key && own + 2 < indent) path.unshift(key);
      indent = own + 1;
    }
  }
  return path;
}

function sectionOf(path) {
  const last = path.at(-1);
  if (last === "children") return "tree";
  if (path[0] === "clocks" && path.length >= 3) return "limits";
  if (path[0] === "clocks" && path.length === 2) return "clocks";
  if (path[0] === "calendars") return path.length >= 2 ? "calendars" : null;
  return last === undefined ? "" : KEYS[last] ? last : null;
}

/** Inside {…} or […] of one line: the text of the innermost that is open, with its bracket. */
function openFlow(before) {
  const stack = [];
  for (let i = 0; i < before.length; i++) {
    if ("{[".includes(before[i])) stack.push(i);
    if ("}]".includes(before[i])) stack.pop();
  }
  return stack.length ? before.slice(stack.at(-1)) : "";
}

/** Options for a place: { from, options: [{label, detail, type}] } or null. `ids` as the check sends them. */
export function complete(text, position, ids) {
  const lineStart = text.lastIndexOf("\n", position - 1) + 1;
  const before = text.slice(lineStart, position);
  if (before.trimStart().startsWith("#")) return null;
  const word = before.match(/[\w:\-\u4e00-\u9fff]*$/)[0];
  const from = position - word.length;
  const head = before.slice(0, before.length - word.length);
  const lines = text.split("\n");
  const at = text.slice(0, lineStart).split("\n").length - 1;
  const valueOf = head.match(/([\w]+)\s*:\s*(?:\[(?:[^\]]*,)?\s*)?"?$/)?.[1];
  if (valueOf) {
    const options = [
      ...(WORDS[valueOf] ?? []).map(label => ({ label, type: "constant" })),
      ...((ids?.[VALUES[valueOf]]) ?? []).map(([label, detail]) => ({ label, detail, type: "constant" })),
    ];
    return options.length ? { from, options } : null;
  }
  const flow = openFlow(before);
  if (flow && !/[{,]\s*$/.test(head.slice(-(flow.length - word.length) || undefined))) return null;
  const indent = before.match(/^\s*(?:- )?/)[0].length;
  const path = pathAt(lines, at, indent);
  const inLine = flow ? keyOf(before) : undefined;
  if (inLine && !before.trimStart().startsWith("- {")) path.push(inLine);
  const section = path[0] === "clocks" && flow ? "limits" : sectionOf(path);
  if (!flow && head.trim() && head.trim() !== "-") return null;
  const keys = section === null ? [] : KEYS[section] ?? [];
  return keys.length ? { from, options: keys.map(label => ({ label, apply: `${label}: `, type: "property" })) } : null;
}
