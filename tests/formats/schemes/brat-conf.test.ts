import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { describeFileProblem } from '../../../src/core/problem.ts';
import { livingLabels } from '../../../src/core/scheme.ts';
import { schemeFault } from '../../../src/core/schemes/editing.ts';
import { schemeFrom } from '../../../src/core/schemes/plan.ts';
import { readBratConf } from '../../../src/formats/schemes/brat-conf.ts';
import { readSchemeFile } from '../../../src/formats/schemes/scheme-files.ts';
import { fixture, sourceFile } from '../reading.ts';

function read(...lines: string[]) {
  const { plan, problems } = readBratConf('a.conf', lines.join('\n'));
  return {
    plan,
    complaints: problems.map(describeFileProblem).map((words) => words.replace('a.conf, ', '')),
  };
}

const values = (items: readonly { readonly value: string }[] = []) => items.map(({ value }) => value);

describe('a configuration of brat', () => {
  test('is read with all that a scheme holds, and what it does not is said with its line', async () => {
    const { plan, problems } = await readSchemeFile(fixture('press.conf'));
    expect(values(plan?.labels)).toEqual(['Speaker', 'Minister', 'Envoy', 'Place', 'Say', 'Refuse']);
    expect(plan?.relations).toEqual([
      {
        value: 'Speaks_for',
        pairs: [
          { head: 'Speaker', child: 'Place' },
          { head: 'Minister', child: 'Place' },
        ],
      },
      { value: 'Same_as', pairs: [{ head: 'any', child: 'any' }] },
      {
        value: 'By',
        pairs: [
          { head: 'Say', child: 'Speaker' },
          { head: 'Say', child: 'Minister' },
          { head: 'Refuse', child: 'Speaker' },
          { head: 'Refuse', child: 'Minister' },
        ],
      },
      {
        value: 'What',
        pairs: [
          { head: 'Refuse', child: 'Say' },
          { head: 'Refuse', child: 'Refuse' },
        ],
      },
    ]);
    expect(plan?.attributes).toEqual([
      { value: 'Certainty', type: 'one', options: ['High', 'Low'], labels: ['Say', 'Refuse'] },
      { value: 'Negated', type: 'yes-no', labels: ['Refuse'] },
      { value: 'Checked', type: 'yes-no' },
    ]);
    expect(problems.map(describeFileProblem)).toEqual([
      'press.conf, line 5: types stand under one another here; all that can be marked with are labels side by side.',
      'press.conf, line 15: that “Same_as” is symmetric-transitive is not held here.',
      'press.conf, line 16: rules on which spans may overlap are not held here: all may.',
      'press.conf, line 20: how often “Refuse” may or must have What is not held here.',
    ]);
    expect(schemeFault(schemeFrom(plan!))).toBeUndefined();
  });

  test('from before events and attributes is read too', () => {
    const { plan, complaints } = read(
      '[spans]',
      'Noun',
      'Verb',
      '',
      '[relations]',
      'subj Arg1:<ENTITY>, Arg2:<ENTITY>',
    );
    expect(plan).toEqual({
      labels: [{ value: 'Noun' }, { value: 'Verb' }],
      attributes: [],
      relations: [{ value: 'subj', pairs: [{ head: 'any', child: 'any' }] }],
      documentLabels: [],
    });
    expect(complaints).toEqual([]);
  });

  test('may have line ends of any kind and a byte order mark', () => {
    expect(values(readBratConf('a.conf', '\uFEFF[entities]\r\nA\r\n\tB\rC').plan?.labels)).toEqual([
      'A',
      'B',
      'C',
    ]);
  });

  test.each([
    [
      'an unknown section',
      ['[entities]', 'A', '[colours]', 'A red'],
      'line 3: the section [colours] is not known here and was skipped.',
    ],
    [
      'a line before the sections',
      ['A', '[entities]', 'B'],
      'line 1: a line before the first section was skipped.',
    ],
    [
      'a type that stands twice',
      ['[entities]', 'A', 'A'],
      'line 3: “A” stands here twice, and is one label.',
    ],
    ['other names of a type', ['[entities]', 'A|B|C'], 'line 2: “A” goes without its other names, B, C.'],
    [
      'what stands behind an entity',
      ['[entities]', 'A Arg:B'],
      'line 2: what stands behind “A” is not held here and was skipped.',
    ],
  ])('%s is said', (_, lines, complaint) => {
    const { plan, complaints } = read(...lines);
    expect(complaints).toEqual([complaint]);
    expect(plan?.labels.length).toBeGreaterThan(0);
  });

  test.each([
    [
      'a relation with one end',
      ['[relations]', 'r Arg1:A'],
      'the relation “r” was skipped: it names no two ends, Arg1 and Arg2.',
    ],
    [
      'a relation with three ends',
      ['[relations]', 'r Arg1:A, Arg2:A, Arg3:A'],
      'the end Arg3 of “r” was skipped: a relation here has two.',
    ],
    [
      'an end that is no label',
      ['[relations]', 'r Arg1:A, Arg2:Z|A'],
      '“r” goes without Z, which is no label here.',
    ],
    [
      'a misspelt end',
      ['[relations]', 'r Arg1:A, Arg2:A, oops'],
      '“oops” behind “r” is not read here and was skipped.',
    ],
    [
      'an attribute of nothing',
      ['[attributes]', 'x Value:a|b'],
      'the attribute “x” was skipped: no label has it.',
    ],
    [
      'an attribute of relations',
      ['[attributes]', 'x Arg:A|<RELATION>'],
      '“x” goes without <RELATION>, which is no label here.',
    ],
    [
      'a choice among nothing',
      ['[attributes]', 'x Arg:A, Value:|'],
      'the attribute “x” was skipped: it has no values to choose among.',
    ],
    [
      'an attribute that stands twice',
      ['[attributes]', 'x Arg:A', 'x Arg:A, Value:b'],
      'the attribute “x” stands here twice; this one was skipped.',
    ],
    [
      'another key of an attribute',
      ['[attributes]', 'x Arg:A, Glyph:*'],
      'what the attribute “x” says of Glyph is not held here and was skipped.',
    ],
    [
      'a role of what cannot be marked',
      ['[events]', '!E Who:A'],
      'what “E” says of Who is not held here and was skipped.',
    ],
  ])('%s is said, with its line', (_, lines, complaint) => {
    const { plan, complaints } = read('[entities]', 'A', ...lines);
    expect(complaints).toEqual([`line ${lines.length + 2}: ${complaint}`]);
    expect(values(plan?.labels)).toEqual(['A']);
  });

  test.each([['# nothing'], ['[entities]'], ['<A>=B'], ['some words']])('“%s” alone is no scheme', (line) => {
    const { plan, complaints } = read(line);
    expect(plan).toBeUndefined();
    expect(complaints.join()).toContain('no scheme could be read from this file');
  });

  test('a macro may stand for others that were made before it', () => {
    const { plan } = read(
      '<P>=A|B',
      '<Q>=<P>|C',
      '[entities]',
      'A',
      'B',
      'C',
      'D',
      '[relations]',
      'r Arg1:<Q>, Arg2:D',
    );
    expect(plan?.relations?.[0]?.pairs.map(({ head }) => head)).toEqual(['A', 'B', 'C']);
  });

  test('macros that double one another many times are skipped, and the rest is read', () => {
    const bomb = [...Array(60).keys()].map((n) => `<M${n + 1}>=<M${n}>|<M${n}>`);
    const { plan, complaints } = read(
      '<M0>=AAAAAAAA',
      ...bomb,
      '[entities]',
      'A',
      '[relations]',
      'r Arg1:<M60>, Arg2:A',
    );
    expect(values(plan?.labels)).toEqual(['A']);
    expect(complaints.some((words) => words.includes('it is too long'))).toBe(true);
  });

  test('a relation of very many pairs is one for any labels', () => {
    const names = [...Array(60).keys()].map((n) => `T${n}`);
    const all = names.slice(1).join('|');
    const { plan, complaints } = read('[entities]', ...names, '[relations]', `r Arg1:${all}, Arg2:${all}`);
    expect(plan?.relations?.[0]?.pairs).toEqual([{ head: 'any', child: 'any' }]);
    expect(complaints[0]).toContain('may join any labels here');
  });

  test('names from the prototype of objects are names like any other', () => {
    const { plan } = read(
      '[entities]',
      '__proto__',
      'constructor',
      'x',
      '[attributes]',
      'toString Arg:__proto__',
    );
    expect(values(plan?.labels)).toEqual(['__proto__', 'constructor', 'x']);
    expect(plan?.attributes).toEqual([{ value: 'toString', type: 'yes-no', labels: ['__proto__'] }]);
  });

  test('whatever its lines are, it is read without an exception and makes a scheme without faults', () => {
    const piece = fc.constantFrom(
      ...[
        '[entities]',
        '[relations]',
        '[events]',
        '[attributes]',
        '\n',
        '\n',
        '\n',
        '\t',
        ' ',
        '!',
        'A',
        'B',
        '|',
        ':',
      ],
      ...[
        'Arg1:A, Arg2:B',
        'Arg:A',
        ', Value:',
        '<ENTITY>',
        '<ANY>',
        '<M>=',
        '<M>',
        '{2}',
        '?',
        '#',
        '-',
        '<',
        '>',
        '😀',
      ],
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        const { plan, complaints } = read(pieces.join(''));
        expect(plan !== undefined || complaints.length > 0).toBe(true);
        if (plan) expect(schemeFault(schemeFrom(plan))).toBeUndefined();
      }),
    );
  });
});

