// "/" goes to the search box from everywhere.
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  const search = document.getElementById("global-search");
  if (event.key === "/" && !typing && search) { event.preventDefault(); search.focus(); }
});
