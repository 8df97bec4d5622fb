// One chat window: its lines, its composer, and who speaks in it just now.

import { getLines, say } from "./api.js";
import { makeBubble, makeSending, showFailure } from "./bubble.js";
import { virtualNow } from "./clock.js";
import { makeComposer } from "./composer.js";
import { fill, make } from "./dom.js";
import { sayDay, sayMoment } from "./times.js";

const PAUSE = 5 * 60000;
const KEPT = 300;

export class ChatWindow {
  /** `group`: {id, name, kind, kind_name, speakers}; a private window has no id. `onSaid()` after each message. */
  constructor(group, { node, hint, onSaid, onArrived }) {
    Object.assign(this, { group, node, hint, onSaid, onArrived });
    this.isPrivate = !group.id;
    this.lines = new Map();
    this.lastAt = 0;
    this.list = make("ol", { class: "lines", "aria-live": "polite", "aria-label": `${group.name}的消息`, tabindex: "0" });
    this.newer = make("button", { type: "button", class: "newer", hidden: true, onclick: () => this.scrollDown() }, "有新消息");
    this.list.addEventListener("scroll", () => (this.newer.hidden ||= this.isAtEnd()));
    this.composer = makeComposer(this);
    this.element = make("section", { class: "chat", id: `chat-${group.id || "private"}`, role: "tabpanel", "aria-label": group.name }, this.list, this.newer, this.composer.element);
  }

  get chat() {
    return this.isPrivate ? `private:${this.composer.speaker.id}` : this.group.id;
  }

  get lastId() {
    return Math.max(0, ...this.lines.keys());
  }

  /** All lines anew, for a first look or another speaker. */
  async load() {
    const { items } = await getLines(this.chat);
    this.isLoaded = true;
    this.lines = new Map(items.map((line) => [line.id, line]));
    this.show();
  }

  async catchUp() {
    const { items } = await getLines(this.chat, this.lastId);
    items.forEach((line) => this.add(line));
  }

  add(line) {
    if (this.lines.has(line.id)) return;
    this.lines.set(line.id, line);
    if (this.lines.size > KEPT) this.lines.delete(this.lines.keys().next().value);
    const isAtEnd = this.isAtEnd();
    if (this.lines.size === 1 && !this.list.querySelector(".is-sending")) fill(this.list);
    this.dropSending(line);
    this.append(line);
    if (isAtEnd || this.isMine(line)) this.scrollDown();
    else this.newer.hidden = false;
    this.onArrived(this, line);
  }

  /** The stream may be quicker than the answer to what was sent. */
  dropSending(line) {
    const waiting = [...this.list.querySelectorAll(".is-sending")];
    waiting.find((bubble) => this.isMine(line) && bubble.dataset.text === line.text)?.remove();
  }

  show() {
    this.lastAt = 0;
    fill(this.list, this.lines.size ? null : this.hint(this));
    this.lines.forEach((line) => this.append(line));
    this.scrollDown();
  }

  append(line) {
    const at = new Date(line.at);
    if (at - this.lastAt > PAUSE || sayDay(at) !== sayDay(this.lastAt)) {
      this.list.append(make("li", { class: "pause" }, make("time", { datetime: line.at }, sayMoment(at, virtualNow()))));
    }
    this.lastAt = at;
    const bubble = makeBubble(line, this.lookOf(line));
    // A line still on its way stays last.
    this.list.insertBefore(bubble, this.list.querySelector(".is-sending, .is-failed"));
  }

  lookOf(line) {
    const known = this.group.speakers.find((each) => each.id === line.author);
    return { isMine: this.isMine(line), role: known?.role, onTap: (words) => this.send({ text: words, button: true }) };
  }

  isMine(line) {
    return line.author === this.composer.speaker.id;
  }

  isAtEnd() {
    return this.list.scrollHeight - this.list.scrollTop - this.list.clientHeight < 80;
  }

  scrollDown() {
    this.list.scrollTop = this.list.scrollHeight;
    this.newer.hidden = true;
  }

  /** Shows it at once, then sends it; a second try carries the same id and is the same message. */
  send(message) {
    const { id, name } = this.composer.speaker;
    const sent = { group: this.chat, sender: id, name, message_id: crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`, ...message };
    const line = { author: id, name, text: message.text || "［图片］", picture: null };
    if (!this.lines.size) fill(this.list);
    const bubble = makeSending(line, { isMine: true, onTap: () => {} });
    this.list.append(bubble);
    this.scrollDown();
    return this.deliver(sent, line, bubble);
  }

  async deliver(sent, line, bubble) {
    try {
      const said = await say(sent);
      bubble.remove();
      if (sent.group !== this.chat) return;
      [said.line, ...said.replies.map((reply) => replyLine(said.line, reply))].forEach((line) => this.add(line));
      if (!said.replies.length && said.ticket === null) this.noteUnread(sent);
      this.onSaid();
    } catch (problem) {
      showFailure(bubble, problem.message, () => {
        bubble.remove();
        const again = makeSending(line, { isMine: true, onTap: () => {} });
        this.list.append(again);
        this.deliver(sent, line, again);
      });
      this.scrollDown();
    }
  }

  /** A newcomer would wait for an answer that does not come. */
  noteUnread(sent) {
    if (sent.button || sent.mention || this.isPrivate) return;
    this.list.append(make("li", { class: "pause unread" }, "没有 @里仁，机器人不会理会这句话"));
    this.scrollDown();
  }
}

const replyLine = (line, reply) => ({ ...reply, group: line.group, author: "liren", name: "里仁", at: line.at, picture: null });