describe('which file is which', () => {
  test.each([
    ['annotation.conf', '[entities]\nA', 'A'],
    ['conf.txt', '# mine\n[entities]\nA', 'A'],
    [
      'scheme.json',
      '{"format":"locution-scheme","version":1,"scheme":{"labels":[{"value":"[entities]"}]}}',
      '[entities]',
    ],
  ])('%s is recognised', async (name, content, label) => {
    const { plan, problems } = await readSchemeFile(sourceFile(name, content));
    expect(problems).toEqual([]);
    expect(values(plan?.labels)).toEqual([label]);
  });

  test.each([
    ['empty.conf', ''],
    ['latin.conf', Uint8Array.of(0x5b, 0xe9, 0x20)],
  ])('%s is refused', async (name, content) => {
    const { plan, problems } = await readSchemeFile(sourceFile(name, content));
    expect(plan).toBeUndefined();
    expect(problems).toMatchObject([{ outcome: 'refused' }]);
  });
});

const samples = fileURLToPath(new URL('../../../../shared/samples/', import.meta.url));

describe.runIf(existsSync(samples))('the configurations of real projects', () => {
  const files = (
    existsSync(samples) ? readdirSync(samples, { recursive: true, encoding: 'utf8' }) : []
  ).filter((path) => path.endsWith('annotation.conf'));

  test.each(files)('%s', (path) => {
    const { plan, problems } = readBratConf(path, readFileSync(`${samples}${path}`, 'utf8'));
    expect(livingLabels(schemeFrom(plan!)).length).toBeGreaterThan(3);
    expect(schemeFault(schemeFrom(plan!))).toBeUndefined();
    expect(problems.filter(({ message }) => /is no label here|is not read here/.test(message))).toEqual([]);
  });
});
