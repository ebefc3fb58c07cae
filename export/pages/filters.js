"use strict";
(function () {
  const form = document.querySelector("form.filters");
  if (!form) {
    return;
  }
  const cards = Array.from(document.querySelectorAll("section.document article.card"));
  const shown = form.querySelector(".shown");
  const none = document.querySelector(".none");
  const has = (list, wanted) => wanted === "" || list.split(" ").includes(wanted);

  function apply() {
    let count = 0;
    for (const card of cards) {
      const fits = has(card.dataset.kinds, form.kind.value) &&
        has(card.dataset.section, form.section.value) && has(card.dataset.leads, form.lead.value);
      card.hidden = !fits;
      count += fits ? 1 : 0;
    }
    none.hidden = count > 0;
    const chosen = [form.kind, form.section, form.lead].filter((select) => select.value !== "")
      .map((select) => select.selectedOptions[0].text);
    shown.textContent = count + " of " + cards.length + " " + form.dataset.noun + " shown" + (chosen.length ? ": " + chosen.join(", ") : "");
    form.classList.toggle("chosen", chosen.length > 0);
  }

  // A link to a row that a filter hides would lead nowhere.
  function reveal() {
    const target = document.getElementById(location.hash.slice(1));
    if (!target || !target.matches("article.card")) {
      return;
    }
    if (target.hidden) {
      form.reset();
      apply();
    }
    target.scrollIntoView();
    target.focus({preventScroll: true});
  }

  form.hidden = false;
  form.addEventListener("change", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(apply, 0));
  window.addEventListener("hashchange", reveal);
  for (const link of document.querySelectorAll("a[data-show]")) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      form.reset();
      form.kind.value = link.dataset.show;
      apply();
      form.scrollIntoView();
      form.kind.focus({preventScroll: true});
    });
  }
  apply();
  reveal();
})();
