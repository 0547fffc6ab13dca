// Puts many messages of the bot beside each other, in place of the demo's page.
(async () => {
  const { messageElement } = await import("/page/message.js");
  // The page's own policy lets no <style> in.
  const look = new CSSStyleSheet();
  look.replaceSync(`
    body > * { display: none !important; }
    body > #sheet { display: block !important; }
    html, body { display: block; height: auto; overflow: visible; }
    #sheet { max-width: none; columns: 5; column-gap: 20px; padding: 12px; background: var(--chat-b); }
    #sheet figure { break-inside: avoid; margin: 0 0 22px; }
    #sheet figcaption { margin-bottom: 4px; color: #345; font: 600 12px monospace; }
    #sheet ol { margin: 0; padding: 0; list-style: none; }
    #sheet .msg, #sheet .msg.has-kb { width: auto; max-width: none; content-visibility: visible; }
  `);
  document.adoptedStyleSheets.push(look);
  const sheet = document.createElement("div");
  sheet.id = "sheet";
  sheet.className = "phone";
  document.body.append(sheet);
  window.drawSheet = (cells, language) => {
    document.documentElement.style.colorScheme = "light";
    const phone = { person: { name: "Alice", language }, botName: "Kiosk", language, follows: () => false, taps: () => {}, says: () => {}, beginsInline: () => {} };
    sheet.replaceChildren(...cells.map(({ title, message }) => {
      const figure = document.createElement("figure");
      const list = document.createElement("ol");
      list.lang = language;
      list.append(messageElement(message, phone));
      figure.innerHTML = "<figcaption></figcaption>";
      figure.firstChild.textContent = title;
      figure.append(list);
      return figure;
    }));
    return Math.ceil(sheet.getBoundingClientRect().height) + 4;
  };
})()
