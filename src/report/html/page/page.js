// The page as a whole: what is drawn when, language, colours, paper.

/** What hangs on the filters. */
function render() {
  document.body.classList.toggle("filtered", isFiltered());
  drawFigures();
  drawMap();
  drawPlace();
  drawMatrix();
  fillFilters();
  drawList();
  drawPortfolio();
  drawClauses();
  drawClaims();
}

/** What hangs on the language alone. */
function renderWords() {
  document.documentElement.lang = state.language;
  document.title = `${text(pack.plan.title) || pack.plan.name} · plancheck`;
  byId("facts").replaceChildren(...[
    say("asOf", pack.as_of), pack.plan.version && say("edition", pack.plan.version),
    say("inFiles", amount(closing.summary.proposals), amount(closing.summary.files)), say("rules", pack.plan.digest.slice(7, 19)),
  ].filter(Boolean).map((words) => el("li", {}, words)));
  for (const one of document.querySelectorAll("[data-language]")) one.setAttribute("aria-pressed", String(one.dataset.language === state.language));
  byId("theme-word").textContent = `${say("theme")}${state.language === "zh" ? "：" : ": "}${say(state.theme)}`;
  byId("open-all").textContent = say("openAll");
  byId("close-all").textContent = say("closeAll");
  byId("matrix").setAttribute("aria-label", say("matrixHint"));
  drawLegend();
  drawFilters();
  drawUnapplied();
  drawFailures();
}

function speak(language) {
  state.language = language;
  renderWords();
  render();
}

function paint() {
  const themes = ["auto", "light", "dark"];
  state.theme = themes[(themes.indexOf(state.theme) + 1) % themes.length];
  document.documentElement.dataset.theme = state.theme;
  renderWords();
}

function start() {
  recall();
  for (const one of document.querySelectorAll("[data-language]")) one.addEventListener("click", () => speak(one.dataset.language));
  byId("theme").addEventListener("click", paint);
  byId("more").addEventListener("click", () => drawMore());
  byId("open-all").addEventListener("click", () => openCards(true));
  byId("close-all").addEventListener("click", () => openCards(false));
  new IntersectionObserver((entries) => {
    if (entries.some((entry) => entry.isIntersecting) && made < listed.length) drawMore();
  }, { rootMargin: "600px" }).observe(byId("more"));
  let width = window.innerWidth;
  window.addEventListener("resize", () => {
    if (window.innerWidth !== width) drawMap();
    width = window.innerWidth;
  });
  window.addEventListener("beforeprint", unfold);
  window.addEventListener("afterprint", drawList);
  window.addEventListener("hashchange", () => {
    // A link to a part of the page leaves the filters alone.
    if (!location.hash.includes("=")) return;
    for (const name of LINKED) state[name] = "";
    recall();
    render();
  });
  byId("map-part").hidden = !pack.map;
  byId("claims-part").hidden = !pack.places || pack.places.claims.length === 0;
  byId("clauses-part").hidden = pack.clauses.length === 0;
  renderWords();
  render();
  byId("loading").hidden = true;
}

try {
  start();
} catch (error) {
  // What stands in the page without a script is better than a half-made page.
  document.documentElement.classList.remove("live");
  throw error;
}
