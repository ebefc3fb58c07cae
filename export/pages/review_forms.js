// The forms in which a value or a row is corrected or accepted.
(function () {
  const { find, all, data, say, picked } = Review;
  const { CONTROL, solid, plain, person, element, slotOf, entryOf, kept, changed, asked } = Corrections;
  const CONTROLS = new RegExp(CONTROL.source, "gu");

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

  // For each entry of a lead cell, whom of the plan's people it may be said to mean.
  function leadChoices(form, action) {
    const sha = action.cells.lead[0];
    const named = action.leads.filter(([printed]) => printed.trim() && !CONTROL.test(printed));
    return named.map(([printed, known]) => {
      const label = element("label", "");
      const select = document.createElement("select");
      select.append(new Option("As read: " + (known ? person(known) : "nobody in the list"), ""));
      for (const [id, name] of data.people) {
        select.append(new Option(name, id));
      }
      const slot = slotOf("lead", { lead: printed }, sha, action.id);
      const there = kept().get(slot);
      select.value = there ? there.entry.person : "";
      label.append(element("span", "Who " + plain(printed) + " is"), select);
      find(".the-leads", form).append(label);
      return { printed, slot, select, begun: select.value };
    });
  }

  function wrongWith(text, begun, asRead, anyLead) {
    if (text === begun) {
      return anyLead ? "" : "Nothing is changed. Where the value is right, press Right as read.";
    }
    if (solid(text) === solid(asRead)) {
      return "That is the text as it was read. Press Right as read to accept it.";
    }
    return CONTROL.test(text.replace(/\n/g, "")) ? "The text holds a control character, which no corrections file may hold." : "";
  }

  function correct(field) {
    const number = Number(field.closest(".action").dataset.action);
    const action = data.actions[number];
    const key = field.dataset.key;
    const [sha, asRead] = action.cells[key];
    if (CONTROL.test(key)) {
      say("The header of this column holds a control character, so no correction can name it");
      return;
    }
    const form = opened("#value-form", field);
    if (!form) {
      return;
    }
    const area = find("textarea", form);
    const there = kept().get(slotOf("value", { field: key }, sha, action.id));
    area.value = there && there.entry.text !== undefined ? there.entry.text : asRead.replace(CONTROLS, (one) => one === "\n" ? one : " ");
    area.rows = Math.min(Math.max(2, Math.ceil(asRead.length / 55)), 12);
    area.setAttribute("aria-label", field.dataset.name + ": text as it should read");
    const begun = area.value;
    const choices = key === "lead" && data.people.length ? leadChoices(form, action) : [];
    find(".accept", form).addEventListener("click", () => {
      const note = form.note.value;
      closed(form);
      accept(number, key, note);
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const chosen = choices.filter((one) => one.select.value !== one.begun);
      const wrong = wrongWith(area.value, begun, asRead, chosen.length > 0);
      if (wrong) {
        failed(form, wrong);
        return;
      }
      asked(() => {
        if (area.value !== begun) {
          const entry = entryOf(action, { field: key }, { text: area.value.trim() }, form.note.value);
          changed(slotOf("value", entry, sha, action.id), { kind: "value", entry });
        }
        for (const { printed, slot, select } of chosen) {
          const said = { lead: printed, person: select.value };
          changed(slot, select.value ? { kind: "lead", entry: entryOf(action, {}, said, form.note.value) } : null);
        }
        closed(form);
        say("Corrected: " + field.dataset.name);
      });
    });
    (choices.length ? choices[0].select : area).focus();
  }

  // For each printed cell of a row, where the words go with which a second row begins.
  function beginnings(form, card, action) {
    return Object.entries(action.cells).filter(([, cell]) => cell[2].trim()).map(([key, cell]) => {
      const label = element("label", "");
      const input = document.createElement("input");
      const printed = solid(cell[2]);
      const name = all(".field", card).find((one) => one.dataset.key === key).dataset.name;
      input.type = "text";
      label.append(element("span", name + ": " + plain(printed).slice(0, 160)), input);
      find(".second", form).append(label);
      return { key, name, input, printed };
    });
  }

  // Field -> the words with which the second row begins; null, and said, where they do not say where that is.
  function splitOf(form, inputs) {
    const split = {};
    for (const { key, name, input, printed } of inputs) {
      const words = solid(input.value);
      const times = words ? printed.split(words).length - 1 : 1;
      const wrong = times > 1 ? name + " has these words " + times + " times: give more of them." :
        !times ? name + " does not print these words." :
          words && printed.startsWith(words) && key !== "ref" ? name + " begins with these words: then nothing of it is in the first row." : "";
      if (wrong) {
        failed(form, wrong);
        input.focus();
        return null;
      }
      if (words) {
        split[key] = words;
      }
    }
    if (!Object.keys(split).length) {
      failed(form, "Give the words of at least one field.");
      return null;
    }
    return split;
  }

  function row(card) {
    const number = Number(card.dataset.action);
    const action = data.actions[number];
    const form = opened("#row-form", card, card.children[1]);
    if (!form) {
      return;
    }
    const inputs = beginnings(form, card, action);
    const join = find("[value=join]", form);
    join.disabled = number === 0;
    form.addEventListener("change", () => { find(".second", form).hidden = form.what.value !== "split"; });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const what = form.what.value;
      if (!what) {
        failed(form, "Say which of them it is.");
        return;
      }
      const split = what === "split" ? splitOf(form, inputs) : null;
      if (what === "split" && !split) {
        return;
      }
      const said = { accept: { accept: true }, join: { join: "previous" }, split: { split } }[what];
      asked(() => {
        const entry = entryOf(action, {}, said, form.note.value);
        changed(slotOf("row", entry, action.row, action.id), { kind: "row", entry });
        closed(form);
        say((what === "accept" ? "Accepted: row " : "Corrected: row ") + action.id);
      });
    });
    find("[value=accept]", form).focus();
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

  // The value that is selected, or that the current finding is about.
  function chosen() {
    const now = picked();
    const element = (now && now.element) || (Findings.current() && find("#action-" + Findings.current().dataset.of));
    return element && element.matches(".field") ? element : null;
  }
  Keys.on("e", () => { const field = chosen(); if (field) { correct(field); } else { say("No value is selected"); } });
  Keys.on("a", () => {
    const field = chosen();
    const item = Findings.current();
    if (field) {
      accept(Number(field.closest(".action").dataset.action), field.dataset.key, "");
    } else if (item && item.dataset.of && !item.dataset.cell) {
      acceptRow(Number(item.dataset.of));
    } else {
      say("No value is selected");
    }
  });
})();
