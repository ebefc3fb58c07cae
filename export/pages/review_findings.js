// Findings: filtered, counted, stepped through; each leads to its value and its place.
const Findings = (function () {
  const { find, all, say, many, narrow, values, pick, unpick, revealed, intoView, view, INTERACTIVE } = Review;
  const listed = all(".finding");
  const filters = find("form.filters");
  const FACETS = ["severity", "about", "field", "code"];
  let current = null;
  const settled = (item) => item.classList.contains("settled");

  function fits(item, but) {
    return FACETS.every((name) => name === but || !filters[name].value || item.dataset[name] === filters[name].value) &&
      (but === "settled" || !filters.settled.value || !settled(item));
  }

  function option(value, words) {
    const made = document.createElement("option");
    made.value = value;
    made.textContent = words;
    return made;
  }

  function filtered() {
    if (!filters) {
      return;
    }
    for (const name of FACETS) {
      const select = filters[name];
      const chosen = select.value;
      const counts = new Map();
      for (const item of listed) {
        const key = item.dataset[name];
        const words = item.dataset[name + "Words"] || key;
        const entry = counts.get(key) || { words, count: 0 };
        entry.count += fits(item, name) ? 1 : 0;
        counts.set(key, entry);
      }
      const whole = Array.from(counts.values()).reduce((sum, entry) => sum + entry.count, 0);
      select.replaceChildren(option("", select.dataset.words + " (" + whole + ")"));
      for (const [key, entry] of counts) {
        select.append(option(key, entry.words + " (" + entry.count + ")"));
      }
      select.value = chosen;
    }
    const chosen = filters.settled.value;
    const open = listed.filter((item) => fits(item, "settled") && !settled(item)).length;
    filters.settled.replaceChildren(option("", filters.settled.dataset.words), option("open", "Open only (" + open + ")"));
    filters.settled.value = chosen;
    let shown = 0;
    for (const item of listed) {
      item.hidden = !fits(item, "");
      shown += item.hidden ? 0 : 1;
    }
    const done = listed.filter(settled).length;
    const left = new Map();
    for (const item of listed.filter((one) => !one.hidden)) {
      left.set(item.dataset.severity, (left.get(item.dataset.severity) || 0) + 1);
    }
    const kinds = Array.from(left, ([severity, count]) => severity === "info" ? count + " info" : many(count, severity)).join(", ");
    find(".findings .shown").textContent = shown + " of " + listed.length + " shown" + (kinds ? ": " + kinds : "") + (done ? "; " + done + " settled here" : "");
    find(".findings .none").hidden = shown > 0;
  }

  function toFinding(item, focus) {
    if (current) {
      current.classList.remove("current");
      find(".go", current).removeAttribute("aria-current");
    }
    current = item;
    item.classList.add("current");
    find(".go", item).setAttribute("aria-current", "true");
    intoView(item, "nearest");
    const shown = listed.filter((one) => !one.hidden);
    const before = "Finding " + (shown.indexOf(item) + 1) + " of " + shown.length + ". " + find(".go", item).textContent.replace(/\s+/g, " ").trim() + ". ";
    const value = item.dataset.value ? values.get(Number(item.dataset.value)) : null;
    const told = find("#doubt-" + item.dataset.number);
    const element = value || (told && told.closest(".action")) || null;
    const name = find(".at", item).textContent.replace(/\s+/g, " ").trim();
    if (item.dataset.shows) {
      const number = Number(item.dataset.shows);
      pick(number, { to: "both", element: element || values.get(number), name, before });
    } else {
      unpick();
      say(before);
      if (element) {
        element.classList.add("picked");
      }
    }
    if (told) {
      revealed(told);
      if (narrow.matches) {
        view("actions");
      }
      intoView(told, "center");
    }
    if (focus) {
      (told || find(".go", item)).focus({ preventScroll: true });
    }
  }

  function step(by) {
    const shown = listed.filter((item) => !item.hidden);
    if (!shown.length) {
      say("No finding is shown");
      return;
    }
    let at = shown.indexOf(current);
    if (at < 0 && current) { // the filter has hidden it: go on from where it stands
      const order = listed.indexOf(current);
      at = shown.findIndex((item) => listed.indexOf(item) > order) - (by > 0 ? 1 : 0);
      at = at < -1 ? shown.length - 1 : at;
    }
    const next = at + by;
    if (next < 0 || next >= shown.length) {
      say(next < 0 ? "That was the first finding" : "That was the last finding");
      return;
    }
    toFinding(shown[next], true);
  }

  if (filters) {
    filters.addEventListener("change", () => { filtered(); say(find(".findings .shown").textContent); });
    filters.addEventListener("submit", (event) => event.preventDefault());
    find(".findings .list").addEventListener("click", (event) => {
      const item = event.target.closest(".finding");
      if (item && event.target.closest(".go")) {
        toFinding(item, false);
      }
    });
  }
  find(".steps").addEventListener("click", (event) => {
    const button = event.target.closest("[data-step]");
    if (button) {
      step(Number(button.dataset.step));
    }
  });

  find(".plan").addEventListener("click", (event) => {
    const told = event.target.closest("[data-finding]");
    const spot = event.target.closest("[data-spot]");
    const control = event.target.closest(INTERACTIVE);
    if ((control && !control.matches(".show")) || String(window.getSelection())) {
      return;
    }
    if (told) {
      toFinding(find("#finding-" + told.dataset.finding), false);
    } else if (spot) {
      pick(Number(spot.dataset.spot), { to: "page", element: spot });
    }
  });

  filtered();
  return { listed, filtered, toFinding, step, current: () => current };
})();
