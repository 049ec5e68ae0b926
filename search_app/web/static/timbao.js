/* Sugar only: every page works without this file. Completes what is typed in the search box, opens the rest of a facet
   in its place, and two keys: "/" goes to the box, "?" opens the page on how to search. */
"use strict";

(() => {
  const box = document.getElementById("q");
  const list = document.getElementById("goi-y");
  if (!box || !list || !window.fetch) return;
  const WAIT = 80; // ms after the last key
  let timer = 0, asked = 0, chosen = -1, typed = "";

  box.setAttribute("role", "combobox");
  box.setAttribute("aria-autocomplete", "list");
  box.setAttribute("aria-controls", list.id);
  box.setAttribute("aria-expanded", "false");

  function close() {
    asked += 1; // an answer under way comes too late
    list.hidden = true;
    list.replaceChildren();
    chosen = -1;
    box.setAttribute("aria-expanded", "false");
    box.removeAttribute("aria-activedescendant");
  }

  function show(suggestions) {
    list.replaceChildren(...suggestions.map((one, number) => {
      const item = document.createElement("li");
      item.id = `goi-y-${number}`;
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", "false");
      item.className = one.kind;
      item.textContent = one.text;
      item.lang = "vi";
      if (one.kind === "place") {
        const [only, count] = [document.createElement("span"), document.createElement("span")];
        only.lang = document.documentElement.lang;
        only.textContent = list.dataset.only;
        only.className = count.className = "count";
        count.textContent = `(${new Intl.NumberFormat(only.lang).format(one.count)})`;
        item.prepend(only, " ");
        item.append(" ", count);
        item.dataset.link = one.link;
      } else if (one.id) item.dataset.article = one.id;
      item.addEventListener("mousedown", (event) => { event.preventDefault(); take(item); });
      return item;
    }));
    chosen = -1;
    list.hidden = suggestions.length === 0;
    box.setAttribute("aria-expanded", String(!list.hidden));
  }

  function take(item) {
    if (item.dataset.link) { location.href = new URL(item.dataset.link, box.form.action); return; }
    if (item.dataset.article) {
      location.href = new URL(`bai/${encodeURIComponent(item.dataset.article)}`, box.form.action);
      return;
    }
    box.value = item.textContent;
    close();
    box.form.requestSubmit();
  }

  function choose(number) {
    const items = [...list.children];
    if (chosen >= 0) items[chosen].setAttribute("aria-selected", "false");
    chosen = number < -1 ? items.length - 1 : number >= items.length ? -1 : number;
    if (chosen < 0) {
      box.value = typed;
      box.removeAttribute("aria-activedescendant");
      return;
    }
    items[chosen].setAttribute("aria-selected", "true");
    box.setAttribute("aria-activedescendant", items[chosen].id);
    const { article, link } = items[chosen].dataset; // these lead elsewhere: what was typed stays
    box.value = article || link ? typed : items[chosen].textContent;
  }

  async function ask() {
    typed = box.value;
    const number = (asked += 1);
    if (!typed.trim() || typed.length > 100) { close(); return; }
    try {
      const fields = new URLSearchParams(new FormData(box.form)); // with the filters in force
      const answer = await fetch(new URL(`api/suggest?${fields}`, box.form.action));
      const made = answer.ok ? await answer.json() : { suggestions: [] };
      if (number === asked && document.activeElement === box) show(made.suggestions);
    } catch { /* no completion, then */ }
  }

  box.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(ask, WAIT); });
  box.addEventListener("blur", close);
  box.form.addEventListener("submit", () => { clearTimeout(timer); close(); });
  box.addEventListener("keydown", (event) => {
    if (event.isComposing || list.hidden) return;
    if (event.key === "ArrowDown") choose(chosen + 1);
    else if (event.key === "ArrowUp") choose(chosen < 0 ? -2 : chosen - 1);
    else if (event.key === "Escape") { box.value = typed; close(); }
    else if (event.key === "Enter" && chosen >= 0) take(list.children[chosen]);
    else return;
    event.preventDefault();
  });

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select")) return;
    if (event.key === "/") { event.preventDefault(); box.focus(); box.select(); }
    if (event.key === "?") location.href = box.form.dataset.help;
  });
})();

