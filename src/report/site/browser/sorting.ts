import type { PageDocument, PageElement } from './dom.ts';

/** Puts buttons into the headings of the table of versions, and its filter to work. */
export function sortAndFilter(document: PageDocument): void {
  const table = document.getElementById('versions-table');
  const body = table?.querySelector('tbody');
  if (!table || !body) return;
  const rows = Array.from(body.children).map((element) => ({
    element,
    text: (element.textContent ?? '').toLowerCase(),
  }));
  const headings = Array.from(table.querySelectorAll('thead th'));
  headings.forEach((heading, column) => {
    if (heading.dataset['sort'] === undefined) return;
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = heading.textContent;
    button.addEventListener('click', () => {
      const down = heading.getAttribute('aria-sort') !== 'descending';
      for (const one of headings) one.removeAttribute('aria-sort');
      heading.setAttribute('aria-sort', down ? 'descending' : 'ascending');
      body.replaceChildren(...sortRows(rows, column, down));
    });
    heading.replaceChildren(button);
  });
  addFilter(document, rows);
}

interface Row {
  readonly element: PageElement;
  readonly text: string;
}

/** Rows by the number in a column; those without one stay at the end, whichever way it goes. */
function sortRows(rows: readonly Row[], column: number, down: boolean): PageElement[] {
  const keyed = rows.map(({ element }) => ({
    element,
    key: Number(element.children[column]?.dataset['key'] ?? Number.NaN),
  }));
  const known = keyed.filter(({ key }) => !Number.isNaN(key)).sort((a, b) => (down ? b.key - a.key : a.key - b.key));
  return [...known, ...keyed.filter(({ key }) => Number.isNaN(key))].map(({ element }) => element);
}

function addFilter(document: PageDocument, rows: readonly Row[]): void {
  const [filter, early, status, controls] = ['filter', 'early', 'filtered', 'versions-controls'].map((id) =>
    document.getElementById(id),
  );
  if (!filter || !early || !status || !controls) return;
  const apply = (): void => {
    const words = filter.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const { element, text } of rows) {
      const fits = words.every((word) => text.includes(word));
      element.hidden = !fits || (!early.checked && element.dataset['early'] !== undefined);
      if (!element.hidden) shown += 1;
    }
    status.textContent = shown === rows.length ? `All ${rows.length} versions` : `${shown} of ${rows.length} versions`;
  };
  filter.addEventListener('input', apply);
  early.addEventListener('change', apply);
  controls.hidden = false;
  apply();
}
