/* Reading lists: which stories this reader picked, kept in this browser alone (localStorage), by name. Every page works
   without this file; the address of a list then carries it alone. */
"use strict";

(() => {
  const KEY = "timbao.lists", EDITING = "timbao.editing";
  const basket = document.querySelector("[data-basket]");
  if (!basket) return;
  const said = JSON.parse(basket.dataset.basket);
  const PLACE = new URL(basket.href).pathname;

  function load() {
    let read = null;
    try { read = JSON.parse(localStorage.getItem(KEY)); } catch { /* none, then */ }
    const lists = new Map();
    if (read && typeof read.lists === "object") {
      for (const [name, list] of Object.entries(read.lists)) {
        if (list && Array.isArray(list.ids)) lists.set(name, { ids: list.ids.map(String), notes: { ...list.notes } });
      }
    }
    return { current: read && typeof read.current === "string" ? read.current : "", lists };
  }

  let store = load();

  function save() {
    const written = JSON.stringify({ current: store.current, lists: Object.fromEntries(store.lists) });
    try { localStorage.setItem(KEY, written); } catch { /* full or forbidden: the address has it all the same */ }
    show();
  }

  function list(name = store.current) {
    if (!store.lists.has(name)) store.lists.set(name, { ids: [], notes: {} });
    return store.lists.get(name);
  }

  function address(name = store.current) {
    const { ids, notes } = list(name);
    if (!ids.length) return PLACE;
    const asked = new URLSearchParams(name ? { name } : {});
    asked.set("ids", ids.join(","));
    for (const id of ids) if (notes[id]) asked.set(`note-${id}`, notes[id]);
    return `${PLACE}?${asked.toString().replaceAll("%2C", ",")}`;
  }

  function put(id, wanted, most) {
    const { ids } = list();
    const at = ids.indexOf(id);
    if (wanted && at < 0 && ids.length < most) ids.push(id);
    if (!wanted && at >= 0) ids.splice(at, 1);
  }

  /* -- the link in the header, and the boxes at stories ------------------------------------------------------------ */

  const form = document.getElementById("gio");
  const most = Number(form?.dataset.most) || 200;
  const boxes = [...document.querySelectorAll('.pick input[name="id"]')];
  const label = basket.textContent;

  function show() {
    const { ids } = list();
    basket.textContent = ids.length ? `${label} (${ids.length})` : label;
    basket.href = address();
    for (const box of boxes) box.checked = ids.includes(box.value);
  }

  for (const box of boxes) {
    box.addEventListener("change", () => { put(box.value, box.checked, most); save(); });
  }
  document.querySelector("[data-whole]")?.addEventListener("click", (event) => {
    event.preventDefault();
    const wanted = !boxes.every((box) => list().ids.includes(box.value));
    for (const box of boxes) put(box.value, wanted, most);
    save();
  });
  form?.addEventListener("submit", (event) => {
    if (!list().ids.length) return;
    event.preventDefault();
    location.href = address();
  });
  if (document.querySelector("[data-story]")) form.querySelector("button").hidden = true;
  window.addEventListener("storage", (event) => { if (event.key === KEY) { store = load(); show(); } });

  /* -- the page of a list -------------------------------------------------------------------------------------------- */

  function button(text, act) {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = text;
    made.addEventListener("click", act);
    return made;
  }

  function chooser() {
    const bar = document.createDocumentFragment();
    const names = [...store.lists.keys()].filter((name) => store.lists.get(name).ids.length || name === store.current);
    if (names.length > 1) {
      const choice = document.createElement("select");
      choice.setAttribute("aria-label", said.choose);
      for (const name of names) {
        choice.append(new Option(`${name || said.unnamed} (${list(name).ids.length})`, name, false, name === store.current));
      }
      choice.addEventListener("change", () => { store.current = choice.value; save(); location.href = address(); });
      bar.append(choice);
    }
    bar.append(button(said.fresh, () => {
      let number = 2;
      while (store.lists.has(`${said.unnamed} ${number}`)) number += 1;
      store.current = `${said.unnamed} ${number}`;
      list();
      save();
      location.href = PLACE;
    }));
    if (list().ids.length) {
      bar.append(button(said.remove, () => {
        store.lists.delete(store.current);
        store.current = [...store.lists.keys()][0] || "";
        save();
        location.href = PLACE;
      }));
    }
    return bar;
  }

  const empty = document.querySelector("[data-lists]");
  if (empty) {
    if (list().ids.length) { location.replace(address()); return; }
    if (store.lists.size > 1) {
      const bar = document.createElement("p");
      bar.className = "formats";
      bar.append(chooser());
      empty.append(bar);
    }
  }

  const page = document.querySelector("[data-list]");
  if (page) {
    const asked = new URLSearchParams(location.search);
    const name = asked.get("name") || "";
    const given = { ids: (asked.get("ids") || "").split(",").filter(Boolean), notes: {} };
    for (const [key, value] of asked) if (key.startsWith("note-")) given.notes[key.slice(5)] = value;
    let editing = null;
    try { editing = sessionStorage.getItem(EDITING); sessionStorage.removeItem(EDITING); } catch { /* as if not */ }
    const known = store.lists.get(name);
    const same = known && known.ids.length === given.ids.length && known.ids.every((id) => given.ids.includes(id));
    const own = editing !== null || same;
    if (own) {
      if (editing !== null && editing !== name) store.lists.delete(editing);
      store.lists.set(name, given);
      store.current = name;
      save();
      page.querySelector("[data-bar]").append(chooser());
      page.querySelector("form").addEventListener("submit", (event) => {
        if (event.submitter?.hasAttribute("formaction")) return;
        try { sessionStorage.setItem(EDITING, name); } catch { /* then the page asks whether to keep it */ }
      });
      page.addEventListener("change", ({ target }) => {
        if (target.name === "keep") put(target.value, target.checked, most);
        else if (target.name.startsWith("note-")) list().notes[target.name.slice(5)] = target.value;
        else return;
        save();
      });
    } else if (given.ids.length) {
      page.querySelector("[data-bar]").append(button(said.keep, () => {
        let kept = name || said.unnamed, number = 2;
        while (store.lists.get(kept)?.ids.length) { kept = `${name || said.unnamed} ${number}`; number += 1; }
        store.lists.set(kept, given);
        store.current = kept;
        save();
        location.href = address();
      }));
    }
  }

  show();
})();

