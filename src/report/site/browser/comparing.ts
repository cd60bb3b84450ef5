import { computeDifference, type DifferenceTable, type NamedMetric } from '../difference.ts';
import { type PackedModel, unpackVersion } from '../packed.ts';
import type { PageDocument, PageElement, PageWindow } from './dom.ts';

/** Fills the two choices, and shows what is chosen. The choice stands in the address, so that it can be passed on. */
export function chooseVersions(
  { document, location, history, addEventListener }: PageWindow,
  model: PackedModel,
): void {
  const [before, after, swap, controls, target, status] = [
    'before',
    'after',
    'swap',
    'compare-controls',
    'comparison',
    'compared',
  ].map((id) => document.getElementById(id));
  if (!before || !after || !swap || !controls || !target || !status) return;
  const names = model.versions.map(({ v }) => model.texts[v] ?? '');
  const final = model.versions.flatMap(({ p, v }) => (p ? [] : [model.texts[v] ?? '']));
  for (const select of [before, after])
    select.append(...names.toReversed().map((name) => createOption(document, name)));

  const show = (): void => {
    const [a, b] = [before, after].map((select) => model.versions[names.indexOf(select.value)]);
    if (a && b) target.replaceChildren(...renderComparison(document, model, a, b));
    status.textContent = `${after.value} compared with ${before.value}.`;
  };
  const choose = (): void => {
    show();
    history.replaceState(null, '', `#compare=${before.value}..${after.value}`);
  };
  const readAddress = (): boolean => {
    const [from = '', to = ''] = location.hash.replace('#compare=', '').split('..');
    if (!names.includes(from) || !names.includes(to)) return false;
    [before.value, after.value] = [from, to];
    show();
    return true;
  };
  for (const select of [before, after]) select.addEventListener('change', choose);
  swap.addEventListener('click', () => {
    [before.value, after.value] = [after.value, before.value];
    choose();
  });
  addEventListener('hashchange', readAddress);
  controls.hidden = false;
  const [from, to] = final.length > 1 ? final.slice(-2) : names.slice(-2);
  if (readAddress()) return;
  [before.value, after.value] = [from ?? '', to ?? ''];
  show();
}

function createOption(document: PageDocument, name: string): PageElement {
  const option = document.createElement('option');
  option.value = name;
  option.textContent = name;
  return option;
}

type Packed = PackedModel['versions'][number];

function renderComparison(
  document: PageDocument,
  { texts, metrics }: PackedModel,
  a: Packed,
  b: Packed,
): PageElement[] {
  const named = new Map(
    metrics.map(([name, title, direction]): [string, NamedMetric] => [
      texts[name] ?? '',
      { title: texts[title] ?? '', direction: direction === 0 ? undefined : direction },
    ]),
  );
  const { notes, tables } = computeDifference(
    unpackVersion(a, texts),
    unpackVersion(b, texts),
    (name) => named.get(name) ?? { title: name, direction: undefined },
  );
  return [
    ...notes.map((note) => create(document, 'p', 'soft', note)),
    ...tables.map((table) => createTable(document, table)),
  ];
}

function create(
  document: PageDocument,
  name: string,
  className: string,
  ...content: (PageElement | string)[]
): PageElement {
  const element = document.createElement(name);
  element.className = className;
  element.append(...content);
  return element;
}

/** The table as the pages have it: a card a row on a narrow screen. */
function createTable(document: PageDocument, { caption, columns, rows }: DifferenceTable): PageElement {
  const heads = columns.map((title) => {
    const head = create(document, 'th', 'text', title);
    head.scope = 'col';
    return head;
  });
  const lines = rows.map(({ cells }) =>
    create(
      document,
      'tr',
      '',
      ...cells.map(({ text, tone }, column) => {
        const content = tone ? create(document, 'span', tone, text) : text;
        const cell = create(document, column === 0 ? 'th' : 'td', 'text', content);
        if (column === 0) cell.scope = 'row';
        cell.dataset['title'] = columns[column];
        return cell;
      }),
    ),
  );
  return create(
    document,
    'table',
    'cards',
    create(document, 'caption', '', caption),
    create(document, 'thead', '', create(document, 'tr', '', ...heads)),
    create(document, 'tbody', '', ...lines),
  );
}
