/*
 * The script of the page of a study, the only one: a click on the head of a column sorts the table. Groups are sorted by their
 * first row, which stays the first, and the rows of a group within it. Cells without a number come last.
 */
import { createHash } from 'node:crypto';

export const sortScript = `
for (const table of document.querySelectorAll('table.sortable')) {
  const heads = [...table.tHead.rows[0].cells];
  const keyOf = (row, column) => {
    const { value } = row.cells[column].dataset;
    return value === undefined ? row.cells[column].textContent : Number(value);
  };
  const compare = (column, sign) => (a, b) => {
    const [one, other] = [keyOf(a, column), keyOf(b, column)];
    if (typeof one !== typeof other) return typeof one === 'number' ? -1 : 1;
    return sign * (typeof one === 'number' ? one - other : one.localeCompare(other, 'en'));
  };
  const sort = (column, sign) => {
    for (const body of table.tBodies) {
      const rows = [...body.rows];
      const first = body.classList.contains('group') ? rows.splice(0, 1) : [];
      body.append(...first, ...rows.sort(compare(column, sign)));
    }
    const order = compare(column, sign);
    table.append(...[...table.tBodies].sort((a, b) => order(a.rows[0], b.rows[0])));
  };
  heads.forEach((head, column) => {
    const button = document.createElement('button');
    button.type = 'button';
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener('click', () => {
      const sign = head.getAttribute('aria-sort') === 'descending' ? 1 : -1;
      for (const each of heads) each.removeAttribute('aria-sort');
      head.setAttribute('aria-sort', sign === 1 ? 'ascending' : 'descending');
      sort(column, sign);
    });
  });
}
`;

/** The source that the page's content security policy allows. */
export const sortScriptSource = `'sha256-${createHash('sha256').update(sortScript).digest('base64')}'`;
