// Corrections: kept beside the values, written as corrections.toml. The hashes come with the page.
(function () {
  const { find, all, data, say, many } = Review;
  const ALONE = 60; // so many printed characters stand in one row alone
  const STORE = "actionplan.review." + data.source;
  const HIDDEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]|[\ud800-\udfff](?![\udc00-\udfff])/gu;
  const solid = (text) => text.split(/\s+/u).filter(Boolean).join(" ");
  const byId = new Map(data.actions.map((action, number) => [action.id, number]));

  const CONTROL = /[\p{Cc}\ud800-\udfff]/u; // what a corrections file may not hold, lines' ends apart
  const code = (character) => character.codePointAt(0).toString(16).toUpperCase();
  const plain = (text) => text.replace(HIDDEN, (one) => one === "\n" ? one : "\\u{" + code(one) + "}");

  // TOML. A basic string, with everything escaped that is not printed as itself; half a pair of surrogates is no text.
  function tomlText(text) {
    const short = { "\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r", '"': '\\"', "\\": "\\\\" };
    let written = "";
    for (const one of String(text)) {
      const point = one.codePointAt(0);
      if (short[one]) {
        written += short[one];
      } else if (point >= 0xd800 && point <= 0xdfff) {
        written += "\\uFFFD";
      } else if (/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(one)) {
        written += point > 0xffff ? "\\U" + code(one).padStart(8, "0") : "\\u" + code(one).padStart(4, "0");
      } else {
        written += one;
      }
    }
    return '"' + written + '"';
  }
  const tomlKey = (key) => /^[A-Za-z0-9_-]+$/.test(key) ? key : tomlText(key);
  function tomlValue(key, value) {
    if (key === "date" && /^\d{4}-\d\d-\d\d$/.test(value)) {
      return value;
    }
    if (Array.isArray(value)) {
      return "[" + value.map((one) => tomlValue("", one)).join(", ") + "]";
    }
    if (value !== null && typeof value === "object") {
      return "{ " + Object.entries(value).map(([name, one]) => tomlKey(name) + " = " + tomlValue(name, one)).join(", ") + " }";
    }
    return typeof value === "string" ? tomlText(value) : String(value);
  }
  function table(head, entry) {
    return head + "\n" + Object.entries(entry).map(([key, value]) => tomlKey(key) + " = " + tomlValue(key, value) + "\n").join("");
  }

  // What is on file, by slot: the value, lead or row that an entry is for. What fits none here is kept all the same.
  const slotOf = (kind, entry, sha, id, again) => JSON.stringify([kind, entry.field || "", sha, id || "", entry.lead || "", again || 0]);
  const filed = new Map();
  function actionOf(kind, entry, sha) {
    const has = (action) => kind === "row" ? action.row === sha : ((action.cells[kind === "lead" ? "lead" : entry.field] || [])[0] === sha);
    const named = data.actions[byId.get(entry.ref)];
    return named && has(named) ? named : data.actions.find(has);
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

  let state = { author: "", date: "", changes: {}, saved: true };
  try {
    state = Object.assign(state, JSON.parse(Review.stored(STORE) || "{}"));
  } catch (error) {
    say("What was kept in this browser can't be read");
  }
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
  const store = () => Review.stored(STORE, JSON.stringify(state));

  function written() {
    const { plan, reviewer, columns } = data.corrections.head;
    const parts = ["# Corrections of an action plan: actionplan extract applies them. See docs/correcting.md.\n"];
    const named = Object.entries({ title: solid(data.title), source: data.file }).filter(([, text]) => text && !CONTROL.test(text));
    const head = Object.keys(plan).length ? plan : Object.fromEntries(named);
    if (Object.keys(head).length) {
      parts.push(table("[plan]", head));
    }
    if (Object.keys(reviewer).length) {
      parts.push(table("[reviewer]", reviewer));
    }
    for (const { kind, entry } of kept().values()) {
      parts.push(table("[[" + kind + "]]", entry));
    }
    if (Object.keys(columns).length) {
      parts.push(table("[columns]", columns));
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
    for (const item of Review.listed) {
      const of = item.dataset.of;
      item.classList.toggle("settled", of !== undefined && touched.has((item.dataset.cell || "row") + "|" + of));
    }
    Review.filtered();
    Review.indexLost();
    const button = find("#open-corrections");
    find("#kept").textContent = kept().size;
    button.classList.toggle("unsaved", unsaved());
    button.setAttribute("aria-label", "Corrections: " + kept().size + (unsaved() ? ", not downloaded yet" : ""));
    listing();
  }

  function listing() {
    const list = find("#corrections .entries");
    list.replaceChildren();
    const whole = kept();
    for (const [slot, one] of whole) {
      const item = element("li", "");
      const field = one.kind === "row" ? "row" : one.kind === "lead" ? "Lead" : Review.nameOf(one.entry.field);
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

  function accept(number, key, note) {
    asked(() => {
      const action = data.actions[number];
      const sha = action.cells[key][0];
      const entry = entryOf(action, { field: key }, { accept: true }, note || "");
      changed(slotOf("value", entry, sha, action.id), { kind: "value", entry });
      say("Accepted: " + action.id + " " + key);
    });
  }

  function acceptRow(number) {
    asked(() => {
      const action = data.actions[number];
      const entry = entryOf(action, {}, { accept: true }, "");
      changed(slotOf("row", entry, action.row, action.id), { kind: "row", entry });
      say("Accepted: row " + action.id);
    });
  }

  function failed(form, words) {
    const error = find(".error", form);
    error.textContent = words;
    error.hidden = false;
  }

  function closed(form) {
    const back = form.closest(".field, .action");
    form.remove();
    const button = back && find(back.matches(".field") ? ".correct" : ".row", back);
    if (button) {
      button.focus();
    }
  }

  function opened(template, host, before) {
    const there = find(":scope > .correction", host);
    if (there) {
      find("textarea, input", there).focus();
      return null;
    }
    const form = find(template).content.firstElementChild.cloneNode(true);
    host.insertBefore(form, before || null);
    find(".cancel", form).addEventListener("click", () => closed(form));
    form.addEventListener("keydown", (event) => {
      if (event.key === "Escape") {
        event.stopPropagation();
        closed(form);
      }
    });
    return form;
  }

  function correct(field) {
    const number = Number(field.closest(".action").dataset.action);
    const action = data.actions[number];
    const key = field.dataset.key;
    const [sha, text] = action.cells[key];
    if (CONTROL.test(key)) {
      say("The header of this column holds a control character, so no correction can name it");
      return;
    }
    const form = opened("#value-form", field);
    if (!form) {
      return;
    }
    const held = kept();
    const area = find("textarea", form);
    const there = held.get(slotOf("value", { field: key }, sha, action.id));
    area.value = there && there.entry.text !== undefined ? there.entry.text : text.replace(/[\p{Cc}\ud800-\udfff]/gu, (one) => one === "\n" ? one : " ");
    area.rows = Math.min(Math.max(2, Math.ceil(text.length / 55)), 12);
    area.setAttribute("aria-label", field.dataset.name + ": text as it should read");
    const begun = area.value;
    const choices = key === "lead" && data.people.length ? action.leads.filter(([printed]) => printed.trim() && !CONTROL.test(printed)).map(([printed, known]) => {
      const label = element("label", "");
      const select = document.createElement("select");
      const now = known ? person(known) : "nobody in the list";
      select.append(new Option("As read: " + now, ""));
      for (const [id, name] of data.people) {
        select.append(new Option(name, id));
      }
      const filedLead = held.get(slotOf("lead", { lead: printed }, sha, action.id));
      select.value = filedLead ? filedLead.entry.person : "";
      label.append(element("span", "Who " + plain(printed) + " is"), select);
      find(".the-leads", form).append(label);
      return { printed, select, begun: select.value };
    }) : [];
    find(".accept", form).addEventListener("click", () => {
      const note = form.note.value;
      closed(form);
      accept(number, key, note);
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const chosen = choices.filter((one) => one.select.value !== one.begun);
      const reworded = area.value !== begun;
      if (!reworded && !chosen.length) {
        failed(form, "Nothing is changed. Where the value is right, press Right as read.");
        return;
      }
      if (reworded && solid(area.value) === solid(text)) {
        failed(form, "That is the text as it was read. Press Right as read to accept it.");
        return;
      }
      if (CONTROL.test(area.value.replace(/\n/g, ""))) {
        failed(form, "The text holds a control character, which no corrections file may hold.");
        return;
      }
      asked(() => {
        if (reworded) {
          const entry = entryOf(action, { field: key }, { text: area.value.trim() }, form.note.value);
          changed(slotOf("value", entry, sha, action.id), { kind: "value", entry });
        }
        for (const { printed, select } of chosen) {
          const slot = slotOf("lead", { lead: printed }, sha, action.id);
          const said = { lead: printed, person: select.value };
          changed(slot, select.value ? { kind: "lead", entry: entryOf(action, {}, said, form.note.value) } : null);
        }
        closed(form);
        say("Corrected: " + field.dataset.name);
      });
    });
    (choices.length ? choices[0].select : area).focus();
  }

  function row(card) {
    const number = Number(card.dataset.action);
    const action = data.actions[number];
    const form = opened("#row-form", card, card.children[1]);
    if (!form) {
      return;
    }
    const parts = find(".second", form);
    const inputs = Object.entries(action.cells).filter(([, cell]) => cell[2].trim()).map(([key, cell]) => {
      const label = element("label", "");
      const input = document.createElement("input");
      input.type = "text";
      const name = all(".field", card).find((one) => one.dataset.key === key).dataset.name;
      label.append(element("span", name + ": " + plain(solid(cell[2])).slice(0, 160)), input);
      parts.append(label);
      return { key, name, input, printed: solid(cell[2]) };
    });
    const joins = find("[value=join]", form);
    joins.disabled = number === 0;
    form.addEventListener("change", () => { parts.hidden = form.what.value !== "split"; });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const split = {};
      if (!form.what.value) {
        failed(form, "Say which of the two it is.");
        return;
      }
      if (form.what.value === "split") {
        for (const { key, name, input, printed } of inputs) {
          const words = solid(input.value);
          const times = words ? printed.split(words).length - 1 : 0;
          if (words && (times !== 1 || printed.startsWith(words))) {
            failed(form, times > 1 ? name + " has these words " + times + " times: give more of them." :
              times ? name + " begins with these words: then nothing of it is in the first row." : name + " does not print these words.");
            input.focus();
            return;
          }
          if (words) {
            split[key] = words;
          }
        }
        if (!Object.keys(split).length) {
          failed(form, "Give the words of at least one field.");
          return;
        }
      }
      asked(() => {
        const what = { accept: { accept: true }, join: { join: "previous" }, split: { split } }[form.what.value];
        const entry = entryOf(action, {}, what, form.note.value);
        changed(slotOf("row", entry, action.row, action.id), { kind: "row", entry });
        closed(form);
        say("Corrected: row " + action.id);
      });
    });
    (number === 0 ? find("[value=split]", form) : joins).focus();
  }

  find(".plan").addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) {
      return;
    }
    if (button.matches(".correct")) {
      correct(button.closest(".field"));
    } else if (button.matches(".row")) {
      row(button.closest(".action"));
    } else if (button.matches(".undo")) {
      const host = button.closest(".field, .action");
      changed(button.dataset.slot, null);
      find(".correct, .row", host).focus();
      say("The correction is undone");
    }
  });
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

  // The value that is selected, or that the current finding is about.
  function chosen() {
    const now = Review.picked();
    const element = (now && now.element) || (Review.current() && find("#action-" + Review.current().dataset.of));
    return element && element.matches(".field") ? element : null;
  }
  Review.onKey("e", () => { const field = chosen(); if (field) { correct(field); } else { say("No value is selected"); } });
  Review.onKey("a", () => {
    const field = chosen();
    const item = Review.current();
    if (field) {
      accept(Number(field.closest(".action").dataset.action), field.dataset.key, "");
    } else if (item && item.dataset.of && !item.dataset.cell) {
      acceptRow(Number(item.dataset.of));
    } else {
      say("No value is selected");
    }
  });
  told();
})();
