import fc from 'fast-check';
import { parseRecord } from '../../src/engine/csv-header.ts';

const ending = fc.constantFrom('\n', '\r\n', '\r');
const piece = fc.constantFrom('a', ' ', '""', ',', '\n', '\r\n', '\r', 'é', '#', '\\', '\0', '-', '\t', "'");
const value = fc.array(piece, { maxLength: 4 }).chain((pieces) => {
  const text = pieces.join('');
  return fc.constantFrom(`"${text}"`, text.replace(/[,\r\n]/g, 'x').replace(/^[ "]+/, 'z'));
});
/** Small CSV files of all kinds, and some that are spoiled by one character. */
export const csv = fc
  .record({
    mark: fc.constantFrom('', '', '', '\ufeff'),
    header: fc.constantFrom('h', 'h,i', '"h","i j",k', '"h ""1""",i'),
    end: ending,
    lastEnd: fc.boolean(),
    rows: fc.array(fc.array(value, { minLength: 3, maxLength: 3 }), { maxLength: 5 }),
    spoil: fc.option(fc.tuple(fc.nat(60), fc.constantFrom(',', '"', '\n', '\r')), { freq: 4 }),
  })
  .map(({ mark, header, end, lastEnd, rows, spoil }) => {
    const width = parseRecord(header).length;
    const lines = [header, ...rows.map((row) => row.slice(0, width).join(','))];
    const text = mark + lines.join(end) + (lastEnd ? end : '');
    return spoil ? text.slice(0, spoil[0]) + spoil[1] + text.slice(spoil[0]) : text;
  });
