// Where a person writes: text, commands from the menu, and what the paper clip offers.

import { notice } from "./api.js";
import { h, icon } from "./dom.js";
import { Inline } from "./inline.js";

/** The lower edge of a phone. */
export class Composer {
  constructor(phone) {
    this.phone = phone;
    this.editing = null;
    this.inline = new Inline(this);
    this.input = h("textarea", {
      rows: 1, placeholder: "Message", "aria-label": `Message from ${phone.person.name}`, maxLength: 4096,
      dir: "auto", enterKeyHint: "send",
      oninput: () => this.changed(), onkeydown: (event) => this.pressed(event),
    });
    this.menu = h("ul", { class: "suggestions", hidden: true, "aria-label": "Commands" });
    this.clip = this.clipMenu();
    this.menuButton = h("button", { type: "button", class: "menu-button", "aria-expanded": "false", onclick: () => this.toggleMenu() }, icon("menu"), "Menu");
    this.writing = h("form", { class: "writing", onsubmit: (event) => this.submit(event) },
      this.menuButton, this.clip, this.input, h("button", { type: "submit", class: "send", "aria-label": "Send" }, icon("send")));
    this.start = h("button", { type: "button", class: "wide-button", onclick: () => this.wideAct() });
    this.element = h("div", { class: "composer" }, this.menu, this.writing, this.start);
    this.refresh();
  }

  clipMenu() {
    const close = () => { this.clip.open = false; };
    const offer = (label, act, body) => h("li", {}, h("button", { type: "button", onclick: () => { close(); this.phone.acts(act, body); } }, label));
    return h("details", { class: "pop" }, h("summary", { class: "round", "aria-label": "Send something else", title: "Send something else" }, icon("attach")),
      h("ul", { class: "pop-list up" },
        offer("🏞 Photo", "photo"), offer("👍 Sticker", "sticker"), offer("👤 Contact", "contact"),
        offer("↪ Forward", "forward", { text: "Somebody else's words" })));
  }

  refresh() {
    const { started, blocked } = this.phone.person;
    this.writing.hidden = blocked || !started;
    this.start.hidden = !this.writing.hidden;
    this.start.textContent = blocked ? "Unblock the bot" : "Start";
    this.menuButton.hidden = !this.phone.commands.length;
  }

  wideAct() {
    if (this.phone.person.blocked) this.phone.acts("unblock");
    else this.phone.says("/start");
  }

  submit(event) {
    event.preventDefault();
    const text = this.input.value.trim();
    if (!text) return;
    if (this.editing) this.phone.acts("edit", { message: this.editing, text });
    else this.phone.says(text);
    this.clear();
    this.input.focus();
  }

  clear() {
    this.input.value = "";
    this.editing = null;
    this.changed();
  }

  pressed(event) {
    if (event.isComposing) return;
    if (event.key === "Enter" && !event.shiftKey) this.submit(event);
    else if (event.key === "Escape") this.clear();
    else if (event.key === "ArrowUp" && !this.input.value) this.editLast(event);
    else if (event.key === "ArrowDown" && !this.menu.hidden) {
      event.preventDefault();
      this.menu.querySelector("button")?.focus();
    }
  }

  editLast(event) {
    const last = this.phone.lastOwn();
    if (!last?.text) return;
    event.preventDefault();
    this.editing = last.id;
    this.input.value = last.text;
    this.changed();
    notice("Editing your last message; Escape leaves it as it was");
  }

  changed() {
    const text = this.input.value;
    this.input.style.height = "auto";
    this.input.style.height = `${Math.min(this.input.scrollHeight, 120)}px`;
    if (this.inline.takes(text)) return;
    if (text.startsWith("/") && !text.includes(" ")) this.suggest(text.slice(1));
    else this.closeMenu();
  }

  toggleMenu() {
    if (this.menu.hidden) this.suggest("");
    else this.closeMenu();
  }

  suggest(typed) {
    const fitting = this.phone.commands.filter((one) => one.command.startsWith(typed.toLowerCase()));
    this.fill(fitting.map((one) => this.choice(() => this.phone.says(`/${one.command}`),
      h("b", {}, `/${one.command}`), h("span", { dir: "auto" }, one.description))));
  }

  choice(act, ...children) {
    return h("li", {}, h("button", { type: "button", onclick: () => { this.clear(); act(); this.input.focus(); } }, children));
  }

  fill(rows) {
    this.menu.replaceChildren(...rows);
    this.menu.hidden = !rows.length;
    this.menuButton.setAttribute("aria-expanded", String(!this.menu.hidden));
  }

  closeMenu() {
    this.fill([]);
  }
}
