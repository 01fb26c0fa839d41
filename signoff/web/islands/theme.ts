// Runs before the first paint, only where a person has chosen neither theme: the system's choice holds.
const dark = window.matchMedia("(prefers-color-scheme: dark)");

function follow(): void {
  document.documentElement.dataset.theme = dark.matches ? "signoff-dark" : "signoff-light";
}

if (document.documentElement.dataset.theme === "system") {
  follow();
  dark.addEventListener("change", follow);
}
