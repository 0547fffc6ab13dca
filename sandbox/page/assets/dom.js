// Small ways to make elements; text is always text, never markup.

const icons = document.getElementById("icons").content;

/** Make an element: props starting with "on" are listeners, the rest properties or attributes. */
export function h(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props ?? {})) set(element, name, value);
  element.append(...children.flat(3).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

function set(element, name, value) {
  if (value === null || value === undefined || value === false) return;
  if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
  else if (name === "class") element.className = value;
  else if (name === "data") Object.assign(element.dataset, value);
  else if (name in element && !["list", "form", "role"].includes(name)) element[name] = value;
  else element.setAttribute(name, value === true ? "" : value);
}

/** A decorative icon of the page's own set. */
export function icon(name) {
  const found = icons.querySelector(`[data-name="${name}"]`).cloneNode(true);
  found.setAttribute("aria-hidden", "true");
  found.classList.add("icon");
  return found;
}

/** Put the icons where the page asks for them. */
export function placeIcons(root = document) {
  for (const element of root.querySelectorAll("[data-icon]")) {
    element.prepend(icon(element.dataset.icon));
    delete element.dataset.icon;
  }
}

/** A button whose name is not written on it. */
export function iconButton(name, label, onclick, more = {}) {
  return h("button", { type: "button", class: "quiet round", "aria-label": label, title: label, onclick, ...more }, icon(name));
}

/** Replace an element and keep the focus on the same control inside, found by its data-key. */
export function swap(before, after) {
  const focused = before.contains(document.activeElement) ? document.activeElement.dataset.key : null;
  before.replaceWith(after);
  if (!focused) return;
  const again = [...after.querySelectorAll("[data-key]")].find((one) => one.dataset.key === focused);
  (again ?? after.querySelector("button, a, [tabindex]"))?.focus({ preventScroll: true });
}

/** What this browser remembers about how the page was arranged; the world itself is the server's. */
export const memory = {
  get(name, otherwise) {
    try { return JSON.parse(localStorage.getItem(`kiosk-${name}`)) ?? otherwise; } catch { return otherwise; }
  },
  set(name, value) {
    try { localStorage.setItem(`kiosk-${name}`, JSON.stringify(value)); } catch { /* private mode */ }
  },
};
