// How much is left of a point, counted on while the page stands. Without a script the words of the last look stay.
const words = (minutes) => minutes < 0 ? `${-minutes} Minuten über der Zeit` : minutes === 1 ? "noch 1 Minute" : `noch ${minutes} Minuten`;

function tick() {
  for (const shown of document.querySelectorAll("[data-ends]")) {
    // the browser's clock may be wrong by so much
    if (!shown.dataset.offset) shown.dataset.offset = Date.now() - Date.parse(shown.dataset.now);
    const left = Math.round((Date.parse(shown.dataset.ends) - Date.now() + Number(shown.dataset.offset)) / 60000);
    if (shown.textContent !== words(left)) shown.textContent = words(left);
  }
}

setInterval(tick, 2000);
