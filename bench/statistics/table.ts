import { type Cell, computeAllowed, isBad } from './cell.ts';
import type { GroupResult } from './cell-files.ts';

const HEAD = [
  'rule',
  'size',
  'cells',
  'trials',
  'worst false pass',
  'allowed there',
  'false fail',
  'cannot measure',
  'power',
  'two numbers: false pass',
  'power',
];
const CELL_HEAD = [
  'rule',
  'setting',
  'level',
  'trials',
  'false pass',
  'allowed',
  'false fail',
  'cannot measure',
  'effect',
  'power',
];

/** Three standard errors are passed by one of 740 cells that lie on the line of what is asked. */
const BY_CHANCE =
  'Of 740 cells whose rule errs exactly as often as asked, one does so by chance; [README.md](README.md) tells what other seeds find.';

/** The document that tells what all groups found: by rule and size, then every cell that passes too often. */
export function renderDocument(groups: readonly GroupResult[]): string {
  const cells = groups.flatMap((group) => group.cells);
  const bad = cells.filter(isBad);
  return [
    '# How often rules are wrong',
    'Written by `node bench/statistics.ts --cells FOLDER --markdown bench/statistics.md`; [README.md](README.md) says what is drawn and how it is run.',
    [
      'In each cell the truth lies on the line. *False pass*: how often the rule passes then, which should be at most 1 − level;',
      '*allowed* adds three Monte-Carlo standard errors. *False fail*: how often it fails. In between it *cannot measure*. *Power*:',
      'how often it passes where the truth is better by what an ideal test sees in 80 % of all samples. *Two numbers*: the same for',
      'the comparison of two measured numbers. Levels are 90, 95 and 99 %. A range is the least and the greatest of all cells in the row;',
      'the worst false pass is the one that is highest by what is allowed. Exact cells are sums of probabilities and not samples.',
    ].join('\n'),
    [
      'Of prevalences, disagreements and sizes not all combinations are sampled, but a fraction that meets every two of them',
      'somewhere: at each size each prevalence comes with one disagreement, at the next size with the next one (a Latin square).',
      'Where a sample takes long, a few places are tried. In the table by size, cells of all settings at that size stand together.',
    ].join('\n'),
    `${bad.length} of ${cells.length} cells pass more often than allowed${bad.length > 0 ? '; they are listed below' : ''}.`,
    ...groups.flatMap(renderGroup),
    '## Cells that pass more often than allowed',
    ...(bad.length > 0 ? [BY_CHANCE, renderRows(CELL_HEAD, bad.map(describeCell))] : ['None.']),
    '## Runs',
    renderRows(
      ['group', 'cells', 'trials', 'seed', 'seconds', 'Node', 'grid'],
      groups.map(({ group, cells: own, seconds, node, grid }) => [
        group,
        String(own.length),
        renderTrials(own),
        [...new Set(own.flatMap(({ seed }) => seed ?? []))].join(', ') || '–',
        seconds?.toFixed(0) ?? 'not finished',
        node,
        grid,
      ]),
    ),
    '',
  ].join('\n\n');
}

function renderGroup({ title, cells }: GroupResult): string[] {
  const lots = new Map<string, Cell[]>();
  for (const cell of cells) {
    const name = `${cell.rule}, ${findSize(cell.setting)}`;
    lots.set(name, [...(lots.get(name) ?? []), cell]);
  }
  return [
    `## ${title.charAt(0).toUpperCase()}${title.slice(1)}`,
    renderRows(
      HEAD,
      [...lots.values()].map((lot) => describeLot(lot)),
    ),
  ];
}

/** A setting names its size first. */
function findSize(setting: string): string {
  return setting.split(',')[0] ?? '';
}

function describeLot(lot: readonly Cell[]): string[] {
  const [first] = lot;
  const worst = lot.reduce((a, b) => (b.atLine.pass / computeAllowed(b) > a.atLine.pass / computeAllowed(a) ? b : a));
  const bad = lot.filter(isBad).length;
  return [
    first?.rule ?? '',
    findSize(first?.setting ?? ''),
    String(lot.length),
    renderTrials(lot),
    `${renderShare(worst.atLine.pass)}${bad > 0 ? ` (**${bad} bad**)` : ''}`,
    `${renderShare(computeAllowed(worst))} at ${renderLevel(worst)}`,
    renderRange(lot.map(({ atLine }) => atLine.fail)),
    renderRange(lot.map(computeOpen)),
    renderRange(lot.map(({ atEffect }) => atEffect.pass)),
    renderRange(lot.map(({ scalar }) => scalar[0])),
    renderRange(lot.map(({ scalar }) => scalar[1])),
  ];
}

function describeCell(cell: Cell): string[] {
  return [
    cell.rule,
    cell.setting,
    renderLevel(cell),
    renderTrials([cell]),
    renderShare(cell.atLine.pass),
    renderShare(computeAllowed(cell)),
    renderShare(cell.atLine.fail),
    renderShare(computeOpen(cell)),
    cell.effect.toPrecision(3),
    renderShare(cell.atEffect.pass),
  ];
}

function computeOpen({ atLine }: Cell): number {
  return Math.max(0, 1 - atLine.pass - atLine.fail);
}

function renderLevel({ tail }: Cell): string {
  return `${Math.round(100 * (1 - tail))} %`;
}

function renderTrials(cells: readonly Cell[]): string {
  return [...new Set(cells.map(({ trials }) => trials?.toLocaleString('en') ?? 'exact'))].join(' / ');
}

function renderShare(value: number): string {
  return `${(100 * value).toFixed(value < 0.0995 ? 2 : 1)} %`;
}

function renderRange(values: readonly number[]): string {
  const digits = (value: number) => (100 * value).toFixed(value < 0.0995 ? 1 : 0);
  const [least, most] = [digits(Math.min(...values)), digits(Math.max(...values))];
  return least === most ? `${least} %` : `${least}–${most} %`;
}

function renderRows(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (parts: readonly string[]) => `| ${parts.map((part) => part.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
