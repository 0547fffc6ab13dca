// What the bot offers behind its name: the list above the composer, and the result that is sent.

import { post } from "./api.js";
import { h } from "./dom.js";

const PAUSE_MS = 250;

/** Asks for what fits the words typed so far, and for more of it. */
export class Inline {
  constructor(composer) {
    this.composer = composer;
    this.query = null;
  }

  get phone() { return this.composer.phone; }
  get handle() { return `@${this.phone.botUsername} `; }

  /** Whether the text is for the bot; then it is asked as soon as nothing is typed for a moment. */
  takes(text) {
    clearTimeout(this.pause);
    this.query = text.startsWith(this.handle) ? text.slice(this.handle.length) : null;
    this.offered = [];
    if (this.query !== null) this.pause = setTimeout(() => this.ask(""), PAUSE_MS);
    return this.query !== null;
  }

  ask(offset) { return post(`people/${this.phone.person.id}/inline`, { text: this.query, offset }); }

  /** Show an answer, unless something else is typed by now. */
  show({ results, button, next }) {
    if (this.query === null) return;
    this.offered = [...this.offered, ...results];
    const rows = this.offered.map((result) => this.composer.choice(() => this.phone.acts("choose", { result: result.id }),
      h("b", { dir: "auto" }, result.title ?? result.id), h("span", { dir: "auto" }, result.description ?? "")));
    if (button) rows.unshift(this.composer.choice(() => this.phone.says(`/start ${button.start_parameter}`), h("b", { dir: "auto" }, button.text)));
    if (next) rows.push(h("li", {}, h("button", { type: "button", onclick: () => this.ask(next) }, "More")));
    this.composer.fill(rows.length ? rows : [h("li", { class: "nothing" }, "Nothing found")]);
  }
}
