// Search and filters of the book of wordings. Without it the page is whole, and long.
"use strict";
(() => {
  const form = document.getElementById("filter");
  const search = form.elements["words"];
  const status = document.getElementById("count");
  const shown = document.getElementById("shown");
  const heading = document.getElementById("verdicts-heading");
  const nothing = document.getElementById("nothing");
  const answers = [...form.querySelectorAll("select[data-answer]")];
  const fold = (text) =>
    text.normalize("NFC").replace(/[‘’]/g, "'").replace(/[“”]/g, '"').replace(/\s+/g, " ").toLowerCase();

  const verdicts = [...document.querySelectorAll(".verdict")].map((element) => ({
    element,
    words: fold([element.id, ...[...element.querySelectorAll(".words, .today")].map((p) => p.textContent)].join("\n")),
    outcomes: element.dataset.outcomes.split(" ").map((outcome) => outcome.split(".")),
    phrases: element.dataset.phrases.split(" "),
    used: "used" in element.dataset,
    changed: "changed" in element.dataset,
  }));

  // Each word must occur; words in quotation marks, as they stand.
  const terms = () => [...fold(search.value).matchAll(/"([^"]+)"?|[^\s"]+/g)].map((match) => match[1] ?? match[0]);

  const value = (name) => (form.elements[name] ? form.elements[name].value : "");

  function wanted() {
    const needles = terms();
    const asked = answers.map((select) => (select.value ? String(select.selectedIndex - 1) : ""));
    const today = value("today");
    const phrase = value("phrase") ? String(form.elements["phrase"].selectedIndex - 1) : "";
    const changed = Boolean(form.elements["changed"]?.checked);
    return (verdict) =>
      (!today || verdict.used === (today === "used")) &&
      (!changed || verdict.changed) &&
      (!phrase || verdict.phrases.includes(phrase)) &&
      verdict.outcomes.some((outcome) => asked.every((answer, field) => !answer || !outcome[field] || outcome[field] === answer)) &&
      needles.every((needle) => verdict.words.includes(needle));
  }

  // What is filtered by, for paper and where the filters are folded away.
  function said() {
    const parts = [...form.elements].map((control) => {
      if (control === search) return search.value.trim() && `words: ${search.value.trim()}`;
      if (control.type === "checkbox") return control.checked && control.labels[0].textContent.trim();
      if (control.tagName !== "SELECT" || !control.value) return "";
      return `${control.labels[0].textContent.trim()}: ${control.selectedOptions[0].textContent}`;
    });
    return parts.filter(Boolean).join("; ");
  }

  const number = (count) => count.toLocaleString("en-GB");

  function apply() {
    const fits = wanted();
    let found = 0;
    for (const verdict of verdicts) {
      const fit = fits(verdict);
      found += fit;
      if (verdict.element.hidden === fit) verdict.element.hidden = !fit;
    }
    status.textContent = `${number(found)} of ${number(verdicts.length)} verdicts`;
    nothing.hidden = found > 0;
    const filter = said();
    shown.textContent = filter && `Only: ${filter}`;
  }

  const state = () => new URLSearchParams([...new FormData(form)].filter(([, given]) => given)).toString();

  function keep() {
    // A page without an address of its own cannot keep it.
    try {
      history.replaceState(null, "", `#${state()}`);
    } catch {}
  }

  function restore(text) {
    const given = new URLSearchParams(text);
    for (const control of form.elements) {
      if (!control.name) continue;
      if (control.type === "checkbox") control.checked = given.has(control.name);
      else control.value = given.get(control.name) ?? "";
      if (control.tagName === "SELECT" && control.selectedIndex < 0) control.value = "";
    }
    apply();
  }

  // On a narrow screen the filters are folded away, and the verdicts come first.
  const wide = matchMedia("(min-width: 62em)");
  function unfold() {
    if (wide.matches) document.getElementById("more").open = true;
  }

  function reveal(id) {
    const target = document.getElementById(id);
    const verdict = target?.closest(".verdict");
    if (!verdict?.hidden) return;
    verdict.hidden = false;
    status.textContent += `, and ${verdict.id}`;
    verdict.scrollIntoView();
    verdict.focus();
  }

  const fragment = () => {
    try {
      return decodeURIComponent(location.hash.slice(1));
    } catch {
      return location.hash.slice(1);
    }
  };

  function follow() {
    const raw = location.hash.slice(1);
    if (raw === "" || raw.includes("=")) restore(raw);
    else reveal(fragment());
  }

  function go(target) {
    target.scrollIntoView();
    target.focus({ preventScroll: true });
  }

  form.addEventListener("input", () => {
    apply();
    keep();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const first = verdicts.find((verdict) => !verdict.element.hidden);
    if (first) go(first.element);
  });
  form.addEventListener("reset", (event) => {
    event.preventDefault();
    restore("");
    keep();
    search.focus();
  });
  search.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !search.value) return;
    event.preventDefault();
    search.value = "";
    apply();
    keep();
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-only]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    history.pushState(null, "", link.hash);
    restore(link.hash.slice(1));
    go(heading);
  });
  addEventListener("hashchange", follow);
  wide.addEventListener("change", unfold);
  // On paper nothing can be unfolded.
  const folded = [...document.querySelectorAll("dd details, .verdict details")];
  addEventListener("beforeprint", () => folded.forEach((details) => (details.open = true)));
  addEventListener("afterprint", () => folded.forEach((details) => (details.open = false)));

  document.documentElement.classList.add("scripted");
  form.hidden = false;
  unfold();
  restore("");
  follow();
  if (location.hash.includes("=")) heading.scrollIntoView();
})();
