// Lets cells of a grid be changed where they stand, several before the sheet is checked again. Without it each row has a page for that.
for (const form of document.querySelectorAll("form.grid")) {
  const collected = form.querySelector(".collected");
  const check = collected.querySelector("button");
  const said = collected.querySelector("[role=status]");
  const fields = () => [...form.querySelectorAll("[data-was]")];
  const changed = () => fields().filter((field) => field.value !== field.dataset.was);
  const count = () => {
    const n = changed().length;
    collected.hidden = n === 0;
    said.textContent = form.dataset[n === 1 ? "one" : "more"].replace("{n}", n.toLocaleString(document.documentElement.lang));
  };

  const edit = (cell, shown, button) => {
    const text = shown.textContent;
    const field = document.createElement(text.includes("\n") ? "textarea" : "input");
    field.name = "cell." + cell.dataset.cell;
    field.value = text;
    field.dataset.was = field.value;
    field.setAttribute("aria-label", cell.dataset.label);
    field.addEventListener("input", count);
    field.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.shiftKey) {
        event.preventDefault();
        form.requestSubmit(check);
      }
      if (event.key === "Escape") {
        field.replaceWith(shown);
        button.hidden = false;
        button.focus();
        count();
      }
    });
    shown.replaceWith(field);
    button.hidden = true;
    field.focus();
  };

  for (const cell of form.querySelectorAll("td.found[data-cell]")) {
    const shown = cell.querySelector(".value");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "second edit";
    button.textContent = form.dataset.edit;
    button.setAttribute("aria-label", cell.dataset.label);
    button.addEventListener("click", () => edit(cell, shown, button));
    cell.append(button);
  }
  form.addEventListener("submit", () => {
    for (const field of fields()) {
      field.disabled = field.value === field.dataset.was; // what stays as it was is no edit
    }
  });
}
