"use strict";
(() => {
  const root = document.documentElement;
  const byId = (id) => document.getElementById(id);
  const all = (selector, under = document) => [...under.querySelectorAll(selector)];
  root.classList.add("scripted");

  // What the reader prefers is remembered where the browser allows it; some do not for files.
  const memory = {
    get(key) { try { return localStorage.getItem("dedup." + key); } catch { return null; } },
    set(key, value) { try { localStorage.setItem("dedup." + key, value); } catch { /* forgotten */ } },
  };

  // Languages and colours.
  let lang = root.dataset.lang;
  const fill = (element, values) => {
    element.textContent = element.dataset[lang].replace(/\{(\w+)\}/g, (_, name) => values[name]);
  };
  function speak(chosen) {
    lang = chosen;
    root.dataset.lang = lang;
    root.lang = lang === "zh" ? "zh-Hans" : "en";
    byId("lang-" + lang).checked = true;
    for (const element of all("title, option[data-en]")) element.textContent = element.dataset[lang];
    tell();
  }
  function paint(theme) { byId("theme-" + theme).checked = true; }
  for (const input of all('input[name="lang"]')) {
    input.addEventListener("change", () => { memory.set("lang", input.value); speak(input.value); });
  }
  for (const input of all('input[name="theme"]')) {
    input.addEventListener("change", () => memory.set("theme", input.value));
  }

  // The list: chosen and sorted by what each cluster says of itself.
  const list = byId("list");
  const clusters = list ? all(".cluster", list) : [];
  const facts = new Map(clusters.map((cluster) => [cluster, {
    id: cluster.dataset.id,
    number: Number(cluster.dataset.number),
    size: Number(cluster.dataset.size),
    weakest: Number(cluster.dataset.weakest),
    relations: cluster.dataset.relations.split(" "),
    name: cluster.querySelector(".kept-name").textContent,
    words: all(".path", cluster).map((path) => path.textContent).join("\n").toLowerCase() + "\n" + cluster.dataset.id,
  }]));
  const decisions = new Map();
  const orders = {
    as_scanned: (a, b) => a.number - b.number,
    largest: (a, b) => b.size - a.size || a.number - b.number,
    weakest: (a, b) => a.weakest - b.weakest || a.number - b.number,
    by_name: (a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.number - b.number),
  };
  const shown = () => clusters.filter((cluster) => !cluster.hidden);
  let counted = clusters.length;

  function choose() {
    const words = byId("search").value.toLowerCase().split(/\s+/).filter(Boolean);
    const least = Number(byId("least").value) || 0;
    const state = byId("state").value;
    const wanted = new Set(all('input[name="relation"]').filter((box) => box.checked).map((box) => box.value));
    for (const cluster of clusters) {
      const fact = facts.get(cluster);
      cluster.hidden = !(
        fact.size >= least
        && fact.relations.some((relation) => wanted.has(relation))
        && words.every((word) => fact.words.includes(word))
        && (state === "all" || (state === "decided") === decisions.has(fact.id))
      );
    }
    counted = shown().length;
    tell();
  }
  function sort() {
    const order = orders[byId("order").value];
    clusters.sort((a, b) => order(facts.get(a), facts.get(b)));
    const ordered = document.createDocumentFragment();
    ordered.append(...clusters);
    list.append(ordered);
  }
  if (list) {
    byId("choose").addEventListener("input", choose);
    byId("choose").addEventListener("submit", (event) => event.preventDefault());
    byId("order").addEventListener("input", sort);
    byId("open-all").addEventListener("click", () => { for (const cluster of shown()) open(cluster, true); });
    byId("close-all").addEventListener("click", () => { for (const cluster of clusters) open(cluster, false); });
  }
  const open = (cluster, wanted) => { cluster.querySelector("details").open = wanted; };

  // Review. A decision is {accept, keep, exclude}: documents go by their place in the cluster.
  const members = (cluster) => all(".member", cluster);
  const decision = (id) => decisions.get(id) ?? { accept: false, keep: 0, exclude: new Set() };
  function decide(cluster, change) {
    const id = cluster.dataset.id;
    const made = { ...decision(id), ...change };
    if (made.accept) Object.assign(made, { keep: 0, exclude: new Set() });
    made.exclude.delete(made.keep);
    if (made.accept || made.keep || made.exclude.size) decisions.set(id, made);
    else decisions.delete(id);
    saved = false;
    review(cluster);
    tell();
  }
  function review(cluster) {
    const made = decision(cluster.dataset.id);
    cluster.classList.toggle("decided", decisions.has(cluster.dataset.id));
    const accept = cluster.querySelector(".accept");
    if (!accept) return;
    accept.checked = made.accept;
    members(cluster).forEach((member, at) => {
      const keep = member.querySelector(".choose-keep");
      const exclude = member.querySelector(".exclude");
      keep.checked = made.keep === at;
      exclude.checked = made.exclude.has(at);
      keep.disabled = made.accept || made.exclude.has(at);
      exclude.disabled = made.accept || made.keep === at;
    });
  }
  function equip(cluster) {
    if (cluster.querySelector(".decide")) return;
    const id = cluster.dataset.id;
    offerCopies(all("[data-copy]", cluster));
    const top = byId("review-cluster").content.cloneNode(true);
    top.querySelector(".accept").addEventListener("change", (event) => decide(cluster, { accept: event.target.checked }));
    cluster.querySelector(".links").after(top);
    members(cluster).forEach((member, at) => {
      const part = byId("review-member").content.cloneNode(true);
      const keep = part.querySelector(".choose-keep");
      keep.name = "keep-" + id;
      keep.addEventListener("change", () => decide(cluster, { keep: at }));
      part.querySelector(".exclude").addEventListener("change", (event) => {
        const exclude = new Set(decision(id).exclude);
        if (event.target.checked) exclude.add(at); else exclude.delete(at);
        decide(cluster, { exclude });
      });
      member.querySelector(".name").after(part);
    });
    review(cluster);
  }
  for (const cluster of clusters) {
    cluster.querySelector("details").addEventListener("toggle", (event) => {
      if (event.target.open) equip(cluster);
    });
    // Whoever opens a cluster is at it, and the keys go on from there.
    cluster.addEventListener("focusin", () => { stand(cluster); });
  }

  // The file of decisions, in the order of the result whatever the order of the list.
  let saved = true;
  function file() {
    const lines = [byId("clusters").dataset.header];
    const ordered = [...clusters].sort((a, b) => orders.as_scanned(facts.get(a), facts.get(b)));
    for (const cluster of ordered) {
      const made = decisions.get(cluster.dataset.id);
      if (!made) continue;
      const documents = members(cluster).map((member) => JSON.parse(member.dataset.doc));
      const line = (action, about) => lines.push(JSON.stringify({
        type: "decision", action, cluster: cluster.dataset.id, documents: about,
      }));
      if (made.accept) line("accept", documents);
      if (made.keep) line("keep", [documents[made.keep]]);
      for (const at of [...made.exclude].sort((a, b) => a - b)) line("exclude", [documents[at]]);
    }
    return lines.join("\n") + "\n";
  }
  function save() {
    if (!decisions.size) return;
    const address = URL.createObjectURL(new Blob([file()], { type: "application/x-ndjson" }));
    const link = document.createElement("a");
    link.href = address;
    link.download = "decisions.jsonl";
    link.click();
    setTimeout(() => URL.revokeObjectURL(address), 10000);
    saved = true;
  }
  function forget() {
    decisions.clear();
    saved = true;
    for (const cluster of clusters) review(cluster);
    choose();
  }
  if (list) {
    byId("export").addEventListener("click", save);
    byId("forget").addEventListener("click", forget);
    window.addEventListener("beforeunload", (event) => { if (!saved) event.preventDefault(); });
  }
  function tell() {
    if (!list) return;
    fill(byId("shown"), { shown: counted.toLocaleString("en"), all: clusters.length.toLocaleString("en") });
    fill(byId("decisions"), { count: decisions.size.toLocaleString("en") });
    byId("export").disabled = byId("forget").disabled = !decisions.size;
    byId("exported").value = decisions.size ? file() : "";
  }

  // Copying, without the clipboard's interface where a browser has none for files.
  async function copy(text) {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      const field = document.createElement("textarea");
      field.value = text;
      document.body.append(field);
      field.select();
      document.execCommand("copy");
      field.remove();
    }
    byId("spoken").textContent = "";
    fill(byId("spoken"), {});
  }
  function offerCopies(elements) {
    for (const element of elements) {
      const kind = element.tagName === "CODE" ? "copy-command" : "copy-path";
      const part = byId(kind).content.cloneNode(true);
      const button = part.querySelector("button");
      button.addEventListener("click", () => copy(element.dataset.copy || element.textContent).then(() => button.focus()));
      element.after(" ", part);
    }
  }
  offerCopies(all("[data-copy]").filter((element) => !element.closest(".cluster")));

  // Links to a cluster, or to a document in it, open it.
  function follow() {
    const target = location.hash.length > 1 ? byId(decodeURIComponent(location.hash.slice(1))) : null;
    const cluster = target?.closest(".cluster");
    if (!cluster) return;
    cluster.hidden = false;
    open(cluster, true);
    go(cluster, target);
  }
  window.addEventListener("hashchange", follow);

  // Keys.
  let current = null;
  function stand(cluster) {
    current?.classList.remove("current");
    current = cluster;
    current.classList.add("current");
  }
  function go(cluster, target = cluster) {
    cluster.querySelector("summary").focus({ preventScroll: true });
    stand(cluster);
    target.scrollIntoView({ block: "start" });
  }
  function step(by) {
    const visible = shown();
    if (!visible.length) return;
    const at = current && !current.hidden ? visible.indexOf(current) + by : by > 0 ? 0 : visible.length - 1;
    go(visible[Math.min(Math.max(at, 0), visible.length - 1)]);
  }
  const help = byId("help");
  const next = (name) => {
    const inputs = all(`input[name="${name}"]`);
    inputs[(inputs.findIndex((input) => input.checked) + 1) % inputs.length].click();
  };
  const acts = {
    "?": () => (help.open ? help.close() : help.showModal()),
    j: () => step(1),
    k: () => step(-1),
    o: () => current && open(current, !current.querySelector("details").open),
    "/": () => byId("search")?.focus(),
    a: () => current && decide(current, { accept: !decision(current.dataset.id).accept }),
    s: save,
    l: () => next("lang"),
    t: () => next("theme"),
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.matches('input:not([type="radio"], [type="checkbox"]), select, textarea')) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    const act = acts[event.key];
    if (!act || (!byId("shortcuts").checked && event.key !== "?")) return;
    if (help.open && event.key !== "?") return;
    event.preventDefault();
    act();
  });
  byId("help-button").addEventListener("click", () => help.showModal());
  byId("help-close").addEventListener("click", () => help.close());

  // On paper everything is open; what was closed is closed again afterwards.
  let closed = [];
  window.addEventListener("beforeprint", () => {
    closed = all("main details:not([open])").filter((details) => !details.closest("[hidden]"));
    for (const details of closed) details.open = true;
  });
  window.addEventListener("afterprint", () => { for (const details of closed) details.open = false; });

  const theme = memory.get("theme");
  if (["system", "light", "dark"].includes(theme)) paint(theme);
  const spoken = memory.get("lang");
  speak(["en", "zh"].includes(spoken) ? spoken : lang);
  follow();
})();
