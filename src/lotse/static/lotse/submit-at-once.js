// A form that only passes on what another page has sent here; its button does the same without JavaScript.
document.querySelector("form[data-submit-at-once]")?.requestSubmit();
