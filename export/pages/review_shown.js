// What is shown and how large: overlays, zoom, the views of a narrow window, the line between page and plan.
const Shown = (function () {
  const { find, all, say, sheets, stored, view } = Review;
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
  if (Number(stored("actionplan.review.split"))) {
    divided(Number(stored("actionplan.review.split")));
  }

  function toggled(name) {
    const box = find("[name=" + name + "]", overlays);
    box.checked = !box.checked;
    box.dispatchEvent(new Event("change", { bubbles: true }));
  }

  if (find("#open-pictures")) {
    find("#open-pictures").addEventListener("click", () => find("#pictures").showModal());
  }

  overlaid();
  return { toggled, zoomed };
})();
