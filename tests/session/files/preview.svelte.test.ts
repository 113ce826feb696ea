import { describe, expect, test, vi } from 'vitest';
import type { ImportPreview } from '../../../src/session/files/import-preview.svelte.ts';
import { unpacked } from '../../../src/formats/reading/archive.ts';
import { zipped } from '../../formats/zipped.ts';
import { incomingFile, sourceFile } from '../../formats/reading.ts';
import { newDesk, type Desk } from '../desk.ts';

/** What runs by itself whenever all is quiet would write while a slow test looks: it is no part of an import. */
vi.mock(import('../../../src/session/job.ts'), async () => {
  const inProcess = await import('../jobs-in-process.ts');
  const startJob = (...[job, onprogress]: Parameters<typeof inProcess.startJob>) =>
    job.kind === 'upkeep' || job.kind === 'mirror'
      ? { result: new Promise<never>(() => undefined), cancel: () => undefined }
      : inProcess.startJob(job, onprogress);
  return { ...inProcess, startJob: startJob as typeof inProcess.startJob };
});

type Files = Parameters<Desk['session']['importing']['files']>[0];

const doccano = (...rows: readonly object[]) =>
  incomingFile('acts.jsonl', rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
const denial = {
  text: 'Ada denied it. Ben agreed.',
  entities: [
    { id: 1, label: 'Person', start_offset: 0, end_offset: 3 },
    { id: 2, label: 'denial', start_offset: 4, end_offset: 10 },
    { id: 3, label: 'Person', start_offset: 15, end_offset: 18 },
  ],
  relations: [
    { id: 1, from_id: 1, to_id: 2, type: 'does' },
    { id: 2, from_id: 1, to_id: 3, type: 'knows' },
  ],
};
const latin1 = (words: string) => Uint8Array.from(words, (character) => character.charCodeAt(0));

/** Chooses files; resolves when there is something to decide. `ended` resolves when the import has ended. */
async function previewed(
  { session }: Desk,
  ...files: Files
): Promise<{ preview: ImportPreview; ended: Promise<string | undefined> }> {
  const ended = session.importing.files(files);
  // The readers are fetched for the first of them.
  await vi.waitFor(() => expect(session.importing.preview).toBeDefined(), { timeout: 20_000 });
  return { preview: session.importing.preview!, ended };
}

/** Chooses files and imports them as is proposed. */
async function imported(desk: Desk, ...files: Files): Promise<string | undefined> {
  const { preview, ended } = await previewed(desk, ...files);
  preview.import();
  return ended;
}

/** Everything that is stored, nothing left out. */
async function stored({ database }: Desk): Promise<Record<string, unknown[]>> {
  const rows = await Promise.all(
    database.tables.map(async (table) => [table.name, await table.toArray()] as const),
  );
  return Object.fromEntries(rows);
}

const asked = (preview: ImportPreview, about: string) =>
  preview.asked.find(({ question }) => question.about === about)!;
const report = ({ session }: Desk) => session.importing.report!;
const complaints = (desk: Desk) =>
  report(desk).problems.map(({ file, line, message }) => [file, line, message].filter(Boolean).join(' '));
const notations = async (desk: Desk) => {
  const all: string[] = [];
  for (const { id } of desk.session.shelf.present) {
    await desk.session.openDocument(id);
    all.push(desk.notation());
  }
  return all;
};

describe('before an import', () => {
  test.each<[string, Files[number], object]>([
    ['doccano', doccano(denial), { documents: 1, spans: 3, relations: 2, formats: { 'doccano JSONL': 1 } }],
    [
      'a table',
      incomingFile('press.csv', 'title,text\nPort,"Ada denied it, twice."\nBridge,Ben agreed.\n'),
      { documents: 2, spans: 0 },
    ],
    ['a text in Latin-1', incomingFile('café.txt', latin1('Ada aß im Café.')), { documents: 0 }],
    [
      'brat in a zip',
      { path: 'marks.zip', blob: undefined as unknown as Blob },
      { documents: 1, spans: 1, formats: { brat: 1 } },
    ],
  ])('%s is shown and not written', async (_, file, found) => {
    const desk = await newDesk(['Ben was there.']);
    const brat = await zipped({ 'x.txt': 'Ada denied it', 'x.ann': 'T1\tPerson 0 3\tAda\n' });
    const before = await stored(desk);
    const { preview, ended } = await previewed(
      desk,
      'blob' in file && !file.blob ? incomingFile(file.path, brat) : file,
    );
    expect(preview.survey).toMatchObject(found);
    expect(await stored(desk)).toEqual(before);
    preview.cancel();
    expect(await ended).toBeUndefined();
    expect(await stored(desk)).toEqual(before);
    expect(desk.session.messages.current?.text).toBe('Nothing was imported.');
    expect(desk.session.importing.preview).toBeUndefined();
  });

  test('our own files and plain texts are clear, so that nothing is asked', async () => {
    const desk = await newDesk([]);
    const own = { title: 'Port', text: 'Ada denied it', offset_unit: 'codepoint', spans: [] };
    await desk.session.importing.files([
      incomingFile('port.jsonl', `${JSON.stringify(own)}\n`),
      incomingFile('ben.txt', 'Ben was there'),
    ]);
    expect(desk.session.shelf.present).toHaveLength(2);
  });

  test('files that are chosen while another import waits take its place', async () => {
    const desk = await newDesk([]);
    const first = await previewed(desk, doccano(denial));
    const second = desk.session.importing.files([doccano({ ...denial, text: 'Ada denied it. Cem agreed.' })]);
    expect(await first.ended).toBeUndefined();
    await vi.waitFor(() => expect(desk.session.importing.preview).not.toBe(first.preview));
    await vi.waitFor(() => expect(desk.session.importing.preview).toBeDefined());
    desk.session.importing.preview!.import();
    expect(await second).toBeDefined();
    expect(await notations(desk)).toEqual([expect.stringContaining('Cem')]);
  });
});

describe('labels that files bring', () => {
  /** A project of ours in which a claim is something else. */
  const theirs = incomingFile(
    'theirs.json',
    JSON.stringify({
      format: 'locution',
      version: 1,
      scheme: { labels: [{ value: 'claim', name: 'Claim', guideline: 'A right to something.' }] },
      documents: [
        {
          title: 'Port',
          text: 'Ada denied it',
          offset_unit: 'codepoint',
          spans: [{ id: 'a', start: 0, end: 3, text: 'Ada', label: 'claim' }],
        },
      ],
    }),
  );

  test('are new ones where none has the name, and the one that has it otherwise', async () => {
    const desk = await newDesk([]);
    await imported(desk, doccano(denial));
    expect(await notations(desk)).toEqual(['[Ada](Person) [denied](denial) it. [Ben](Person) agreed.']);
    expect(desk.session.open!.sheet.relations).toHaveLength(2);
    expect(desk.session.labels.filter(({ value }) => value === 'denial')).toHaveLength(1);
    expect(report(desk).created.labels.map(({ value }) => value)).toEqual(['Person']);
  });

  test('become another label', async () => {
    const desk = await newDesk([]);
    const { preview, ended } = await previewed(desk, doccano(denial));
    preview.decide('Person', { to: 'map', labelId: desk.label('claim').id });
    preview.import();
    await ended;
    expect(await notations(desk)).toEqual(['[Ada](claim) [denied](denial) it. [Ben](claim) agreed.']);
    expect(desk.session.labels.map(({ value }) => value)).not.toContain('Person');
  });

  test('are left out with their spans and the relations of these, all counted', async () => {
    const desk = await newDesk([]);
    const { preview, ended } = await previewed(desk, doccano(denial));
    preview.decide('denial', { to: 'ignore' });
    preview.import();
    await ended;
    expect(await notations(desk)).toEqual(['[Ada](Person) denied it. [Ben](Person) agreed.']);
    expect(desk.session.open!.sheet.relations).toHaveLength(1);
    expect(report(desk)).toMatchObject({ documents: 1, spans: 2 });
    expect(complaints(desk)).toEqual([
      'Spans 1 with the label “denial” left out, as you chose.',
      'Relations 1 left out, as a span at one of their ends was.',
    ]);
  });

  test('are proposed as new ones where the name means something else here', async () => {
    const desk = await newDesk([]);
    const claim = desk.label('claim');
    desk.session.scheme.update('labels', claim.id, { guideline: 'Something that is said to be so.' });
    await desk.saved();
    const before = await stored(desk);
    const { preview, ended } = await previewed(desk, theirs);
    expect(await stored(desk)).toEqual(before);
    const [found] = preview.survey.labels;
    expect(found).toMatchObject({ value: 'claim', spans: 1, otherMeaning: true });
    expect(preview.decision(found!)).toEqual({ to: 'create', value: 'claim_2' });
    preview.import();
    await ended;
    expect(await notations(desk)).toEqual(['[Ada](claim_2) denied it']);
    expect(desk.label('claim_2')).toMatchObject({ guideline: 'A right to something.' });
    expect(desk.label('claim').guideline).toBe('Something that is said to be so.');
  });
});

describe('texts that are here already', () => {
  const again = doccano({ ...denial, entities: [denial.entities[1]], relations: [] });

  async function twice(twins: ImportPreview['twins']): Promise<Desk> {
    const desk = await newDesk(['[Ada](claim) denied it. Ben agreed.']);
    const { preview, ended } = await previewed(desk, again);
    expect(preview.survey.twins).toMatchObject({ documents: 1 });
    preview.twins = twins;
    preview.import();
    await ended;
    return desk;
  }

  test('are given the spans that they lack', async () => {
    expect(await notations(await twice('merge'))).toEqual(['[Ada](claim) [denied](denial) it. Ben agreed.']);
  });

  test('are kept beside', async () => {
    const desk = await twice('keep');
    expect(await notations(desk)).toEqual([
      '[Ada](claim) denied it. Ben agreed.',
      'Ada [denied](denial) it. Ben agreed.',
    ]);
  });

  test('are left out, which is said', async () => {
    const desk = await twice('skip');
    expect(await notations(desk)).toEqual(['[Ada](claim) denied it. Ben agreed.']);
    expect(complaints(desk)).toEqual([
      'acts.jsonl 1 this text is already here as “Report 1” and was left out, as you chose.',
    ]);
  });
});

describe('questions', () => {
  test('of encoding: nothing can be imported before there is an answer, and it changes the words', async () => {
    const desk = await newDesk([]);
    const { preview, ended } = await previewed(desk, incomingFile('a.txt', latin1('Ada aß im Café.')));
    expect(preview.isReady).toBe(false);
    const question = asked(preview, 'encoding');
    await preview.say(question, 'windows-1251');
    expect(preview.isReady).toBe(true);
    await preview.say(question, 'windows-1252');
    expect(preview.survey.documents).toBe(1);
    preview.import();
    await ended;
    expect(await notations(desk)).toEqual(['Ada aß im Café.']);
  });

  test('of a table in another encoding: its columns are asked with the words of the answer', async () => {
    const desk = await newDesk([]);
    const file = incomingFile('a.csv', latin1('title,text,place\nCafé,Ada aß im Café.,Köln\n'));
    const { preview, ended } = await previewed(desk, file);
    await preview.say(asked(preview, 'encoding'), 'windows-1251');
    await preview.say(asked(preview, 'encoding'), 'windows-1252');
    const { question } = asked(preview, 'columns');
    expect(question).toMatchObject({ rows: expect.arrayContaining([['Café', 'Ada aß im Café.', 'Köln']]) });
    preview.import();
    await ended;
    expect(desk.session.shelf.present.map(({ title, meta }) => [title, meta])).toEqual([
      ['Café', { place: 'Köln' }],
    ]);
    expect(await notations(desk)).toEqual(['Ada aß im Café.']);
  });

  test('of the unit: asked when the file proves none, and where spans lie follows the answer', async () => {
    const text = '👩🏽 Ada denied it';
    const file = doccano({ text, label: [[5, 8, 'claim']] });
    const words = async (unit: string) => {
      const desk = await newDesk([]);
      const { preview, ended } = await previewed(desk, file);
      const question = asked(preview, 'unit');
      expect(preview.isReady).toBe(false);
      await preview.say(question, unit);
      expect(preview.isReady).toBe(true);
      preview.import();
      await ended;
      return notations(desk);
    };
    expect(await words('utf16')).toEqual(['👩🏽 [Ada](claim) denied it']);
    expect(await words('grapheme')).toEqual(['👩🏽 Ada[ de](claim)nied it']);
  });

  test('of tables that begin alike are asked apart where their texts are in other columns', async () => {
    const desk = await newDesk([]);
    const { preview, ended } = await previewed(
      desk,
      incomingFile('a.csv', 'x,y\nPort,"Ada denied it, and Ben was there all day."\n'),
      incomingFile('b.csv', 'x,y\n"Ben agreed that the port should be closed.",Bridge\n'),
      incomingFile('c.csv', 'x,y\nQuay,"Ada said that nobody had seen the boats."\n'),
    );
    expect(preview.asked.map(({ files }) => files)).toEqual([['a.csv', 'c.csv'], ['b.csv']]);
    preview.import();
    await ended;
    expect((await notations(desk)).sort()).toEqual([
      'Ada denied it, and Ben was there all day.',
      'Ada said that nobody had seen the boats.',
      'Ben agreed that the port should be closed.',
    ]);
  });

  test('an answer with which the files cannot be read does not count', async () => {
    const desk = await newDesk([]);
    const { preview, ended } = await previewed(desk, incomingFile('a.txt', latin1('Café.')));
    const saying = preview.say(asked(preview, 'encoding'), 'windows-1252');
    expect(preview.isReady).toBe(false);
    desk.session.importing.cancel();
    await saying;
    expect(preview.answer(asked(preview, 'encoding'))).toBeUndefined();
    expect(preview.isReady).toBe(false);
    preview.cancel();
    await ended;
  });
});

describe('what comes while one decides', () => {
  test('is imported when it is clear, and what is shown keeps its own refused lines', async () => {
    const desk = await newDesk([]);
    const { preview, ended } = await previewed(desk, doccano(denial, { text: 5 }));
    expect(await desk.session.importing.files([incomingFile('b.txt', 'Ben agreed.')])).toBeDefined();
    expect(desk.session.importing.preview).toBe(preview);
    const saved = vi.spyOn(URL, 'createObjectURL').mockReturnValue('blob:refused');
    vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => undefined);
    await desk.session.importing.saveRefused(preview.survey.problems);
    expect(await (saved.mock.lastCall![0] as Blob).text()).toBe('{"text":5}\n');
    vi.restoreAllMocks();
    preview.import();
    await ended;
    expect(desk.session.shelf.present).toHaveLength(2);
  });

  test('and a label that was chosen is deleted: its spans get one that is there', async () => {
    const desk = await newDesk([]);
    const claim = desk.label('claim');
    const { preview, ended } = await previewed(desk, doccano(denial));
    preview.decide('Person', { to: 'map', labelId: claim.id });
    desk.session.scheme.delete('labels', claim.id);
    await desk.saved();
    preview.import();
    await desk.session.openDocument((await ended)!);
    expect(desk.notation()).toContain('[Ada](Person)');
    expect(report(desk).created.labels.map(({ value }) => value)).toContain('Person');
  });
});

