// What is behind a figure: shown on hover, tap, or Enter; without a script, anchors, methods and data files stay.
const blank = document.getElementById("figure-panel");
if (blank && "popover" in HTMLElement.prototype) {
  const panel = blank.content.firstElementChild.cloneNode(true);
  const number = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 6 });
  const rounded = new Intl.NumberFormat(document.documentElement.lang, { notation: "compact", compactDisplay: "long", maximumSignificantDigits: 4 });
  // Last year's figure stands right after this year's, whose name it has but for the year.
  const isBefore = (cell) => !cell.id && !cell.dataset.i;
  const nameOf = (cell) => isBefore(cell)
    ? nameOf(cell.previousElementSibling).replace(/\.(\d{4})/, (_, year) => "." + (year - 1))
    : cell.id || cell.dataset.i;
  const figures = "[data-f], td[data-of]";
  let pinned = false, shown = null, timer = 0;
  panel.querySelector("button").addEventListener("click", () => panel.hidePopover());
  blank.replaceWith(panel);

  // What follows from figures, such as a change: the heads of the columns say how.
  for (const head of document.querySelectorAll("th[data-of]")) {
    for (const { cells } of [...head.closest("table").tBodies].flatMap((body) => [...body.rows])) {
      const cell = cells[head.cellIndex];
      if (cell && /\d/.test(cell.textContent) && cell.parentElement.querySelector("[data-f]")) cell.dataset.of = head.dataset.of;
    }
  }
  const figureOf = (cell) => cell.dataset.of ? cell.parentElement.querySelector("[data-f]") : cell;

  // The figure's own place in the page, or, of an earlier year that a chart alone shows, that of a later one.
  const placeOf = (name, years = 10) => document.getElementById(name)
    ?? (years ? placeOf(name.replace(/\.(\d{4})/, (_, year) => "." + (+year + 1)), years - 1) : null);

  // In a table the unit stands in the head: here it follows the number, and a mark follows both.
  const valueOf = (cell) => {
    const text = cell.textContent.trim(), unit = cell.closest("[data-u]")?.dataset.u;
    if (!unit || !/\d/.test(text)) return text;
    const [number, ...marks] = text.split(" ");
    return [unit.replace("{}", number), ...marks].join(" ");
  };

  // An amount with its unit, rounded for reading where it is large; the exact one follows.
  const amount = (text, unit) => {
    const exact = unit.replace("{}", number.format(text));
    return Math.abs(text) < 1e6 ? exact : `${unit.replace("{}", rounded.format(text))} (${exact})`;
  };

  // Indicator, part, year, as the page itself calls them: its method's title, the heads of the row and of the column.
  const title = (shownIn, name) => {
    // A sentence and a chart have no heads: those of the figure's own place are taken.
    const cell = shownIn.matches("span, text") ? placeOf(name) ?? shownIn : shownIn;
    const [code, year] = name.split("."), row = cell.closest("tr"), table = cell.closest("table");
    const own = (place) => (place?.querySelector("a") ?? place)?.firstChild?.textContent.trim();
    const card = own(cell.closest("li")?.querySelector("h3"));
    const method = own(document.getElementById("method-" + code)?.closest("details")?.querySelector("summary"));
    const unit = ", " + (cell.closest("[data-u]")?.dataset.u ?? "").replace("{}", "").replace(/ +/g, " ").trim();
    const plain = (text) => text?.endsWith(unit) ? text.slice(0, -unit.length) : text;
    const heads = row ? [own(row.cells[0]), plain(own(table.tHead?.rows[0].cells[cell.cellIndex]))] : [card];
    // On a profile's page all is of one part, but for the column of what it is held against.
    const isOther = table?.matches(".indicators") && cell.cellIndex > 1;
    const part = document.querySelector(".profile") && !isOther ? document.querySelector("h1").firstChild.textContent.trim() : "";
    const caption = document.querySelector(".profile") && table && !table.matches(".indicators") ? table.caption.textContent.trim() : "";
    const told = [method || caption || heads[0], caption ? "" : part, ...(name.includes("=") ? heads : []), year];
    const ofPlace = cell.id?.split(".")[1] ?? year;
    const isOfYear = (text) => text !== year && (text.includes(year) || text.includes(ofPlace));
    const said = told.filter((text, at) => text && told.indexOf(text) === at && !isOfYear(text));
    return said.reduce((text, part) => part.startsWith(text) ? part : named(text, part));
  };
  const named = (text, part) => panel.dataset.name.replace("{title}", text).replace("{part}", part);

  // What a change, a share or a rank is made of: the figure of its line, and the one that it is held against.
  const partsOf = (cell, figure) => {
    const of = cell.dataset.of, table = cell.closest("table"), next = figure.nextElementSibling;
    const earlier = document.getElementById(nameOf(figure).replace(/\.(\d{4})/, (_, year) => "." + (year - 1)));
    const before = next?.dataset.f && isBefore(next) ? next : earlier;
    const whole = table.matches(".indicators") ? figure.parentElement.querySelectorAll("[data-f]")[1] : table.querySelector("tr.total [data-f]");
    const against = of === "share" ? { whole } : of === "rank" ? {} : { before };
    return { now: figure, ...against };
  };

  const fill = (shownIn) => {
    const cell = figureOf(shownIn), of = shownIn.dataset.of;
    // How many records a figure rests on is told by the figure's own panel.
    const derived = of && of !== "records" ? partsOf(shownIn, cell) : {};
    const name = nameOf(cell), { report } = panel.dataset;
    const link = panel.querySelector(".figure-link");
    // Earlier figures have a place only where a table of this page gives them one.
    const isEarlier = cell.matches("text") || name.split(".")[1] !== panel.dataset.year;
    if (isEarlier && !document.getElementById(name)) link.removeAttribute("href");
    else link.href = (document.getElementById(name) ? "" : report) + "#" + name;
    link.firstElementChild.textContent = name;
    const isDerived = "now" in derived, head = isDerived && shownIn.closest("table").tHead.rows[0].cells[shownIn.cellIndex];
    panel.querySelector(".figure-name").textContent = isDerived ? named(title(cell, name), head.textContent.trim()) : title(cell, name);
    panel.querySelector(".figure-value").textContent = isDerived ? shownIn.textContent.trim() : valueOf(cell);
    for (const how of panel.querySelectorAll("[data-how]")) how.hidden = !isDerived || how.dataset.how !== of;
    const mark = panel.querySelector("[data-mark]");
    mark.hidden = !isDerived || !shownIn.textContent.includes(mark.dataset.mark);
    panel.scrollTop = 0;
    if (report) panel.querySelector(".figure-more").href = report + "#method-" + name.split(".")[0];
    const [r = "", n = "", d = "", s = "A"] = cell.dataset.f.split("|");
    const facts = isDerived ? {} : { r, n, d, s };
    const method = document.getElementById("method-" + name.split(".")[0]);
    for (const line of panel.querySelectorAll("[data-fact]")) {
      const fact = facts[line.dataset.fact] ?? "", unit = method?.dataset[line.dataset.fact];
      const meaning = panel.querySelector(`[data-status="${fact}"]`);
      line.hidden = fact === "";
      line.lastElementChild.textContent = line.dataset.fact === "s" ? meaning?.textContent ?? fact : amount(fact, unit ?? "{}");
    }
    for (const line of panel.querySelectorAll("[data-part]")) {
      const part = derived[line.dataset.part];
      line.hidden = !part;
      line.lastElementChild.textContent = part ? valueOf(part) : "";
    }
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
  addEventListener("hashchange", () => panel.hidePopover());
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

  for (const value of document.querySelectorAll("p[data-f], span[data-f]")) {
    value.setAttribute("role", "button");
    value.setAttribute("aria-haspopup", "dialog");
    value.setAttribute("tabindex", "0");
  }
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
    const isButton = cell.matches("p, span");
    if (event.key === "Enter" || (isButton && event.key === " ")) show(cell, true);
    else if (isButton) return;
    else if ((across || down) && next) {
      cell.setAttribute("tabindex", "-1");
      next.setAttribute("tabindex", "0");
      next.focus();
    } else return;
    event.preventDefault();
  });
}
