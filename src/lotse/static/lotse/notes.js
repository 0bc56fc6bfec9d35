// Keeps the notes of a meeting while somebody writes. Without a connection the text stays in the field and is sent later;
// nothing is kept in the browser. Typing is work, so it keeps the session alive; that the page is still there does not.
const WAIT = 2000, RETRY = 2500, STILL = 8000, PATIENCE = 8000;

for (const form of document.querySelectorAll("form[data-notes]")) {
  const field = form.elements.namedItem("text"), revision = form.elements.namedItem("revision");
  const state = form.querySelector("[data-notes-state]"), box = document.querySelector("[data-notes-conflict]");
  let timer = null, sending = false, dirty = false, gone = false, heard = Date.now();
  let tried = []; // keys of what was sent and never answered: it may have arrived
  const say = (text) => { if (state.textContent !== text) state.textContent = text; };
  const later = (wait) => { clearTimeout(timer); timer = setTimeout(() => { timer = null; keep(); }, wait); };
  const token = () => document.querySelector("[data-csrf]")?.dataset.csrf || form.elements.namedItem("csrfmiddlewaretoken").value;

  function send(fields, headers = {}) {
    const body = new FormData();
    body.append("csrfmiddlewaretoken", token());
    for (const [name, value] of fields) body.append(name, value);
    return fetch(form.action, { method: "POST", body, headers: { Accept: "application/json", ...headers }, signal: AbortSignal.timeout(PATIENCE) });
  }

  function lost(result) {
    gone = true;
    say(result.message || "Der Stift liegt nicht mehr bei Ihnen.");
    if (!box) return;
    box.querySelector("[data-notes-mine]").textContent = result.mine || "";
    box.querySelector("[data-notes-other]").textContent = result.other || "";
    box.hidden = false;
    field.readOnly = true;
  }

  async function keep() {
    if (gone || sending || !dirty) return;
    sending = true;
    dirty = false;
    const key = crypto.randomUUID().replaceAll("-", "");
    try {
      const answer = await send([["text", field.value], ["revision", revision.value], ["key", key], ...tried.map((one) => ["tried", one])]);
      if (answer.redirected || !(answer.headers.get("Content-Type") || "").includes("json")) throw new Refused(answer);
      const result = await answer.json();
      if (answer.status === 409) { lost(result); return; }
      if (!answer.ok) throw new Refused(answer);
      revision.value = result.revision;
      tried = [];
      heard = Date.now();
      say(`Gespeichert ${result.at}`);
    } catch (error) {
      dirty = true;
      tried = [...tried, key].slice(-50);
      say(error instanceof Refused ? error.message : "Keine Verbindung – wird nachgeholt");
    } finally {
      sending = false;
      if (dirty && !gone) later(RETRY);
    }
  }

  class Refused extends Error {
    constructor(answer) {
      super(answer.redirected ? "Sie sind abgemeldet. Bitte melden Sie sich in einem zweiten Fenster an, der Text bleibt hier stehen."
        : "Noch nicht gespeichert – wird nachgeholt");
    }
  }

  async function still() {
    if (gone || sending || dirty || Date.now() - heard < STILL) return;
    try {
      const answer = await send([["still", "1"]], { "X-Lotse-Background": "1" });
      if (answer.ok) heard = Date.now();
      else if (answer.status === 409) { dirty = true; keep(); }
    } catch { say("Keine Verbindung – wird nachgeholt"); }
  }

  // every two seconds while somebody types, not two seconds after the last key
  field.addEventListener("input", () => { dirty = true; if (timer === null && !sending) later(WAIT); });
  form.addEventListener("submit", () => { clearTimeout(timer); gone = true; });
  addEventListener("online", () => later(0));
  addEventListener("beforeunload", (event) => { if (dirty && !gone) event.preventDefault(); });
  setInterval(still, 2000);
}
