// One column: a tier of the branch, with its windows behind tabs.

import { make } from "./dom.js";
import { toast } from "./toast.js";
import { ChatWindow } from "./window.js";

const AT_ONCE = 6;

export class Tier {
  /** `extra` are windows beside the tier's groups; `onUnread(tier)` when something arrived out of sight. */
  constructor(tier, { extra = [], hint, onSaid, onUnread }) {
    Object.assign(this, { tier, onUnread });
    const options = { node: tier.node, hint, onSaid, onArrived: (chat, line) => this.arrived(chat, line) };
    this.windows = [...tier.groups, ...extra].map((group) => new ChatWindow(group, options));
    this.tabs = this.windows.map((chat) => this.makeTab(chat));
    this.element = make("section", { class: "tier", "aria-label": `${tier.level_name}：${tier.name}` },
      make("header", { class: "tier-head" },
        make("span", { class: "tier-level" }, tier.level_name),
        make("h2", { class: "tier-name" }, tier.name)),
      make("div", { class: "tabs", role: "tablist", "aria-label": `${tier.level_name}的群` }, ...this.tabs),
      ...this.windows.map((chat) => chat.element),
      this.windows.length ? null : make("p", { class: "hint" }, "这一级还没有群。在 hierarchy.yaml 里给它加一个。"));
    if (this.windows.length) this.open(this.windows[0]);
  }

  makeTab(chat) {
    const { name, kind, kind_name: kindName } = chat.group;
    const tab = make("button", { type: "button", class: "tab", role: "tab", "aria-controls": chat.element.id, onclick: () => this.open(chat), onkeydown: (event) => this.walk(event) },
      make("span", { class: "tab-name" }, name), kindName ? make("span", { class: `kind kind-${kind.split(":")[0]}` }, kindName) : null);
    return tab;
  }

  open(chat) {
    this.current = chat;
    this.windows.forEach((each, index) => {
      each.element.hidden = each !== chat;
      this.tabs[index].setAttribute("aria-selected", String(each === chat));
      this.tabs[index].tabIndex = each === chat ? 0 : -1;
    });
    this.tabOf(chat).classList.remove("has-unread");
    if (!chat.isLoaded && this.windows.indexOf(chat) >= AT_ONCE) chat.load().catch((problem) => toast(problem.message));
    chat.scrollDown();
  }

  /** Somebody who may speak here got a private line while another speaks. */
  whisper(line) {
    const chat = this.windows.find((each) => each.isPrivate);
    const isKnown = chat?.composer.markUnread(line.group.slice("private:".length));
    if (isKnown && chat !== this.current) this.tabOf(chat).classList.add("has-unread");
  }

  tabOf(chat) {
    return this.tabs[this.windows.indexOf(chat)];
  }

  /** Left and right go through the tabs, as tab lists do. */
  walk(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const count = this.windows.length;
    const next = (this.windows.indexOf(this.current) + step + count) % count;
    this.open(this.windows[next]);
    this.tabs[next].focus();
  }

  /** What the bot says comes to the front, unless somebody is writing here. */
  arrived(chat, line) {
    if (chat !== this.current) {
      if (line.author === "liren" && !this.current.composer.isBusy) this.open(chat);
      else this.tabOf(chat).classList.add("has-unread");
    }
    this.onUnread(this);
  }

  /** The first windows now, the others when they are opened. Staff first see the group where something happened. */
  async load() {
    await Promise.all(this.windows.slice(0, AT_ONCE).map((chat) => chat.load()));
    const busiest = this.windows.reduce((one, other) => (other.lastId > one.lastId ? other : one), this.windows[0]);
    const isTalk = this.windows[0]?.group.kind === "residents";
    if (busiest && !isTalk && this.current === this.windows[0]) this.open(busiest);
  }
}