test('files that describe one label otherwise are told of, and the first is believed', async () => {
  const described = (name: string, guideline: string) =>
    incomingFile(
      name,
      JSON.stringify({
        format: 'locution',
        version: 1,
        offset_unit: 'codepoint',
        scheme: { labels: [{ name: 'Threat', value: 'threat', colour: 3, guideline }] },
        documents: [],
      }),
    );
  const desk = await newDesk([]);
  const { preview } = await previewed(
    desk,
    described('a.json', 'Says that harm will follow.'),
    described('b.json', 'A danger that is described.'),
    doccano(denial),
  );
  expect(preview.survey.problems.map(({ file, message }) => `${file}: ${message}`)).toContainEqual(
    expect.stringMatching(/^b\.json: the label “threat” is described otherwise here than in a\.json/),
  );
  preview.cancel();
});

describe('two annotators’ folders with the same names and ids', () => {
  const text = 'Ada denied it, and Ben said so.';
  const folder = (name: string, marks: string): Files => [
    incomingFile(`${name}/x.txt`, text),
    incomingFile(`${name}/x.ann`, marks),
  ];
  const files = [
    ...folder('anna', 'T1\tclaim 0 3\tAda\nT2\tclaim 4 10\tdenied\nR1\tdoes Arg1:T1 Arg2:T2\n'),
    ...folder('ben', 'T1\tdenial 4 10\tdenied\nT2\tdenial 19 22\tBen\nR1\tdoes Arg1:T2 Arg2:T1\n'),
  ];
  const marks = ({ session }: Desk) =>
    session.open!.spans.map(({ annotator, text: words }) => `${annotator} ${words}`);

  test('lose nothing as annotators', async () => {
    const desk = await newDesk([]);
    await desk.session.openDocument((await imported(desk, ...files))!);
    expect(marks(desk).sort()).toEqual(['anna Ada', 'anna denied', 'ben Ben', 'ben denied']);
    expect(desk.session.open!.sheet.relations.map(({ annotator }) => annotator).sort()).toEqual([
      'anna',
      'ben',
    ]);
    expect(desk.session.shelf.present).toHaveLength(1);
  });

  test.each(['merge', 'keep'] as const)('nor as anybody’s (%s)', async (twins) => {
    const desk = await newDesk([]);
    const { preview, ended } = await previewed(desk, ...files);
    await preview.say(asked(preview, 'annotatorByFolder'), 'no');
    preview.twins = twins;
    preview.import();
    await ended;
    const found: string[] = [];
    let relations = 0;
    for (const { id } of desk.session.shelf.present) {
      await desk.session.openDocument(id);
      found.push(...desk.session.open!.spans.map(({ text: words }) => words));
      relations += desk.session.open!.sheet.relations.length;
    }
    expect([found.sort(), relations]).toEqual([['Ada', 'Ben', 'denied', 'denied'], 2]);
  });
});

