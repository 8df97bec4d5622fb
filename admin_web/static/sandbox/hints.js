// What an empty window says: three things to try where residents are, what will come elsewhere.

import { make } from "./dom.js";

const TRY = ["3单元电梯又不动了", "楼上半夜一直在敲", "有人被困电梯里了！"];

export function makeHint(chat) {
  const { kind, name } = chat.group;
  if (kind === "residents") return makeTry(chat, `这里是${name}`, "像平时在群里那样说一件事，看它变成工单：");
  if (kind === "private") return makeText("和里仁单独说话", "不用 @。问“我的”看自己报过的事，“帮助”看能说什么。");
  return makeText(name, "有工单要这里处理时，会出现在这里。试试点“认领”，或者什么都不做，把时间往前推。");
}

const makeText = (title, words) => make("li", { class: "hint" }, make("b", {}, title), make("p", {}, words));

function makeTry(chat, title, words) {
  const chips = TRY.map((text) => make("button", { type: "button", class: "try", onclick: () => chat.composer.suggest(text) }, text));
  const hint = makeText(title, words);
  hint.append(make("div", { class: "tries" }, ...chips));
  return hint;
}
