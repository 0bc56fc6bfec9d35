// Keeps what is being typed on the server, a few seconds after the last key. Nothing stays in the browser.
const WAIT = 3000;

for (const form of document.querySelectorAll("form[data-draft]")) {
  const state = form.querySelector(".draft-state");
  let timer = null;
  let revision = form.dataset.draftRevision || "";
  const say = (text) => { if (state) state.textContent = text; };
  const shown = form.elements.namedItem("draft_revision"); // sent along when the session has ended meanwhile
  const compare = form.querySelector("[data-draft-compare]");

  async function keep() {
    const body = new FormData(form);
    for (const [name, value] of [...body]) if (value instanceof File) body.delete(name); // a draft is words, and a photo is large
    body.append("draft_form", form.dataset.draft);
    body.append("draft_object", form.dataset.draftObject || "");
    body.append("draft_revision", revision);
    body.append("draft_label", document.title);
    body.append("draft_url", location.pathname);
    try {
      const answer = await fetch(form.dataset.draftUrl, { method: "POST", body, headers: { "X-Lotse-Background": "1" } });
      const result = await answer.json();
      if (answer.ok) { revision = result.revision; if (shown) shown.value = revision; say(`Entwurf gespeichert ${result.at}`); }
      else say(result.message || "Entwurf nicht gespeichert");
      if (compare) compare.hidden = answer.status !== 409;
    } catch {
      say("Keine Verbindung. Ihr Text bleibt stehen, bitte diese Seite nicht schließen.");
      timer = setTimeout(keep, 2 * WAIT);
    }
  }

  form.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(keep, WAIT); });
  form.addEventListener("submit", () => clearTimeout(timer));
}