/* The values of a facet that were not drawn are fetched once, and put where they are opened. */
(() => {
  if (!window.fetch || !window.DOMParser) return;
  const pages = new Map();

  function facet(link) {
    const wanted = new URL(link.href);
    wanted.searchParams.delete("tim");
    wanted.searchParams.set("rows", "1");
    const address = wanted.href;
    if (!pages.has(address)) {
      pages.set(address, fetch(address).then((answer) => {
        if (!answer.ok) throw new Error(answer.statusText);
        return answer.text();
      }).then((text) => new DOMParser().parseFromString(text, "text/html").querySelector(".facet")));
    }
    return pages.get(address);
  }

  async function open(fold) {
    const link = fold.querySelector("a");
    try {
      const found = (await facet(link)).querySelector(`ul[id="${fold.dataset.rest.replace(/["\\]/g, "\\$&")}"]`);
      if (found) link.replaceWith(document.adoptNode(found.cloneNode(true)));
    } catch { /* the link stays, and leads there */ }
  }

  async function all(link) {
    const section = link.closest(".facet");
    try {
      const list = (await facet(link)).querySelector("ul").cloneNode(true);
      for (const fold of list.querySelectorAll("details")) fold.open = Boolean(fold.querySelector("[aria-current]"));
      const seen = section.querySelectorAll(":scope > ul > li").length;
      section.querySelector(":scope > ul").replaceWith(document.adoptNode(list));
      link.remove();
      list.children[seen]?.querySelector("a").focus();
    } catch { location.href = link.href; }
  }

  document.addEventListener("toggle", (event) => {
    const fold = event.target;
    if (fold.open && fold.dataset?.rest && fold.querySelector(":scope > a")) open(fold);
  }, true);
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[data-rest]");
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    all(link);
  });
})();

/* The form of all values of a facet: what is typed into its box hides the others at once, accents ignored. A value is
   taken or excluded, not both. */
(() => {
  const box = document.getElementById("tim");
  if (!box) return;
  const plain = (text) => text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "").replaceAll("đ", "d").trim();
  const rows = [...document.querySelectorAll(".values li")].map((row) => [row, plain(row.querySelector("label").textContent)]);
  box.addEventListener("input", () => {
    const wanted = plain(box.value);
    for (const [row, name] of rows) row.hidden = !name.includes(wanted);
  });
  document.querySelector(".values").addEventListener("change", ({ target }) => {
    if (!target.checked) return;
    for (const other of target.closest("li").querySelectorAll("input")) if (other !== target) other.checked = false;
  });
})();

/* A citation and a link are copied by a button each; what was copied is said. */
(() => {
  const place = document.querySelector("[data-copy]");
  if (!place) return;
  const said = JSON.parse(place.dataset.copy);
  const told = document.createElement("span");
  told.setAttribute("role", "status");

  async function copy(text) {
    try { await navigator.clipboard.writeText(text); return true; } catch { /* no secure page, or not allowed */ }
    const area = document.createElement("textarea");
    area.value = text;
    place.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    return done;
  }

  for (const [name, from] of [["cite", ".cite"], ["link", ".permanent"]]) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = said[name];
    button.addEventListener("click", async () => {
      const text = document.querySelector(from).textContent.replace(/\s+/g, " ").trim();
      told.textContent = (await copy(text)) ? said.done : "";
    });
    place.append(button);
  }
  place.append(told);
})();

/* A stretch of the timeline: one bar for its beginning, another for its end. Without this file, or by the keyboard, the
   two lists below the bars do the same. */
(() => {
  const form = document.querySelector(".timeline form");
  const bars = [...document.querySelectorAll(".timeline svg a[data-time]")];
  if (!form || bars.length < 2) return;
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = form.dataset.pick;
  button.setAttribute("aria-pressed", "false");
  form.append(button); // where nothing moves when it comes
  let begun = null;
  button.addEventListener("click", () => {
    const on = button.getAttribute("aria-pressed") !== "true";
    button.setAttribute("aria-pressed", String(on));
    begun = null;
    for (const bar of bars) bar.classList.remove("begun");
  });
  for (const bar of bars) {
    bar.addEventListener("click", (event) => {
      if (button.getAttribute("aria-pressed") !== "true") return;
      event.preventDefault();
      if (begun === null) { begun = bar.dataset.time; bar.classList.add("begun"); return; }
      const [from, to] = [begun, bar.dataset.time].sort();
      form.elements.from.value = from;
      form.elements.to.value = to;
      form.requestSubmit();
    });
  }
})();
