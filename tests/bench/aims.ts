import { median, quantile, type Measured } from './figures.ts';

/** What Locution promises of its speed, and what was measured of it; nothing where it was not. */
export interface Aim {
  readonly what: string;
  readonly value: number | undefined;
  readonly limit: number;
  readonly unit: string;
}

const annotated = ['3 KB, 15 spans', '100 KB, 500 spans', '1 MB, 5,000 spans', '5 MB, 20,000 spans'];
const [, , large, largest] = annotated as [string, string, string, string];
const line = 'one line of 1 MB, 1,000 spans';
export const startName = 'start';
const manyName = /^100,000 documents of 2 KB, 1,000,000 spans/;

/** The aims in the order in which they were set. */
export function aimsOf(measured: readonly Measured[]): Aim[] {
  const samples = (workload: string | RegExp, figure: string) =>
    measured.find((each) =>
      typeof workload === 'string' ? each.workload === workload : workload.test(each.workload),
    )?.figures[figure];
  const middle = (workload: string | RegExp, figure: string) => {
    const found = samples(workload, figure);
    return found && found.length > 0 ? median(found) : undefined;
  };
  const most = (workload: string | RegExp, figure: string) => {
    const found = samples(workload, figure);
    return found && found.length > 0 ? Math.max(...found) : undefined;
  };
  const ratio = (workload: string) => {
    const [own, bare] = [
      middle(workload, 'open, until painted'),
      middle(workload, '<pre>: open, until painted'),
    ];
    return own !== undefined && bare !== undefined ? own / bare : undefined;
  };
  const ms = (what: string, value: number | undefined, limit: number): Aim => ({
    what,
    value,
    limit,
    unit: ' ms',
  });
  return [
    { what: `open ${large}, as a multiple of <pre>`, value: ratio(large), limit: 1, unit: ' ×' },
    { what: `open ${largest}, as a multiple of <pre>`, value: ratio(largest), limit: 0.5, unit: ' ×' },
    ms(`open ${largest}, until painted`, middle(largest, 'open, until painted'), 500),
    ...annotated.flatMap((name) =>
      ['add', 'relabel', 'remove', 'undo'].flatMap((act) => [
        ms(`${act} at ${name}, until painted`, middle(name, `${act}, until painted`), 16),
        ms(
          `${act} at ${name}, from painted until saved`,
          middle(name, `${act}, from painted until saved`),
          10,
        ),
      ]),
    ),
    ...annotated.flatMap((name) => [
      ms(`focus by click at ${name}`, middle(name, 'focus by click, until painted'), 16),
      ms(
        `select at ${name}, longest task`,
        most(name, 'select by drag and Shift with arrows, longest task'),
        16,
      ),
      ms(`scroll ${name}, longest task`, most(name, 'scroll with a profiler, longest task'), 50),
      ms(`scroll ${name}, longest blank`, most(name, 'scroll, longest that something was blank'), 100),
      ms(`jump to a span at ${name}`, middle(name, 'jump to a span, until painted'), 100),
    ]),
    {
      what: `JavaScript heap at ${largest}`,
      value: middle(largest, 'JavaScript heap with the document open, MB'),
      limit: 30,
      unit: ' MB',
    },
    ms(`open ${line}`, middle(line, 'open, until painted'), 600),
    ms(`add at ${line}, until painted`, middle(line, 'add, until painted'), 50),
    ms(
      'first visit, four times slower processor, until usable',
      middle(startName, 'first visit, processor slowed four times'),
      1000,
    ),
    ms('warm start offline', middle(startName, 'warm start, offline'), 300),
    ...manyAims.map(([what, figure]) => {
      const found = samples(manyName, figure);
      return ms(`100,000 documents: ${what}`, found && quantile(found, 0.5), 100);
    }),
    {
      what: '100,000 documents, 1,000,000 spans: import',
      value: middle(manyName, 'import, until listed and saved, s'),
      limit: 120,
      unit: ' s',
    },
    {
      what: 'plain puts of the same records take at least 0.7 of it; it, as a multiple of theirs',
      value: reciprocal(middle(manyName, 'plain puts as a share of the import')),
      limit: 1 / 0.7,
      unit: ' ×',
    },
  ];
}

function reciprocal(value: number | undefined): number | undefined {
  return value === undefined ? undefined : 1 / value;
}

const manyAims = [
  ['open the screen of documents', 'open the screen of documents, until painted'],
  ['filter by status', 'filter by status, until painted'],
  ['sort', 'sort the documents, until painted'],
  ['type into the search for a title', 'type into the search for a title, until painted'],
  ['next and previous document', 'next and previous document, until painted'],
  ['search all texts, when all were read once', 'search all documents, until complete'],
  ['open the statistics', 'open the statistics, until painted'],
] as const;
