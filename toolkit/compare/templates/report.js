"use strict";
// Adds comfort only: sorting by column, filtering documents, opening a document from a link.
for (const table of document.querySelectorAll("table[data-sort]")) {
  const heads = [...table.tHead.rows[0].cells];
  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    while (head.firstChild) button.append(head.firstChild);
    head.append(button);
    button.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") !== "descending";
      heads.forEach((other) => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const key = (row) => row.cells[column].dataset.value ?? row.cells[column].textContent.trim();
      const rows = [...table.tBodies[0].rows];
      rows.sort((a, b) => {
        const [x, y] = [key(a), key(b)];
        const [p, q] = [parseFloat(x), parseFloat(y)];
        const order = Number.isNaN(p) || Number.isNaN(q)
          ? (Number.isNaN(p) ? (Number.isNaN(q) ? x.localeCompare(y) : 1) : -1)
          : (p - q) * (down ? -1 : 1);
        return Number.isNaN(p) && Number.isNaN(q) && down ? -order : order;
      });
      table.tBodies[0].append(...rows);
    });
  });
}
for (const list of document.querySelectorAll("[data-filter]")) {
  const box = document.createElement("input");
  box.type = "search";
  box.placeholder = "Filter by text";
  box.setAttribute("aria-label", "Filter documents by text");
  list.before(box);
  box.addEventListener("input", () => {
    const wanted = box.value.trim().toLowerCase();
    for (const unit of list.querySelectorAll(":scope > details")) {
      unit.hidden = wanted !== "" && !unit.textContent.toLowerCase().includes(wanted);
    }
  });
}
function openTarget() {
  const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (target && target.tagName === "DETAILS") {
    target.open = true;
    target.scrollIntoView();
  }
}
window.addEventListener("hashchange", openTarget);
openTarget();
