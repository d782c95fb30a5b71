// What a reviewer decides about each change and each letter: kept in the browser, saved to a file, opened from one.
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
  }));
  const changes = entries.filter((entry) => entry.article.matches(".group"));
  const letters = entries.filter((entry) => entry.article.matches(".letter"));
  const reviewer = byId("reviewer");
  const blank = () => ({ state: "to do", comment: "" });
  let decided = new Map();
  let isKept = true;
  let isSaved = true;

  const decision = (entry) => decided.get(entry.about) ?? blank();

  function listed(some) {
    return some.map((entry) => ({ about: entry.about, title: entry.title, ...decision(entry) }));
  }

  function today() {
    const now = new Date();
    const two = (number) => String(number).padStart(2, "0");
    return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
  }

  const written = () => ({
    format: Number(format),
    report,
    reviewer: reviewer.value.trim(),
    saved: today(),
    changes: listed(changes),
    letters: listed(letters),
  });

  // Throws an Error in a user's words for anything that is not a file of decisions about this report.
  function understood(text) {
    let file;
    try {
      file = JSON.parse(text);
    } catch {
      throw new Error("This file is not whole, or is not a file of decisions.");
    }
    if (typeof file?.report !== "string" || !Array.isArray(file.changes) || !Array.isArray(file.letters))
      throw new Error("This is not a file of decisions that a review’s report saved.");
    if (file.format !== Number(format))
      throw new Error(`This file has format ${file.format}, and this report reads format ${format}.`);
    if (file.report !== report)
      throw new Error("These decisions were made in another report, about other changes.");
    const known = new Set(entries.map((entry) => entry.about));
    const found = [...file.changes, ...file.letters];
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
    entry.article.dataset.state = state;
    entry.form.classList.toggle("commented", comment !== "" || state === "queried");
  }

  function tally(some, what) {
    const count = (state) => some.filter((entry) => decision(entry).state === state).length;
    return `${counted(some.length, what)}: ${count("read")} read, ${count("queried")} queried, ${count("to do")} to do`;
  }

  // Letters still to do of which every change was read.
  function sweepable() {
    const isRead = new Set(
      changes.filter((entry) => decision(entry).state === "read").map((entry) => entry.article.dataset.number),
    );
    return letters.filter((entry) => {
      const groups = entry.article.dataset.groups.split(" ").filter(Boolean);
      return groups.length > 0 && groups.every((group) => isRead.has(group)) && decision(entry).state === "to do";
    });
  }

  function summarise() {
    const said = [`${tally(changes, "change")}.`, tally(letters, "letter")].map((text) => make("span", {}, text));
    byId("progress").replaceChildren(said[0], " ", said[1]);
    const ready = sweepable();
    byId("offer").hidden = ready.length === 0;
    byId("offered").textContent =
      ready.length === 1 ? "All changes in 1 letter are read." : `All changes in ${ready.length} letters are read.`;
    for (const entry of letters) entry.article.classList.toggle("ready", ready.includes(entry));
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
      decided.set(entry.about, { ...decision(entry), comment: entry.comment.value });
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

  byId("sweep").addEventListener("click", () => {
    const swept = sweepable();
    swept.forEach((entry) => decide(entry, { state: "read" }));
    changed();
    byId("letters").querySelector("h2").focus();
  });

  function say(text, isWrong = false) {
    byId("message").textContent = text;
    byId("message").classList.toggle("warning", isWrong);
  }

  byId("save").addEventListener("click", () => {
    const blob = new Blob([JSON.stringify(written(), null, 1), "\n"], { type: "application/json" });
    const who = reviewer.value.trim().replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "").toLowerCase();
    const name = `decisions-${report.replace(/[^\w.-]/g, "_")}${who && "-"}${who}.json`;
    const link = make("a", { href: URL.createObjectURL(blob), download: name });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
    isSaved = true;
    say(`Saved as ${name}. Send this file back to whoever sent you the report.`);
  });

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
