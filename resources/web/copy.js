// A button beside each citation, where the browser lets a page write to the clipboard.
(() => {
  "use strict";
  if (!navigator.clipboard) return;
  const words = document.currentScript.dataset;
  for (const text of document.querySelectorAll(".cite .text")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "second";
    button.textContent = words.copy;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(text.textContent);
      button.textContent = words.copied;
    });
    text.after(button);
  }
})();