describe('words that are elsewhere', () => {
  const files: Files = [
    incomingFile('x.txt', 'Again Ada denied it'),
    incomingFile('x.ann', 'T1\tclaim 0 3\tAda\nT2\tclaim 10 16\tdenied\n'),
  ];

  test('are not moved unless that is allowed, and what could be is said', async () => {
    const desk = await newDesk([]);
    const { preview, ended } = await previewed(desk, ...files);
    expect(preview.survey.movable).toBe(1);
    expect(preview.survey.problems.map(({ message }) => message)).toEqual([
      expect.stringMatching(/It could be moved to “Ada”, likeness 0\.9\d/),
    ]);
    preview.import();
    await ended;
    expect(await notations(desk)).toEqual(['Again Ada [denied](claim) it']);
  });

  test('are moved when it is, each listed with its likeness', async () => {
    const desk = await newDesk([]);
    const { preview, ended } = await previewed(desk, ...files);
    await preview.allowMoving(true);
    expect(preview.survey.problems.map(({ outcome, message }) => [outcome, message])).toEqual([
      ['adjusted', expect.stringMatching(/was moved to “Ada”, likeness 0\.9\d/)],
    ]);
    preview.import();
    await ended;
    expect(await notations(desk)).toEqual(['Again [Ada](claim) [denied](claim) it']);
  });

  test('stay where they are when that is taken back', async () => {
    const desk = await newDesk([]);
    const { preview, ended } = await previewed(desk, ...files);
    await preview.allowMoving(true);
    await preview.allowMoving(false);
    preview.import();
    await ended;
    expect(await notations(desk)).toEqual(['Again Ada [denied](claim) it']);
  });
});

