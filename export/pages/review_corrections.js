// Corrections: what is on file and what was decided here, kept beside the values, written as a corrections file.
// The hashes of the printed texts come with the page.
const Corrections = (function () {
  const { find, all, data, say, many, stored } = Review;
  const ALONE = 60; // so many printed characters stand in one row alone
  const STORE = "actionplan.review." + data.source;
  const HIDDEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]|[\ud800-\udfff](?![\udc00-\udfff])/gu;
  const CONTROL = /[\p{Cc}\ud800-\udfff]/u; // what a corrections file may not hold, lines' ends apart
  const solid = (text) => text.split(/\s+/u).filter(Boolean).join(" ");
  const plain = (text) => text.replace(HIDDEN, (one) => one === "\n" ? one : "\\u{" + one.codePointAt(0).toString(16).toUpperCase() + "}");
  const byId = new Map(data.actions.map((action, number) => [action.id, number]));

  // What is on file, by slot: the value, lead or row that an entry is for. What fits none here is kept all the same.
  const slotOf = (kind, entry, sha, id, again) => JSON.stringify([kind, entry.field || "", sha, id || "", entry.lead || "", again || 0]);
  const filed = new Map();
  // Which action an entry is of, as extract finds it: the one that its ref names, else the only one that prints that.
  function actionOf(kind, entry, sha) {
    const cell = (action) => action.cells[kind === "lead" ? "lead" : entry.field] || ["", "", ""];
    const beside = (action) => (!entry.action_sha256 || entry.action_sha256 === action.says) &&
      (!entry.action || solid((action.cells.action || ["", "", ""])[2]).startsWith(solid(entry.action)));
    const fitting = data.actions.filter((action) => (kind === "row" ? action.row : cell(action)[0]) === sha && beside(action));
    const alone = fitting.length === 1 && (kind === "row" || cell(fitting[0])[2].trim() || entry.action_sha256 || entry.action);
    return fitting.find((action) => action.id === entry.ref) || (alone ? fitting[0] : undefined);
  }
  for (const { kind, entry, sha } of data.corrections.entries) {
    const action = actionOf(kind, entry, sha);
    const slot = (again) => slotOf(kind, entry, sha, action ? action.id : entry.ref, again);
    let again = 0;
    while (filed.has(slot(again))) {
      again += 1;
    }
    filed.set(slot(again), { kind, entry, here: Boolean(action) });
  }

  // What was decided here and is not on file yet. What a browser kept may be anything: only what fits is taken.
  const KINDS = ["value", "lead", "row"];
  const sound = ([slot, change]) => change === null || (slot.startsWith("[") && KINDS.includes(change.kind) && typeof change.entry === "object");
  function begun() {
    const none = { author: "", date: "", changes: {}, saved: true };
    try {
      const there = Object.assign({}, none, JSON.parse(stored(STORE) || "{}"));
      return Object.assign(there, { changes: Object.fromEntries(Object.entries(there.changes).filter(sound)) });
    } catch (error) {
      return none;
    }
  }
  const state = begun();
  const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
  for (const [slot, change] of Object.entries(state.changes)) { // what has reached the file since is no change any more
    const there = filed.get(slot);
    if (change ? there && same(there.entry, change.entry) : !there) {
      delete state.changes[slot];
    }
  }
  if (!Object.keys(state.changes).length) {
    state.saved = true;
  }
  const unsaved = () => !state.saved && Object.keys(state.changes).length > 0;

  function kept() {
    const whole = new Map(filed);
    for (const [slot, change] of Object.entries(state.changes)) {
      if (change) {
        whole.set(slot, Object.assign({ here: true }, change));
      } else {
        whole.delete(slot);
      }
    }
    return whole;
  }

  function changed(slot, change) {
    const there = filed.get(slot);
    if (change ? there && same(there.entry, change.entry) : !there) {
      delete state.changes[slot];
    } else {
      state.changes[slot] = change;
    }
    state.saved = false;
    store();
    told();
  }
  const store = () => stored(STORE, JSON.stringify(state));

  function written() {
    const { plan, reviewer, columns } = data.corrections.head;
    const parts = ["# Corrections of an action plan: actionplan extract applies them. See docs/correcting.md.\n"];
    const named = Object.entries({ title: solid(data.title), source: data.file }).filter(([, text]) => text && !CONTROL.test(text));
    const head = Object.keys(plan).length ? plan : Object.fromEntries(named);
    if (Object.keys(head).length) {
      parts.push(Toml.table("[plan]", head));
    }
    if (Object.keys(reviewer).length) {
      parts.push(Toml.table("[reviewer]", reviewer));
    }
    for (const { kind, entry } of kept().values()) {
      parts.push(Toml.table("[[" + kind + "]]", entry));
    }
    if (Object.keys(columns).length) {
      parts.push(Toml.table("[columns]", columns));
    }
    return parts.join("\n");
  }

  // Showing what is kept.
  function element(name, words, className) {
    const made = document.createElement(name);
    made.textContent = words;
    made.className = className || "";
    return made;
  }
  const person = (id) => (data.people.find((one) => one[0] === id) || [id, id])[1];
  function entryWords(kind, entry) {
    if (kind === "lead") {
      return plain(entry.lead) + " is " + plain(person(entry.person));
    }
    if (kind === "row" && !entry.accept) {
      return entry.join ? "The rest of the row above" : "Two rows: the second begins with " + Object.values(entry.split || {}).map((part) => "“" + plain(part) + "”").join(", ");
    }
    return entry.accept ? "Right as it was read" : plain(entry.text);
  }
  function noted(slot, { kind, entry }) {
    const box = element("div", "", "corrected");
    const line = element("p", entry.accept ? "Accepted: " : "Corrected: ");
    const words = element(entry.accept ? "span" : "ins", "");
    words.append(element("bdi", entryWords(kind, entry)));
    const undo = element("button", "Undo", "quiet undo");
    undo.type = "button";
    undo.dataset.slot = slot;
    undo.setAttribute("aria-label", "Undo this correction");
    const by = [entry.author || data.corrections.head.reviewer.author, entry.date || data.corrections.head.reviewer.date].filter(Boolean).join(", ");
    line.append(words, element("span", " " + plain(by) + (entry.note ? ": " + plain(entry.note) : "") + " ", "note"), undo);
    box.append(line);
    return box;
  }

  function told() {
    for (const box of all(".corrected")) {
      box.remove();
    }
    const touched = new Set();
    for (const [slot, one] of kept()) {
      const [kind, field, sha, id] = JSON.parse(slot);
      const number = byId.get(id);
      const card = number === undefined ? null : find("#action-" + number);
      const key = kind === "lead" ? "lead" : field;
      const place = card && kind !== "row" ? all(".field", card).find((row) => row.dataset.key === key) : card;
      if (place && one.here && (kind === "row" ? data.actions[number].row : data.actions[number].cells[key][0]) === sha) {
        place.insertBefore(noted(slot, one), kind === "row" ? card.children[1] || null : null);
        touched.add(kind === "row" ? "row|" + number : key + "|" + number);
      }
    }
    for (const item of Findings.listed) {
      const of = item.dataset.of;
      item.classList.toggle("settled", of !== undefined && item.dataset.severity !== "info" && touched.has((item.dataset.cell || "row") + "|" + of));
    }
    Findings.filtered();
    Search.forget();
    const button = find("#open-corrections");
    find("#kept").textContent = kept().size;
    button.classList.toggle("unsaved", unsaved());
    button.setAttribute("aria-label", "Corrections: " + kept().size + (unsaved() ? ", not downloaded yet" : ""));
    listing();
  }

  function named(key) {
    const field = all(".field").find((one) => one.dataset.key === key);
    return field ? find(".show", field).firstChild.data.trim() : key;
  }

  function listing() {
    const list = find("#corrections .entries");
    list.replaceChildren();
    const whole = kept();
    for (const [slot, one] of whole) {
      const item = element("li", "");
      const field = one.kind === "row" ? "row" : one.kind === "lead" ? "Lead" : named(one.entry.field);
      const words = element("span", "");
      words.append(element("b", (one.entry.ref ? plain(one.entry.ref) + " " : "") + field), ": ", element("bdi", entryWords(one.kind, one.entry)));
      if (!one.here) {
        words.append(element("span", " (of another plan, or it has lapsed; kept in the file)", "note"));
      }
      const undo = element("button", "Remove", "quiet");
      undo.type = "button";
      undo.dataset.slot = slot;
      item.append(words, undo);
      list.append(item);
    }
    find("#corrections .state").textContent = !whole.size ? "None yet. Correct or accept a value beside it." :
      many(whole.size, "correction") + (unsaved() ? ". Not downloaded yet." : state.saved && Object.keys(state.changes).length ? ". Downloaded." : ". As on file.");
  }

  // Who and when: asked once.
  const who = find("#who");
  let going = null;
  function asked(then, again) {
    if (state.author && state.date && !again) {
      then();
      return;
    }
    const form = find("form", who);
    form.author.value = state.author || data.corrections.head.reviewer.author || "";
    const now = new Date();
    form.date.value = state.date || [now.getFullYear(), String(now.getMonth() + 1).padStart(2, "0"), String(now.getDate()).padStart(2, "0")].join("-");
    going = then;
    who.showModal();
  }
  find("form", who).addEventListener("submit", (event) => {
    const form = event.target;
    const then = going;
    going = null;
    if (event.submitter && event.submitter.value === "yes" && then) {
      state.author = solid(form.author.value);
      state.date = form.date.value;
      store();
      then();
    }
  });

  // A correction is for a printed text; the ref, and for a short text the row's action, say which of several is meant.
  function entryOf(action, head, said, note) {
    const entry = Object.assign({}, head);
    const field = head.field || (said.lead ? "lead" : "");
    if (!CONTROL.test(action.id)) {
      entry.ref = action.id;
    }
    entry.printed_sha256 = field ? action.cells[field][0] : action.row;
    if (field && field !== "action" && action.says && solid(action.cells[field][2]).length < ALONE) {
      entry.action_sha256 = action.says;
    }
    Object.assign(entry, said, { author: state.author, date: state.date });
    if (note.trim()) {
      entry.note = note.trim();
    }
    return entry;
  }

  find("#corrections .entries").addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button) {
      changed(button.dataset.slot, null);
      find("#download").focus();
    }
  });
  find("#open-corrections").addEventListener("click", () => find("#corrections").showModal());
  find("#change-who").addEventListener("click", () => asked(() => say("From now on: " + state.author), true));
  find("#download").addEventListener("click", () => {
    const address = URL.createObjectURL(new Blob([written()], { type: "application/toml" }));
    const link = document.createElement("a");
    link.href = address;
    link.download = data.corrections.name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(address), 10000);
    state.saved = true;
    store();
    told();
    say("Downloaded " + data.corrections.name);
  });
  window.addEventListener("beforeunload", (event) => {
    if (unsaved()) {
      event.preventDefault();
    }
  });

  told();
  return { CONTROL, solid, plain, person, element, slotOf, entryOf, kept, changed, asked };
})();
