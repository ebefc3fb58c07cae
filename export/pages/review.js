"use strict";
// The review page: from a finding to its value, from a value to its boxes on the page, and back.
const Review = (function () {
  const KINDS = ["placed", "furniture", "unplaced", "pointer"];
  const SVG = "http://www.w3.org/2000/svg";
  const INTERACTIVE = "button, a, summary, input, select, textarea, label, form, dialog";
  const find = (selector, within) => (within || document).querySelector(selector);
  const all = (selector, within) => Array.from((within || document).querySelectorAll(selector));
  const data = JSON.parse(find("#data").textContent);
  const sheets = find(".sheets");
  const said = find("#said");
  const bar = find(".selected");
  const narrow = window.matchMedia("(max-width: 59.99rem)");
  document.documentElement.classList.add("scripts");
  document.body.dataset.view = "findings";

  const say = (words) => { said.textContent = words; };
  const many = (number, one) => number + " " + one + (number === 1 ? "" : "s");

  // Where spots are: on the page (boxes, or elements of a text), and among the values.
  const values = new Map();
  for (const element of all("[data-spot]")) {
    values.set(Number(element.dataset.spot), element);
  }
  const pieces = new Map();
  for (const piece of all(".piece", sheets)) {
    const key = piece.dataset.at;
    pieces.set(key, (pieces.get(key) || []).concat(piece));
  }
  const owners = new Map();
  const layers = new Map(all(".sheet", sheets).map((sheet) => [Number(sheet.dataset.page), find("svg", sheet)]));

  function rectangle(place, name) {
    const [, x0, top, x1, bottom] = place;
    const rect = document.createElementNS(SVG, "rect");
    const edges = { x: x0 - 2, y: top - 1.5, width: Math.max(x1 - x0 + 4, 1), height: Math.max(bottom - top + 3, 1) };
    for (const [key, value] of Object.entries(edges)) {
      rect.setAttribute(key, value);
    }
    rect.setAttribute("class", name);
    return rect;
  }

  (function drawn() {
    const boxes = [];
    data.spots.forEach(([kind, ...places], number) => {
      if (KINDS[kind] === "pointer") {
        return;
      }
      for (const place of places) {
        if (typeof place !== "string") {
          boxes.push([(place[3] - place[1]) * (place[4] - place[2]), place, KINDS[kind], number]);
          continue;
        }
        owners.set(place, (owners.get(place) || []).concat(number));
        for (const piece of pieces.get(place) || []) {
          piece.classList.add(KINDS[kind]);
        }
      }
    });
    boxes.sort((one, other) => other[0] - one[0]); // the smallest on top
    for (const [, place, kind, number] of boxes) {
      const layer = layers.get(place[0]);
      if (layer) {
        const rect = rectangle(place, kind);
        rect.dataset.number = number;
        layer.append(rect);
      }
    }
  })();

  // The selection: one spot, at one of its places.
  let picked = null; // {number, element, place}
  const placesOf = (number) => data.spots[number].slice(1);
  const nameOf = (element) => (element && element.dataset.name) || "";

  function placeWords(place) {
    if (typeof place !== "string") {
      return "page " + place[0];
    }
    const [kind, ...parts] = place.split("-");
    const last = parts.pop();
    const words = { line: "line " + parts[0] + ", cell ", cell: "table " + parts[0] + ", row " + parts[1] + ", cell " };
    return (words[kind] || parts.join("-") + ", paragraph ") + last;
  }

  function cleared() {
    for (const rect of all("svg .box, svg .count", sheets)) {
      rect.remove();
    }
    for (const piece of all(".piece.box", sheets)) {
      piece.classList.remove("box", "here");
      delete piece.dataset.count;
    }
    for (const element of all(".picked")) {
      element.classList.remove("picked");
    }
  }

  function boxed(place, here, count) {
    const made = [];
    if (typeof place === "string") {
      for (const piece of pieces.get(place) || []) {
        piece.classList.add("box");
        piece.classList.toggle("here", here);
        if (count) {
          piece.dataset.count = count;
        }
        made.push(piece);
      }
      return made;
    }
    const layer = layers.get(place[0]);
    if (layer) {
      const rect = rectangle(place, here ? "box here" : "box");
      layer.append(rect);
      made.push(rect);
      if (count) {
        const text = document.createElementNS(SVG, "text");
        text.setAttribute("class", "count");
        text.setAttribute("x", place[3] + 3);
        text.setAttribute("y", place[2] + 7);
        text.textContent = count;
        layer.append(text);
      }
    }
    return made;
  }

  function intoView(element, block) {
    const box = element.getBoundingClientRect();
    const scroller = element.closest(".sheets, .read, .list");
    const frame = narrow.matches || !scroller ? { top: 60, bottom: window.innerHeight } : scroller.getBoundingClientRect();
    const left = scroller ? scroller.getBoundingClientRect() : frame;
    const seen = box.top >= frame.top + 40 && box.bottom <= frame.bottom - 8 &&
      (left.left === undefined || (box.left >= left.left && box.right <= left.right) || box.width > left.width);
    if (!seen) {
      element.scrollIntoView({ block: block, inline: "nearest" });
    }
  }

  function revealed(element) {
    for (let outer = element.parentElement; outer; outer = outer.parentElement) {
      if (outer.tagName === "DETAILS") {
        outer.open = true;
      }
    }
  }

  function view(name) {
    document.body.dataset.view = name;
    for (const button of all(".views button")) {
      button.setAttribute("aria-pressed", String(button.dataset.view === name));
    }
  }

  // Show a spot. `to`: "page" after a click on a value, "value" after a click on the page, "both" from a finding.
  function pick(number, options) {
    const wanted = Object.assign({ place: 0, to: "both", element: values.get(number) || null, name: "" }, options);
    const places = placesOf(number);
    const place = Math.min(Math.max(wanted.place, 0), Math.max(places.length - 1, 0));
    const from = (picked && picked.from) || null;
    picked = { number, element: wanted.element, place, name: wanted.name, from: wanted.from || from };
    cleared();
    let first = null;
    places.forEach((one, at) => {
      const made = boxed(one, at === place, places.length > 1 ? String(at + 1) : "");
      first = at === place ? made[0] : first;
    });
    if (wanted.element) {
      wanted.element.classList.add("picked");
    }
    const name = wanted.name || nameOf(wanted.element);
    const where = !places.length ? "nothing is printed for it" : placeWords(places[place]) +
      (places.length > 1 ? ", place " + (place + 1) + " of " + places.length : "") + (first ? "" : ", which is not shown here");
    bar.hidden = false;
    find(".name", bar).textContent = name;
    find(".where", bar).textContent = where;
    find(".stepper", bar).hidden = places.length < 2;
    if (narrow.matches) {
      view(wanted.to === "value" ? "actions" : wanted.to === "page" ? "page" : document.body.dataset.view === "page" ? "page" : "actions");
    }
    if (wanted.to !== "page" && wanted.element) {
      revealed(wanted.element);
      intoView(wanted.element, "center");
    }
    if (first && (wanted.to !== "value")) {
      intoView(first, "center");
    }
    if (!wanted.quiet) {
      say((wanted.before || "") + name + ": " + where);
    }
  }

  function unpick() {
    picked = null;
    cleared();
    bar.hidden = true;
  }

  function toPlace(step) {
    const places = picked ? placesOf(picked.number) : [];
    if (places.length > 1) {
      const place = (picked.place + step + places.length) % places.length;
      pick(picked.number, { place, to: "page", element: picked.element, name: picked.name });
    }
  }

  find(".stepper", bar).addEventListener("click", (event) => {
    const button = event.target.closest("[data-place]");
    if (button) {
      toPlace(Number(button.dataset.place));
    }
  });
  find(".close", bar).addEventListener("click", unpick);
  find(".back", bar).addEventListener("click", () => {
    view("actions");
    if (picked && picked.element) {
      intoView(picked.element, "center");
      const button = find(".show", picked.element);
      if (button) {
        button.focus({ preventScroll: true });
      }
    }
  });

  // A click on the page shows the value; one more at the same place the next value that stands there.
  sheets.addEventListener("click", (event) => {
    if (String(window.getSelection())) {
      return;
    }
    const piece = event.target.closest(".piece");
    const numbers = piece ? owners.get(piece.dataset.at) || [] : document.elementsFromPoint(event.clientX, event.clientY)
      .filter((one) => one.dataset && one.dataset.number && one.tagName === "rect").map((one) => Number(one.dataset.number));
    if (!numbers.length) {
      return;
    }
    const number = numbers[(numbers.indexOf(picked ? picked.number : -1) + 1) % numbers.length];
    const key = piece ? piece.dataset.at : null;
    const at = key ? placesOf(number).indexOf(key) : placesOf(number).findIndex((place) => inside(place, event));
    pick(number, { place: at, to: "value" });
  });

  function inside(place, event) {
    const layer = layers.get(place[0]);
    const sheet = layer && layer.getBoundingClientRect();
    return Boolean(sheet) && event.clientY >= sheet.top && event.clientY <= sheet.bottom;
  }

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

  // Findings: filtered, counted, stepped through.
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

  // Search: over every value, every other text and every finding.
  const query = find("#query");
  const counted = find(".hits");
  let index = null;
  let hits = [];
  let hit = -1;

  function indexed() {
    const bodies = [...all(".plan [data-spot] .body"), ...all(".plan .action > .doubt"), ...all(".finding .message")]
      .map((body) => ({ body, element: body.closest("[data-spot], .action, .finding") }));
    return bodies.map((one) => Object.assign(one, { text: one.body.textContent.replace(/\s+/g, " ").toLowerCase() }));
  }

  function ranges(body, words) {
    const found = [];
    const walker = document.createTreeWalker(body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const text = node.data.toLowerCase();
      for (let at = text.indexOf(words); at >= 0 && text.length === node.data.length; at = text.indexOf(words, at + words.length)) {
        const range = new Range();
        range.setStart(node, at);
        range.setEnd(node, at + words.length);
        found.push(range);
      }
    }
    return found;
  }

  function painted() {
    if (!window.CSS || !CSS.highlights) {
      return;
    }
    const words = query.value.trim().replace(/\s+/g, " ").toLowerCase();
    CSS.highlights.delete("search");
    CSS.highlights.delete("hit");
    if (words && hits.length) {
      CSS.highlights.set("search", new Highlight(...hits.slice(0, 500).flatMap((one) => ranges(one.body, words)).slice(0, 5000)));
      CSS.highlights.set("hit", new Highlight(...(hit >= 0 ? ranges(hits[hit].body, words) : [])));
    }
  }

  function searched() {
    const words = query.value.trim().replace(/\s+/g, " ").toLowerCase();
    index = index || indexed();
    hits = words ? index.filter((one) => one.text.includes(words)) : [];
    hit = -1;
    counted.textContent = words ? many(hits.length, "hit") : "";
    say(words ? many(hits.length, "hit") : "");
    painted();
  }

  function toHit(by) {
    if (!hits.length) {
      return;
    }
    hit = (hit + by + hits.length + (hit < 0 && by < 0 ? 1 : 0)) % hits.length;
    const { element, body } = hits[hit];
    counted.textContent = (hit + 1) + " of " + hits.length;
    const before = "Hit " + (hit + 1) + " of " + hits.length + ". ";
    if (element.matches(".finding")) {
      if (element.hidden) {
        filters.reset();
        filtered();
      }
      toFinding(element, false);
      say(before + body.textContent);
    } else if (element.dataset.spot) {
      pick(Number(element.dataset.spot), { element, to: "both", before });
    } else {
      revealed(body);
      intoView(body, "center");
      say(before + body.textContent.replace(/\s+/g, " ").trim());
    }
    painted();
  }

  let waiting = 0;
  query.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(searched, 120);
  });
  query.addEventListener("keydown", (event) => {
    if (event.key === "Enter") {
      event.preventDefault();
      if (waiting) {
        clearTimeout(waiting);
        waiting = 0;
        const before = counted.textContent;
        if (hit < 0 || !before) {
          searched();
        }
      }
      toHit(event.shiftKey ? -1 : 1);
    }
  });
  find("form.search").addEventListener("submit", (event) => event.preventDefault());
  find("form.search").addEventListener("click", (event) => {
    const button = event.target.closest("[data-hit]");
    if (button) {
      toHit(Number(button.dataset.hit));
    }
  });

  // Overlays, zoom, views.
  const overlays = find(".overlays");
  function overlaid() {
    for (const box of all("input", overlays)) {
      sheets.classList.toggle("show-" + box.name, box.checked);
    }
  }
  overlays.addEventListener("change", (event) => {
    overlaid();
    say(event.target.name + (event.target.checked ? " is shown on the page" : " is no longer shown"));
  });

  const ZOOMS = [1, 1.25, 1.5, 2, 2.5, 3];
  let zoom = 0;
  function zoomed(by) {
    zoom = by === 0 ? 0 : Math.min(Math.max(zoom + by, 0), ZOOMS.length - 1);
    sheets.style.setProperty("--zoom", String(ZOOMS[zoom]));
    const here = find(".here", sheets);
    if (here) {
      here.scrollIntoView({ block: "center", inline: "center" });
    }
    say(Math.round(ZOOMS[zoom] * 100) + " %");
  }
  const zoomer = find(".zoom");
  if (zoomer) {
    zoomer.addEventListener("click", (event) => {
      const button = event.target.closest("[data-zoom]");
      if (button) {
        zoomed(Number(button.dataset.zoom));
      }
    });
  }
  find(".views").addEventListener("click", (event) => {
    const button = event.target.closest("[data-view]");
    if (button) {
      view(button.dataset.view);
      window.scrollTo(0, 0);
    }
  });

  // The line between the page and what was read: drawn with the pointer, or moved with the arrows.
  const divider = find(".divider");
  function divided(share) {
    const kept = Math.min(Math.max(Math.round(share), 25), 75);
    find("#main").style.setProperty("--split", String(kept));
    divider.setAttribute("aria-valuenow", String(kept));
    stored("actionplan.review.split", String(kept));
  }
  divider.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    divider.setPointerCapture(event.pointerId);
  });
  divider.addEventListener("pointermove", (event) => {
    if (divider.hasPointerCapture(event.pointerId)) {
      divided(event.clientX * 100 / window.innerWidth);
    }
  });
  divider.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: -5, ArrowRight: 5 }[event.key];
    if (step) {
      event.preventDefault();
      divided(Number(divider.getAttribute("aria-valuenow")) + step);
    }
  });

  // Keys.
  const single = find("#single-keys");
  const actions = new Map(); // what another part of the page does at a key
  function stored(name, value) {
    try {
      if (value === undefined) {
        return window.localStorage.getItem(name);
      }
      if (value === null) {
        window.localStorage.removeItem(name);
      } else {
        window.localStorage.setItem(name, value);
      }
    } catch (error) { // a browser may keep nothing for a file from disk
      return null;
    }
    return null;
  }
  if (Number(stored("actionplan.review.split"))) {
    divided(Number(stored("actionplan.review.split")));
  }
  single.checked = stored("actionplan.review.keys") !== "off";
  single.addEventListener("change", () => stored("actionplan.review.keys", single.checked ? "on" : "off"));
  find("#open-keys").addEventListener("click", () => find("#keys").showModal());
  if (find("#open-pictures")) {
    find("#open-pictures").addEventListener("click", () => find("#pictures").showModal());
  }

  function toggled(name) {
    const box = find("[name=" + name + "]", overlays);
    box.checked = !box.checked;
    box.dispatchEvent(new Event("change", { bubbles: true }));
  }
  const KEYS = {
    n: () => step(1), j: () => step(1), p: () => step(-1), k: () => step(-1),
    "]": () => toPlace(1), "[": () => toPlace(-1),
    "/": () => { query.focus(); query.select(); },
    "?": () => find("#keys").showModal(),
    1: () => toggled("placed"), 2: () => toggled("furniture"), 3: () => toggled("unplaced"),
    "+": () => zoomed(1), "=": () => zoomed(1), "-": () => zoomed(-1), 0: () => zoomed(0),
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || find("dialog[open]")) {
      return;
    }
    if (event.key === "Escape") {
      if (document.activeElement === query && query.value) {
        query.value = "";
        searched();
      } else if (document.activeElement === query) {
        query.blur();
      } else if (!event.target.closest(".correction")) {
        unpick();
      }
      return;
    }
    if (!single.checked || event.target.closest("input:not([type=checkbox]), select, textarea")) {
      return;
    }
    const does = KEYS[event.key] || actions.get(event.key);
    if (does) {
      event.preventDefault();
      does();
    }
  });

  overlaid();
  filtered();
  return {
    find, all, data, say, many, pick, filtered, stored, listed,
    nameOf: (key) => { const row = all(".field").find((one) => one.dataset.key === key); return row ? find(".show", row).firstChild.data.trim() : key; },
    onKey: (key, does) => actions.set(key, does),
    picked: () => picked,
    current: () => current,
    indexLost: () => { index = null; },
  };
})();