describe('what was refused is saved as it came', () => {
  const bytes = (text: string) => new TextEncoder().encode(text);
  const joined = (...parts: readonly Uint8Array[]) => Buffer.concat(parts);
  const good = bytes('{"text": "Ada denied it", "label": [[0, 3, "claim"]]}\r\n');
  const broken = bytes('{"text": "Ben agreed", "label": [[0, 3,\r\n');
  const invalid = joined(bytes('{"text": "Caf'), Uint8Array.of(0xe9), bytes('", "label": []}\r\n'));
  const last = bytes('{"text": "Cem", "label": [[0, 99, "claim"]]}');

  /** Imports the files and gives back the name and the bytes of what is saved of them. */
  async function refusedOf(...files: Files): Promise<{ name: string; content: Buffer }> {
    const desk = await newDesk([]);
    const { preview, ended } = await previewed(desk, ...files);
    preview.import();
    await ended;
    const saved = vi.spyOn(URL, 'createObjectURL').mockReturnValue('blob:refused');
    const clicked = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => undefined);
    await desk.session.importing.saveRefused(desk.session.importing.report!.problems);
    const blob = saved.mock.lastCall![0] as Blob;
    const { download: name } = clicked.mock.contexts[0] as HTMLAnchorElement;
    vi.restoreAllMocks();
    return { name, content: Buffer.from(await blob.arrayBuffer()) };
  }

  test('line by line, with their line breaks and bytes that are no UTF-8', async () => {
    const file = incomingFile('acts.jsonl', joined(good, broken, good, invalid, last));
    expect(await refusedOf(file)).toEqual({
      name: 'refused-acts.jsonl',
      content: joined(broken, invalid, last),
    });
  });

  test('as a whole, where a file is not read line by line', async () => {
    const marks = bytes('T1\tclaim 0 3\tAda\r\nT2\tclaim 4 99\tdenied\r\n');
    const files = [incomingFile('x.txt', 'Ada denied it'), incomingFile('x.ann', marks)];
    expect(await refusedOf(...files)).toEqual({ name: 'refused-x.ann', content: joined(marks) });
  });

  test('with the lines of a cell that has several', async () => {
    const whole = 'Harbour,"Ada denied it, and\nBen agreed.",Bonn\r\n';
    const row = bytes('Bridge," ",“Köln”\r\n');
    const long = bytes('"Port\nand more",,x\r\n');
    const table = joined(
      bytes(`title,text,place\r\n${whole}`),
      row,
      bytes(whole.replace('Ada', 'Cem')),
      long,
    );
    expect((await refusedOf(incomingFile('press.csv', table))).content).toEqual(joined(row, long));
  });

  test('out of a zip, a file for each that has some', async () => {
    const content = { 'may/acts.jsonl': joined(good, broken), 'may/more.jsonl': joined(good, last) };
    const { name, content: saved } = await refusedOf(incomingFile('news.zip', await zipped(content)));
    expect(name).toBe('refused.zip');
    const { files } = await unpacked([sourceFile('refused.zip', saved)]);
    const texts = await Promise.all(
      files.map(async (file) => [file.name, await new Response(file.stream()).text()]),
    );
    expect(Object.fromEntries(texts)).toEqual({
      'refused.zip/news.zip/may/acts.jsonl': new TextDecoder().decode(broken),
      'refused.zip/news.zip/may/more.jsonl': new TextDecoder().decode(last),
    });
  });
});

test('a zip with several kinds of files brings them all', async () => {
  const desk = await newDesk([]);
  const zip = await zipped({
    'brat/x.txt': 'Ada denied it',
    'brat/x.ann': 'T1\tclaim 0 3\tAda\n',
    'acts.jsonl': '{"text": "Ben agreed", "label": [[0, 3, "claim"]]}\n',
    'press.csv': 'title,text\nPort,Cem was there.\n',
    'notes.txt': 'Dov came late.',
    'page.html': '<p>Eve left.</p>',
    'image.png': Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
  });
  const { preview, ended } = await previewed(desk, incomingFile('all.zip', zip));
  expect(preview.survey.documents).toBe(5);
  preview.import();
  await ended;
  expect((await notations(desk)).sort()).toEqual([
    'Cem was there.',
    'Dov came late.',
    'Eve left.',
    '[Ada](claim) denied it',
    '[Ben](claim) agreed',
  ]);
  expect(complaints(desk)).toEqual([expect.stringContaining('all.zip/image.png')]);
  desk.session.messages.current!.action!.run();
  await vi.waitFor(() => expect(desk.session.shelf.present).toEqual([]));
});
