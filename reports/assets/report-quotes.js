// Opening a sentence ready to quote copies it, where the browser lets a page do so; without, its text can be marked.
for (const folded of document.querySelectorAll("details.quote")) {
  const text = folded.querySelector(".quotable");
  const line = folded.querySelector(".copy");
  const button = line?.querySelector("button");
  // An office's own templates may leave parts out.
  if (!navigator.clipboard || !text || !button) continue;
  line.hidden = false;
  const copy = () => navigator.clipboard.writeText(text.textContent.trim()).then(
    () => { line.querySelector("[role=status]").textContent = button.dataset.done; },
    () => { line.hidden = true; },
  );
  button.addEventListener("click", copy);
  folded.addEventListener("toggle", () => { if (folded.open) copy(); });
}
