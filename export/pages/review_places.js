"use strict";
// The review page's places: from a value to its boxes on the page, and back. The other scripts build on `Review`.
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

  return {
    data, sheets, narrow, values, INTERACTIVE,
    find, all, say, many, stored, pick, unpick, toPlace, revealed, intoView, view,
    picked: () => picked,
  };
})();
