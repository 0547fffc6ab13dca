// Asks the server; what it refuses is told to the person at the page, in the server's words.

import { h } from "./dom.js";

const notices = document.getElementById("notices");

/** Show a few words for a moment. */
export function notice(text, isWrong = false) {
  const shown = h("p", { class: isWrong ? "notice wrong" : "notice" }, text);
  notices.append(shown);
  while (notices.children.length > 3) notices.firstChild.remove();
  setTimeout(() => shown.remove(), isWrong ? 6000 : 2500);
}

/** Post JSON; answers what came back, or null when it was refused and told. */
export async function post(path, body = {}) {
  return ask(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
}

/** Post JSON; a refusal is thrown. */
export async function demand(path, body) {
  const answer = await fetch(`/api/${path}`, {
    method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body),
  });
  const said = await answer.json();
  if (!answer.ok) throw new Error(said.error);
  return said;
}

/** Get JSON, or null when it was refused and told. */
export async function ask(path, options) {
  try {
    const answer = await fetch(`/api/${path}`, options);
    const said = await answer.json();
    if (answer.ok) return said;
    notice(said.error ?? "That did not work.", true);
  } catch {
    notice("The sandbox does not answer. Is it still running?", true);
  }
  return null;
}

/** Put a text on the clipboard. */
export async function copy(text, told = "Copied") {
  try {
    await navigator.clipboard.writeText(text);
    notice(told);
  } catch {
    notice(`Copy it yourself: ${text}`, true);
  }
}
