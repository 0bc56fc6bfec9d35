// A field appears when its condition holds. Without this file every field is visible and the server drops what does not apply.
const values = (form, name) => [...form.elements]
  .filter((el) => el.name === name && (!["radio", "checkbox"].includes(el.type) || el.checked))
  .map((el) => (el.type === "checkbox" && el.value === "on" ? "true" : el.value));

function update(form) {
  for (const field of form.querySelectorAll("[data-shown-when]")) {
    const [name, wanted] = field.dataset.shownWhen.split("=");
    const parent = form.querySelector(`[data-field="${name}"]`);
    const given = parent && parent.hidden ? [] : values(form, name);
    field.hidden = !given.some((value) => (wanted === "*" ? value !== "" : wanted.split("|").includes(value)));
  }
}

for (const form of document.querySelectorAll("form")) {
  if (!form.querySelector("[data-shown-when]")) continue;
  form.addEventListener("change", () => update(form));
  form.addEventListener("input", () => update(form));
  update(form);
}
