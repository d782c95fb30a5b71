// Pages before and after, and the way from one change to the next.
(() => {
  if (!byId("reading")) return;
  const MODES = ["Side by side", "Overlay", "Blink"];
  const HALF_TURN = 900; // milliseconds; at most three flashes a second are safe
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  let mode = MODES[0];
  let blinking = null;

  function box([isAdded, change, left, top, width, height]) {
    const className = `mark ${isAdded ? "added" : "removed"}`;
    const mark = make("span", { className, tabIndex: -1, data: { change } });
    const percent = (part) => `${part * 100}%`;
    Object.assign(mark.style, {
      left: percent(left),
      top: percent(top),
      width: percent(width),
      height: percent(height),
    });
    return mark;
  }

  function sheet(side, number, page) {
    const said = `Page ${number} ${side}`;
    const caption = make("figcaption", {}, page ? said : `No page ${number} ${side}`);
    if (!page) return make("figure", { className: `sheet none ${side}` }, caption);
    const picture = make("img", { alt: said, src: byId(`picture-${page.picture}`).textContent, decoding: "async" });
    const paper = make("div", { className: "paper" }, picture, ...page.marks.map(box));
    paper.style.aspectRatio = `${page.size[0]} / ${page.size[1]}`;
    return make("figure", { className: `sheet ${side}` }, caption, paper);
  }

  function pair(number, before, after) {
    const both = [sheet("before", number, before), sheet("after", number, after)];
    const sheets = make("div", { className: "pair", data: { page: `Page ${number}` } }, ...both);
    const isMarked = before?.marks.length || after?.marks.length;
    if (isMarked || before?.picture !== after?.picture) return sheets;
    const summary = make("summary", {}, `Page ${number} looks the same before and after`);
    return make("details", { className: "same" }, summary, sheets);
  }

  function modes(viewer, name) {
    const choices = MODES.map((one) => {
      const group = `mode-${viewer.closest("article").id}`;
      const radio = make("input", { type: "radio", name: group, value: one, checked: one === mode });
      return make("label", {}, radio, make("span", {}, one));
    });
    const legend = make("legend", { className: "away" }, `How the pages of ${name} are shown`);
    return make("fieldset", { className: "modes" }, legend, make("div", { className: "segments" }, ...choices));
  }

  function fill(viewer) {
    if (viewer.childElementCount) return;
    const { before, after } = JSON.parse(viewer.parentElement.querySelector(".view").textContent);
    const chosen = modes(viewer, viewer.dataset.name);
    const turn = make("button", { type: "button", className: "turn" });
    const blink = make("button", { type: "button", className: "blink" });
    const removed = make("span", { className: "removed" }, "removed");
    const added = make("span", { className: "added" }, "added");
    const colours = make("p", { className: "colours" }, removed, " ", added);
    const count = Math.max(before.length, after.length);
    const pairs = Array.from({ length: count }, (_, at) => pair(at + 1, before[at], after[at]));
    viewer.append(make("div", { className: "buttons" }, chosen, blink, turn, colours), ...pairs);
    describe(viewer);
    chosen.addEventListener("change", (event) => {
      mode = event.target.value;
      set(viewer, mode);
      if (mode === "Blink" && !calm.matches) start(viewer);
    });
    blink.addEventListener("click", () => (blinking?.viewer === viewer ? stop() : start(viewer)));
    turn.addEventListener("click", () => {
      stop();
      showSide(viewer, viewer.dataset.side === "after" ? "before" : "after");
    });
    set(viewer, mode);
  }

  // What a mark says to somebody who cannot see it: the words of its change.
  function describe(viewer) {
    const rows = viewer.closest("article");
    for (const mark of all(".mark", viewer)) {
      const row = rows.querySelector(`.row[data-stop="${mark.dataset.change}"]`);
      const words = (tag) => (row ? all(tag, row).map((one) => one.textContent).join(" … ").slice(0, 200) : "");
      const removed = words("del") && `removed: ${words("del")}`;
      const added = words("ins") && `added: ${words("ins")}`;
      mark.setAttribute("role", "img");
      mark.setAttribute("aria-label", `Changed words, ${[removed, added].filter(Boolean).join("; ") || "moved"}`);
    }
  }

  function set(viewer, chosen) {
    stop();
    viewer.dataset.mode = chosen;
    for (const radio of all("input[type=radio]", viewer)) radio.checked = radio.value === chosen;
    showSide(viewer, "after");
  }

  function showSide(viewer, side) {
    viewer.dataset.side = side;
    viewer.querySelector(".turn").textContent = side === "after" ? "Show before" : "Show after";
    viewer.querySelector(".blink").textContent = blinking?.viewer === viewer ? "Stop blinking" : "Start blinking";
  }

  function start(viewer) {
    stop();
    const other = () => (viewer.dataset.side === "after" ? "before" : "after");
    blinking = { viewer, timer: setInterval(() => showSide(viewer, other()), HALF_TURN) };
    showSide(viewer, viewer.dataset.side);
  }

  function stop() {
    if (!blinking) return;
    const { viewer, timer } = blinking;
    clearInterval(timer);
    blinking = null;
    showSide(viewer, viewer.dataset.side);
  }

  const insides = all(".inside");
  const viewerOf = (within) => within.querySelector(".viewer");

  function unfold(inside) {
    inside.open = true;
    const viewer = viewerOf(inside);
    if (!viewer) return;
    fill(viewer);
    if (viewer.dataset.mode !== mode) set(viewer, mode);
  }

  for (const inside of insides)
    inside.addEventListener("toggle", () => {
      if (inside.open) unfold(inside);
      else if (blinking?.viewer === viewerOf(inside)) stop();
    });
  document.addEventListener("visibilitychange", () => document.hidden && stop());

  // -- from place to place

  const stops = all(".letter [data-stop]");
  let current = -1;

  // The mark on the page where there is one, else the line that says the change.
  function markOf(row) {
    const viewer = viewerOf(row.closest(".inside"));
    const marks = viewer && row.dataset.stop ? all(`.mark[data-change="${row.dataset.stop}"]`, viewer) : [];
    all(".mark.current").forEach((mark) => mark.classList.remove("current"));
    marks.forEach((mark) => mark.classList.add("current"));
    if (marks.length && viewer.dataset.mode === "Blink") {
      stop();
      showSide(viewer, marks[0].matches(".removed") ? "before" : "after");
    }
    return marks[0];
  }

  function visit(at) {
    current = at;
    const row = stops[at];
    unfold(row.closest(".inside"));
    go(markOf(row) ?? row, "center");
    const name = row.closest(".letter").querySelector("h3").textContent;
    byId("place").textContent = `Place ${at + 1} of ${stops.length}: ${name}`;
  }

  // Where the reader is counts, not only where the last step led.
  function step(by) {
    const here = document.activeElement.closest(".letter");
    const isElsewhere = here && (current < 0 || !here.contains(stops[current]));
    const inHere = (stop) => here.contains(stop);
    let at = current + by;
    if (isElsewhere) at = by > 0 ? stops.findIndex(inHere) : stops.findIndex(inHere) - 1;
    if (current < 0 && !isElsewhere) at = by > 0 ? 0 : -1;
    if (stops[at]) visit(at);
    else byId("place").textContent = by > 0 ? "No change after this one" : "No change before this one";
  }

  const articles = all(".group");
  const toDo = () => document.dispatchEvent(new Event("letters:to-do"));

  function stepDecision(by) {
    const at = articles.findIndex((article) => article.contains(document.activeElement));
    const target = articles[at < 0 && by < 0 ? -1 : at + by];
    if (target) go(target);
  }

  byId("next").addEventListener("click", () => step(1));
  byId("previous").addEventListener("click", () => step(-1));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") return stop();
    const isTyping = event.target.closest?.("textarea, select, input:not([type=radio], [type=checkbox])");
    if (isTyping || event.ctrlKey || event.metaKey || event.altKey || !byId("keys").checked) return;
    const does = { n: () => step(1), p: () => step(-1), j: () => stepDecision(1), k: () => stepDecision(-1), t: toDo };
    if (!Object.hasOwn(does, event.key)) return;
    event.preventDefault();
    does[event.key]();
  });

  function follow() {
    const target = byId(location.hash.slice(1));
    if (!target?.matches("article")) return;
    if (target.matches(".letter")) unfold(target.querySelector(".inside"));
    all(".before", target).forEach((before) => (before.open = true));
    go(target);
  }
  addEventListener("hashchange", follow);

  // On paper nothing can be unfolded.
  const unfolding = [...insides, ...all(".before, .versions, .which")];
  let folded = [];
  addEventListener("beforeprint", () => {
    folded = unfolding.filter((one) => !one.open);
    folded.forEach((one) => (one.open = true));
  });
  addEventListener("afterprint", () => folded.forEach((one) => (one.open = false)));

  follow();
})();
