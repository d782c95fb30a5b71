// What a reviewer decides about each change: kept in the browser, saved to a file, opened from one.
(() => {
  if (!byId("reading")) return;
  const { report, format } = document.documentElement.dataset;
  const STATES = ["to do", "read", "queried"];
  const KEY = `letters-review:${report}`;
  const entries = all(".decision").map((form) => ({
    form,
    article: form.closest("article"),
    about: form.dataset.about,
    title: form.dataset.title,
    radios: all("input", form),
    comment: form.querySelector("textarea"),
    wants: form.querySelector(".wants"),
    paper: form.closest("article").querySelector(".decided"),
  }));
  const letters = all(".letter");
  const reviewer = byId("reviewer");
  const blank = () => ({ state: "to do", comment: "" });
  let decided = new Map();
  let isKept = true;
  let isSaved = true;

  const decision = (entry) => decided.get(entry.about) ?? blank();

  // What counts: what is decided here, else what others said before. An open query of theirs holds the change.
  function standing(entry) {
    const { state } = decision(entry);
    const { before } = entry.article.dataset;
    if (state === "queried" || before === "queried") return "queried";
    return state === "read" ? state : before;
  }

  function listed(some) {
    return some.map((entry) => ({ about: entry.about, title: entry.title, ...decision(entry) }));
  }

  // The time by this computer's clock, with how far that is from UTC.
  function moment() {
    const now = new Date();
    const two = (number) => String(number).padStart(2, "0");
    const ahead = -now.getTimezoneOffset();
    const [hours, minutes] = [Math.floor(Math.abs(ahead) / 60), Math.abs(ahead) % 60].map(two);
    const day = `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
    const time = [now.getHours(), now.getMinutes(), now.getSeconds()].map(two).join(":");
    return `${day}T${time}${ahead < 0 ? "-" : "+"}${hours}:${minutes}`;
  }

  const written = () => ({
    format: Number(format),
    report,
    reviewer: reviewer.value.trim(),
    saved: moment(),
    changes: listed(entries),
  });

  // Throws an Error in a user's words for anything that is not a file of decisions about this report.
  function understood(text) {
    let file;
    try {
      file = JSON.parse(text);
    } catch {
      throw new Error("This file is not whole, or is not a file of decisions.");
    }
    if (typeof file?.report !== "string" || !Array.isArray(file.changes))
      throw new Error("This is not a file of decisions that a review’s report saved.");
    if (file.report !== report)
      throw new Error("These decisions were made in another report, about other changes.");
    if (file.format !== Number(format))
      throw new Error(`This file has format ${file.format}, and this report reads format ${format}.`);
    const known = new Set(entries.map((entry) => entry.about));
    const found = file.changes;
    const isSound = (one) =>
      known.has(one?.about) && STATES.includes(one.state) && typeof (one.comment ?? "") === "string";
    if (!found.every(isSound)) throw new Error("This file holds a decision that this report does not understand.");
    const read = found.map(({ about, state, comment }) => [about, { state, comment: comment ?? "" }]);
    return { reviewer: typeof file.reviewer === "string" ? file.reviewer : "", decided: new Map(read) };
  }

  function store() {
    try {
      localStorage.setItem(KEY, JSON.stringify(written()));
      isKept = true;
    } catch {
      isKept = false;
    }
    byId("kept").textContent = isKept
      ? "Your decisions are kept in this browser until you clear its data."
      : "This browser keeps nothing for this page: save your decisions before you close it.";
    byId("kept").classList.toggle("warning", !isKept);
  }

  function restore() {
    try {
      const kept = localStorage.getItem(KEY);
      if (kept) take(understood(kept));
    } catch {
      // What cannot be read was not kept by this page; `store` says whether anything can be.
    }
  }

  function take(read) {
    decided = read.decided;
    reviewer.value = read.reviewer;
    entries.forEach(show);
    summarise();
  }

  function show(entry) {
    const { state, comment } = decision(entry);
    for (const radio of entry.radios) radio.checked = radio.value === state;
    if (entry.comment.value !== comment) entry.comment.value = comment;
    entry.article.dataset.state = standing(entry);
    entry.form.classList.toggle("commented", comment !== "" || state === "queried");
    if (!isWanting(entry)) want(entry, "");
    entry.paper.textContent = paper(entry);
  }

  const isWanting = (entry) => decision(entry).state === "queried" && decision(entry).comment.trim() === "";

  function want(entry, text) {
    entry.wants.textContent = text;
    if (text) entry.comment.setAttribute("aria-invalid", "true");
    else entry.comment.removeAttribute("aria-invalid");
  }

  // A decision as it is printed.
  function paper(entry) {
    const { state, comment } = decision(entry);
    const said = { "to do": standing(entry) === "to do" ? "Not decided" : "Nothing decided here", read: "Read", queried: "Queried" };
    return comment.trim() ? `${said[state]}: ${comment.trim()}` : said[state];
  }

  function tally() {
    const count = (state) => entries.filter((entry) => standing(entry) === state).length;
    return `${counted(entries.length, "change")}: ${count("read")} read, ${count("queried")} queried, ${count("to do")} to do`;
  }

  // The state of a letter: that of its changes.
  function stateOf(letter) {
    const numbers = letter.dataset.groups.split(" ");
    const own = entries.filter((entry) => numbers.includes(entry.article.dataset.number)).map(standing);
    if (own.includes("queried")) return "queried";
    return own.length > 0 && own.every((state) => state === "read") ? "read" : "to do";
  }

  function summarise() {
    for (const letter of letters) letter.dataset.state = stateOf(letter);
    const read = letters.filter((letter) => letter.dataset.state === "read").length;
    const isDone = entries.every((entry) => standing(entry) !== "to do");
    const inLetters = `All changes in ${read} of ${counted(letters.length, "letter")} are read`;
    const said = [`${tally()}.`, isDone ? `${inLetters}. Nothing is left to do: save.` : inLetters];
    byId("progress").replaceChildren(make("span", {}, said[0]), " ", make("span", {}, said[1]));
    byId("left").hidden = isDone;
    const who = reviewer.value.trim() || "nobody gave a name";
    byId("on-paper").textContent = `Decisions: ${who}. ${tally()}. ${inLetters}. Printed on ${new Date().toLocaleString("en-GB")}.`;
  }

  function changed() {
    isSaved = false;
    byId("undo").hidden = true;
    summarise();
    store();
  }

  function decide(entry, part) {
    decided.set(entry.about, { ...decision(entry), ...part });
    show(entry);
  }

  for (const entry of entries) {
    entry.form.addEventListener("change", (event) => {
      if (event.target.type !== "radio") return;
      decide(entry, { state: event.target.value });
      changed();
    });
    entry.comment.addEventListener("input", () => {
      decide(entry, { comment: entry.comment.value });
      changed();
    });
    entry.form.querySelector("button").addEventListener("click", () => {
      entry.form.classList.add("commented");
      entry.comment.focus();
    });
    entry.form.addEventListener("submit", (event) => event.preventDefault());
  }
  byId("reviewer").form.addEventListener("submit", (event) => event.preventDefault());
  reviewer.addEventListener("input", changed);

  function say(text, isWrong = false) {
    byId("message").textContent = text;
    byId("message").classList.toggle("warning", isWrong);
  }

  // The next change that nobody decided about, from where the reader is or last was.
  let last = null;
  document.addEventListener("focusin", (event) => {
    last = event.target.closest("article") ?? last;
  });
  function toDo() {
    const here = entries.findIndex((entry) => entry.article === last);
    const order = [...entries.slice(here + 1), ...entries.slice(0, here + 1)];
    const next = order.find((entry) => standing(entry) === "to do");
    if (next) go(next.article);
  }
  byId("left").addEventListener("click", toDo);
  document.addEventListener("letters:to-do", toDo);

  const nameless = byId("nameless");

  byId("save").addEventListener("click", () => {
    const wanting = entries.filter(isWanting);
    for (const entry of wanting) want(entry, "Write what you ask: a query without words cannot be answered.");
    if (wanting.length > 0) {
      const [first] = wanting;
      first.form.classList.add("commented");
      go(first.article);
      first.comment.focus();
      say(`Not saved: ${counted(wanting.length, "query", "queries")} without a comment.`, true);
    } else if (!reviewer.value.trim()) {
      nameless.hidden = false;
      go(byId("reading"));
      byId("give-name").focus();
    } else save();
  });
  byId("give-name").addEventListener("click", () => {
    nameless.hidden = true;
    reviewer.focus();
  });
  byId("without-name").addEventListener("click", () => save());
  nameless.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    nameless.hidden = true;
    byId("save").focus();
  });

  function save() {
    nameless.hidden = true;
    const blob = new Blob([JSON.stringify(written(), null, 1), "\n"], { type: "application/json" });
    const who = reviewer.value.trim().replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "").toLowerCase();
    const name = `decisions-${report.replace(/[^\w.-]/g, "_")}-${who || "without-a-name"}.json`;
    const link = make("a", { href: URL.createObjectURL(blob), download: name });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
    isSaved = true;
    say(`Saved as ${name}. Send this file back to whoever sent you the report.`);
  }

  byId("print").addEventListener("click", () => print());

  const file = byId("file");
  byId("open").addEventListener("click", () => file.click());
  file.addEventListener("change", async () => {
    const [chosen] = file.files;
    if (!chosen) return;
    const earlier = { decided, reviewer: reviewer.value };
    try {
      if (chosen.size > 10_000_000) throw new Error("This file is too long for a file of decisions.");
      take(understood(await chosen.text()));
      changed();
      isSaved = true;
      say(`Opened ${chosen.name}: its decisions are shown in place of those that were here.`);
      byId("undo").hidden = false;
      byId("undo").onclick = () => {
        take(earlier);
        changed();
        say("The earlier decisions are back.");
        byId("open").focus();
      };
    } catch (error) {
      say(`${error.message} Nothing was taken from ${chosen.name}.`, true);
    }
    file.value = "";
  });

  addEventListener("storage", (event) => {
    if (event.key === KEY && event.newValue) restore();
  });
  addEventListener("beforeunload", (event) => {
    if (!isKept && !isSaved) event.preventDefault();
  });

  take({ decided: new Map(), reviewer: "" });
  restore();
  store();
})();
