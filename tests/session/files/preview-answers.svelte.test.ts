import { describe, expect, test, vi } from 'vitest';
import type { ImportPreview } from '../../../src/session/files/import-preview.svelte.ts';
import { importFiles } from '../../../src/workers/importing/importing.ts';
import { incomingFile } from '../../formats/reading.ts';
import { newDesk, type Desk } from '../desk.ts';

vi.mock(import('../../../src/session/job.ts'), () => import('../jobs-in-process.ts'));

type Files = Parameters<Desk['session']['importing']['files']>[0];

const latin1 = (words: string) => Uint8Array.from(words, (character) => character.charCodeAt(0));
const doccano = (path: string, text: string, start: number, end: number) =>
  incomingFile(path, `${JSON.stringify({ text, label: [[start, end, 'claim']] })}\n`);

async function previewed({ session }: Desk, ...files: Files): Promise<ImportPreview> {
  void session.importing.files(files);
  await vi.waitFor(() => expect(session.importing.preview).toBeDefined(), { timeout: 20_000 });
  return session.importing.preview!;
}

const questions = (preview: ImportPreview) =>
  preview.asked.map((asked) => [asked.question.about, asked.files, preview.answer(asked)]);
const asked = (preview: ImportPreview, about: string, file: string) =>
  preview.asked.find(({ question, files }) => question.about === about && files.includes(file))!;
/** Imports as is proposed; all documents with their marks. */
function imported(preview: ImportPreview, desk: Desk): Promise<readonly string[]> {
  preview.import();
  return vi.waitFor(async () => {
    expect(desk.session.shelf.present.length).toBeGreaterThan(0);
    const all: string[] = [];
    for (const { id, title } of desk.session.shelf.present) {
      await desk.session.openDocument(id);
      all.push(`${title}: ${desk.notation()}`);
    }
    return all;
  });
}

describe('what was answered', () => {
  test('of one file stays when others come to be asked the same', async () => {
    const desk = await newDesk([]);
    const table = 'title,text,place\nPort,Ada denied it all day.,Bonn\n';
    const preview = await previewed(
      desk,
      incomingFile('a.csv', table),
      incomingFile('b.csv', latin1(table.replace('Bonn', 'Köln').replace('Ada', 'Ben'))),
    );
    const said = { text: 1, title: 2, meta: [0], hasHeader: true };
    await preview.say(asked(preview, 'columns', 'a.csv'), said);
    await preview.say(asked(preview, 'encoding', 'b.csv'), 'windows-1252');
    const presumed = { text: 1, title: 0, meta: [2], hasHeader: true };
    expect(questions(preview)).toEqual([
      ['encoding', ['b.csv'], 'windows-1252'],
      ['columns', ['a.csv'], said],
      ['columns', ['b.csv'], presumed],
    ]);
    expect(preview.exampleOf(asked(preview, 'columns', 'b.csv'))).toBe('a.csv');
    expect(await imported(preview, desk)).toEqual([
      'Bonn: Ada denied it all day.',
      'Port: Ben denied it all day.',
    ]);
  });

  test('of the unit stays when another file’s encoding is chosen', async () => {
    const desk = await newDesk([]);
    const preview = await previewed(
      desk,
      doccano('a.jsonl', '👩🏽 Ada denied it', 5, 8),
      incomingFile('b.txt', latin1('Café.')),
    );
    await preview.say(asked(preview, 'unit', 'a.jsonl'), 'utf16');
    await preview.say(asked(preview, 'encoding', 'b.txt'), 'windows-1251');
    await preview.say(asked(preview, 'encoding', 'b.txt'), 'windows-1252');
    expect(questions(preview)).toEqual([
      ['encoding', ['b.txt'], 'windows-1252'],
      ['unit', ['a.jsonl'], 'utf16'],
    ]);
    expect(await imported(preview, desk)).toEqual([
      '👩🏽 Ada denied it: 👩🏽 [Ada](claim) denied it',
      'b.txt: Café.',
    ]);
  });
});

test('files of one name are answered for one by one', async () => {
  const desk = await newDesk([]);
  const preview = await previewed(
    desk,
    incomingFile('a.csv', 'x,y\nPort,"Ada denied it, and Ben was there all day."\n'),
    incomingFile('a.csv', 'x,y\n"Ben agreed that the port should be closed.",Bridge\n'),
  );
  expect(preview.asked.map(({ files }) => files)).toEqual([['a.csv'], ['a (2).csv']]);
  expect((await imported(preview, desk)).map((said) => said.replace(/^.*?: /, ''))).toEqual([
    'Ada denied it, and Ben was there all day.',
    'Ben agreed that the port should be closed.',
  ]);
});

describe('one answer for several files', () => {
  const tied = (path: string) => doccano(path, '👩🏽 Ada denied it', 5, 8);

  test('is never given to a file that proves its own unit', async () => {
    const desk = await newDesk([]);
    const text = '👩🏽 Ben denied it';
    const proving = incomingFile('c.jsonl', `${JSON.stringify({ text, label: [[16, 17, 'claim']] })}\n`);
    const preview = await previewed(desk, tied('a.jsonl'), tied('b.jsonl'), proving);
    expect(questions(preview)).toEqual([['unit', ['a.jsonl', 'b.jsonl'], undefined]]);
    const order = { projectId: desk.session.project.id, files: [proving], pasted: false, labelKeys: [] };
    const options = { 'c.jsonl': { unit: 'grapheme' } } as const;
    const result = await importFiles(desk.database, { ...order, options, isPreview: true }, () => undefined);
    expect(result).toMatchObject({ kind: 'survey', survey: { spans: 1, problems: [], asked: [] } });
  });

  test('may be another for one of them, and the others keep theirs', async () => {
    const desk = await newDesk([]);
    const other = doccano('b.jsonl', '👩🏽 Ben agreed', 5, 8);
    const preview = await previewed(desk, tied('a.jsonl'), other, tied('c.jsonl'));
    const together = preview.asked[0]!;
    await preview.say(together, 'utf16');
    await preview.askAlone(asked(preview, 'unit', 'b.jsonl'), 'b.jsonl');
    expect(questions(preview)).toEqual([
      ['unit', ['a.jsonl', 'c.jsonl'], 'utf16'],
      ['unit', ['b.jsonl'], undefined],
    ]);
    expect(preview.isReady).toBe(false);
    const alone = asked(preview, 'unit', 'b.jsonl');
    expect(alone.question).toMatchObject({
      choices: expect.arrayContaining([expect.objectContaining({ value: 'utf16', examples: ['Ben'] })]),
    });
    await preview.say(alone, 'grapheme');
    expect(questions(preview)).toEqual([
      ['unit', ['a.jsonl', 'c.jsonl'], 'utf16'],
      ['unit', ['b.jsonl'], 'grapheme'],
    ]);
  });

  test('about encodings can be taken back for one of them', async () => {
    const desk = await newDesk([]);
    const preview = await previewed(
      desk,
      incomingFile('a.txt', latin1('Café.')),
      incomingFile('b.txt', latin1('Le café.')),
    );
    await preview.say(preview.asked[0]!, 'windows-1252');
    await preview.askAlone(preview.asked[0]!, 'b.txt');
    expect(questions(preview)).toEqual([
      ['encoding', ['a.txt'], 'windows-1252'],
      ['encoding', ['b.txt'], undefined],
    ]);
    expect(preview.survey.documents).toBe(1);
  });
});
