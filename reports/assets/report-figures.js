// What is behind a figure: shown on hover, tap, or Enter; without a script, anchors, methods and data files stay.
const blank = document.getElementById("figure-panel");
if (blank && "popover" in HTMLElement.prototype) {
  const panel = blank.content.firstElementChild.cloneNode(true);
  const number = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 6 });
  const nameOf = (cell) => cell.id || cell.dataset.i;
  const figures = "td[data-f]";
  let pinned = false, shown = null, timer = 0;
  panel.querySelector("button").addEventListener("click", () => panel.hidePopover());
  document.body.append(panel);

  const fill = (cell) => {
    const name = nameOf(cell);
    const link = panel.querySelector("a");
    link.href = "#" + name;
    link.firstElementChild.textContent = name;
    panel.querySelector(".figure-value").textContent = cell.textContent;
    const [r = "", n = "", d = "", s = "A"] = cell.dataset.f.split("|");
    const facts = { r, n, d, s };
    for (const line of panel.querySelectorAll("[data-fact]")) {
      const fact = facts[line.dataset.fact];
      const meaning = panel.querySelector(`[data-status="${fact}"]`);
      line.hidden = fact === "";
      line.lastElementChild.textContent = line.dataset.fact === "s" ? meaning?.textContent ?? fact : number.format(fact);
    }
    const method = document.getElementById("method-" + name.split(".")[0]);
    panel.querySelector(".figure-method").replaceChildren(...(method ? [method.querySelector("dl").cloneNode(true)] : []));
  };

  const place = (cell) => {
    const box = cell.getBoundingClientRect(), own = panel.getBoundingClientRect();
    const below = box.bottom + 4 + own.height < innerHeight;
    panel.style.left = Math.max(8, Math.min(box.left, innerWidth - own.width - 8)) + "px";
    panel.style.top = (below ? box.bottom + 4 : Math.max(8, box.top - own.height - 4)) + "px";
  };

  const show = (cell, stays) => {
    clearTimeout(timer);
    pinned = stays;
    shown = cell;
    fill(cell);
    panel.showPopover();
    place(cell);
    if (stays) panel.querySelector("button").focus({ preventScroll: true });
  };
  const leave = () => {
    clearTimeout(timer);
    if (!pinned) timer = setTimeout(() => panel.hidePopover(), 300);
  };

  panel.addEventListener("pointerenter", () => clearTimeout(timer));
  panel.addEventListener("pointerleave", leave);
  panel.addEventListener("toggle", (event) => {
    if (event.newState === "closed" && pinned) shown?.focus({ preventScroll: true });
    if (event.newState === "closed") pinned = false;
  });
  document.addEventListener("click", (event) => {
    const cell = event.target.closest(figures);
    if (cell && !event.target.closest("a") && !getSelection().toString()) show(cell, true);
  });
  document.addEventListener("pointerover", (event) => {
    const cell = event.pointerType === "mouse" && event.target.closest(figures);
    clearTimeout(timer);
    if (cell && !pinned) timer = setTimeout(() => show(cell, false), 500);
  });
  document.addEventListener("pointerout", (event) => { if (event.target.closest(figures)) leave(); });

  // One stop of the Tab key for each table; the arrows walk its figures.
  for (const table of document.querySelectorAll("table")) table.querySelector(figures)?.setAttribute("tabindex", "0");
  const steps = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  document.addEventListener("keydown", (event) => {
    const cell = event.target.closest?.(figures);
    if (!cell) return;
    const [across, down] = steps[event.key] ?? [0, 0];
    let next = cell, row = cell.parentElement;
    do {
      if (down) row = down > 0 ? row.nextElementSibling : row.previousElementSibling;
      next = down ? row?.cells[cell.cellIndex] : across > 0 ? next.nextElementSibling : next.previousElementSibling;
    } while ((across || down) && next && !next.matches(figures));
    if (event.key === "Enter") show(cell, true);
    else if ((across || down) && next) {
      cell.setAttribute("tabindex", "-1");
      next.setAttribute("tabindex", "0");
      next.focus();
    } else return;
    event.preventDefault();
  });
}
