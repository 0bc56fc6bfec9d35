// Copies a field to the clipboard; without script, or where the browser refuses, the field is marked to be copied by hand.
for (const button of document.querySelectorAll("button[data-copy]")) {
  const field = document.getElementById(button.dataset.copy);
  const words = button.firstChild;
  button.hidden = false;
  button.addEventListener("click", async () => {
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
      words.textContent = "kopiert";
    } catch {
      words.textContent = "markiert";
    }
  });
}
