// On a narrow screen the tabs of a file are longer than the line: show the one that is open.
document.querySelectorAll(".tabs-rows [aria-current]").forEach((tab) => {
  const row = tab.closest(".tabs");
  row.scrollLeft += tab.getBoundingClientRect().left - row.getBoundingClientRect().left - 48;
});