/* Searches that are watched: each with how many articles it found when it was last looked at, in this browser alone. */
(() => {
  const KEY = "timbao.watched", MOST = 20;

  function load() {
    try {
      const read = JSON.parse(localStorage.getItem(KEY));
      return Array.isArray(read) ? read.filter((one) => one && typeof one.address === "string" && one.address[0] === "/") : [];
    } catch { return []; }
  }

  function save(watched) {
    try { localStorage.setItem(KEY, JSON.stringify(watched.slice(-MOST))); } catch { /* then it is not kept */ }
  }

  const button = document.querySelector("[data-watch]");
  if (button) {
    const { watch: address, name, total, watched, new: fresh } = button.dataset;
    const label = button.textContent;
    const show = (one, count) => {
      button.setAttribute("aria-pressed", String(Boolean(one)));
      button.textContent = one ? watched + (count > 0 ? ` · ${fresh.replace("{}", count)}` : "") : label;
    };
    const all = load(), known = all.find((one) => one.address === address);
    show(known, known ? Number(total) - known.total : 0);
    if (known) { known.total = Number(total); save(all); }
    button.addEventListener("click", () => {
      const now = load(), at = now.findIndex((one) => one.address === address);
      if (at >= 0) now.splice(at, 1);
      else now.push({ address, name, total: Number(total) });
      save(now);
      show(at < 0, 0);
    });
  }

  const list = document.querySelector(".watched");
  if (!list) return;
  const said = list.dataset;

  async function draw() {
    const watched = load();
    let totals = [];
    try {
      const asked = new URLSearchParams(watched.map((one) => ["s", one.address]));
      if (watched.length) totals = (await (await fetch(`${said.totals}?${asked}`)).json()).totals;
    } catch { /* names without numbers, then */ }
    list.replaceChildren(...watched.map((one, at) => {
      const row = document.createElement("li"), link = document.createElement("a"), count = document.createElement("span");
      const drop = document.createElement("button"), total = totals[at];
      link.href = one.address.replace(/^\/+/, "/"); // never another host
      link.textContent = one.name || said.everything;
      count.className = "count";
      if (Number.isInteger(total)) {
        const more = total - one.total;
        count.textContent = (more > 0 ? `${said.new.replace("{}", more)} · ` : "") + said.total.replace("{}", total);
      }
      drop.type = "button";
      drop.textContent = said.drop;
      drop.setAttribute("aria-label", `${said.drop}: ${link.textContent}`);
      drop.addEventListener("click", () => { save(load().filter((other) => other.address !== one.address)); draw(); });
      row.append(link, " ", count, " ", drop);
      return row;
    }));
    if (!watched.length) list.replaceChildren(Object.assign(document.createElement("li"), { textContent: said.none }));
  }

  draw();
})();
