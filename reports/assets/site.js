"use strict";
// Hides what a search does not mean. Without it the page shows everything, and the browser's own search finds it.
(() => {
  const form = document.querySelector("form.search");
  if (!form) return;
  const field = form.querySelector("input");
  const said = form.querySelector("[role=status]");
  if (!field) return;
  const fold = (text) => text.normalize("NFKC").toLowerCase();
  const items = [...document.querySelectorAll("[data-words]")].map((element) => ({
    element,
    text: fold(element.dataset.words + " " + element.textContent),
  }));
  // An office's own page may leave out whatever it likes: a part without words to search stays as it is.
  const groups = [...document.querySelectorAll(".past, .named, #names, #glossary")]
    .filter((group) => group.querySelector("[data-words]"));
  const legend = document.querySelector("dl.marks");
  const search = () => {
    const phrase = fold(field.value).trim();
    // Words that stand together somewhere are looked for together, any others one by one.
    const together = items.some(({ text }) => text.includes(phrase));
    const words = (together ? [phrase] : phrase.split(/\s+/)).filter(Boolean);
    let count = 0;
    for (const { element, text } of items) {
      element.hidden = !words.every((word) => text.includes(word));
      count += element.hidden ? 0 : 1;
    }
    for (const group of groups) group.hidden = !group.querySelector("[data-words]:not([hidden])");
    if (legend) legend.hidden = words.length > 0 && !document.querySelector(".past:not([hidden])");
    if (!said) return;
    const found = count ? said.dataset.found?.replace("{count}", count) : said.dataset.none;
    said.textContent = words.length ? found ?? count : "";
  };
  form.hidden = false;
  form.addEventListener("submit", (event) => event.preventDefault());
  field.addEventListener("input", search);
  field.value = new URLSearchParams(location.search).get("q") ?? "";
  search();
})();
