// The list follows while words are typed, and narrowing stands open where there is room for it.
// Without this file the same page answers by its button.
(() => {
  "use strict";
  const form = document.querySelector("form.search");
  const found = document.getElementById("found");
  const broad = window.matchMedia("(min-width: 900px)");
  const open = () => { for (const one of found.querySelectorAll(".narrow")) one.open = broad.matches; };
  open();
  broad.addEventListener("change", open);
  if (!form || !window.fetch || !window.AbortController) return;
  let asked = null;
  let waiting = 0;
  const show = async () => {
    if (asked) asked.abort();
    asked = new AbortController();
    const query = new URLSearchParams(new FormData(form));
    const address = form.getAttribute("action") + "?" + query;
    try {
      const answer = await fetch(address + "&bagian=1", { signal: asked.signal });
      if (!answer.ok) return;
      found.innerHTML = await answer.text();
      open();
      history.replaceState(null, "", address);
    } catch (error) {
      if (error.name !== "AbortError") form.submit();
    }
  };
  form.querySelector("#q").addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(show, 180);
  });
})();
