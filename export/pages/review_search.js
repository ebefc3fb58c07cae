// Search: over every value, every other text and every finding.
const Search = (function () {
  const { find, all, say, many, pick, revealed, intoView } = Review;
  const { filtered, toFinding } = Findings;
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
        find("form.filters").reset();
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

  return {
    begin: () => { query.focus(); query.select(); },
    // What Esc does in the field: empties it, then leaves it; whether there was anything to do.
    end: () => {
      if (document.activeElement !== query) {
        return false;
      }
      if (query.value) {
        query.value = "";
        searched();
      } else {
        query.blur();
      }
      return true;
    },
    forget: () => { index = null; }, // the texts have changed
  };
})();
