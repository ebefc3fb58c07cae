// Keys.
const Keys = (function () {
  const { find, stored, toPlace, unpick } = Review;
  const { step } = Findings;
  const { toggled, zoomed } = Shown;
  const single = find("#single-keys");
  const actions = new Map(); // what another part of the page does at a key
  single.checked = stored("actionplan.review.keys") !== "off";
  single.addEventListener("change", () => stored("actionplan.review.keys", single.checked ? "on" : "off"));
  find("#open-keys").addEventListener("click", () => find("#keys").showModal());

  const KEYS = {
    n: () => step(1), j: () => step(1), p: () => step(-1), k: () => step(-1),
    "]": () => toPlace(1), "[": () => toPlace(-1),
    "/": Search.begin,
    "?": () => find("#keys").showModal(),
    1: () => toggled("placed"), 2: () => toggled("furniture"), 3: () => toggled("unplaced"),
    "+": () => zoomed(1), "=": () => zoomed(1), "-": () => zoomed(-1), 0: () => zoomed(0),
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || find("dialog[open]")) {
      return;
    }
    if (event.key === "Escape") {
      if (!Search.end() && !event.target.closest(".correction")) {
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

  return { on: (key, does) => actions.set(key, does) };
})();
