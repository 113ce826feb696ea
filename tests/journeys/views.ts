import { readFileSync } from 'node:fs';
import { expect, type Locator, type Page } from '@playwright/test';
import type { Reader } from './reader.ts';

type Step = (reader: Reader) => Promise<unknown>;

/** Something to look at. */
interface View {
  readonly name: string;
  /** Goes there, from wherever the view before has left one. */
  readonly visit: Step;
  /** Goes on to where the next view can be reached. */
  readonly leave: Step;
}

const inTurn =
  (...steps: readonly Step[]): Step =>
  async (reader) => {
    for (const step of steps) await step(reader);
  };
const press =
  (...keys: readonly string[]): Step =>
  async ({ page }) => {
    for (const key of keys) await page.keyboard.press(key);
  };
const type =
  (words: string): Step =>
  ({ page }) =>
    page.keyboard.type(words);
const click =
  (find: (page: Page) => Locator): Step =>
  ({ page }) =>
    find(page).first().click();
const button = (name: string): Step => click((page) => page.getByRole('button', { name, exact: true }));
const sees =
  (find: (page: Page) => Locator): Step =>
  ({ page }) =>
    expect(find(page).first()).toBeVisible();
const fill =
  (name: string, words: string): Step =>
  ({ page }) =>
    page.getByRole('textbox', { name, exact: true }).fill(words);
const goTo =
  (screen: Parameters<Reader['goTo']>[0]): Step =>
  async (reader) => {
    await reader.goTo(screen);
    // Some screens are fetched when they are first gone to.
    if (screen !== 'Annotate')
      await expect(reader.page.getByRole('heading', { name: screen, level: 1, exact: true })).toBeAttached();
  };
/** Its name, and perhaps how many things it shows. */
const tab = (name: string): Step =>
  click((page) => page.getByRole('tab', { name: new RegExp(`^${name}( \\d+)?$`) }));
const dialog = (page: Page) => page.getByRole('dialog');
const alert = (page: Page) => page.getByRole('alert');

/** By the palette, as that is on every screen, however small. */
const command = (name: string): Step => inTurn(press('Control+k'), sees(dialog), type(name), press('Enter'));
const menu = (item: string): Step =>
  inTurn(
    click((page) => page.getByRole('button', { name: /^Project: / })),
    click((page) => page.getByRole('menuitem', { name: item })),
  );
const toText: Step = (reader) => reader.textbox.focus();
const select =
  (words: string): Step =>
  (reader) =>
    reader.selectWords(words);

/** What is there until one goes somewhere else. */
const at = (name: string, visit: Step, leave: Step = inTurn()): View => ({ name, visit, leave });
/** What lies over the page until Escape is pressed. */
const over = (name: string, visit: Step): View => ({
  name,
  visit: inTurn(visit, sees(dialog)),
  leave: inTurn(press('Escape'), ({ page }) => expect(dialog(page)).toHaveCount(0)),
});

const openSample: Step = async (reader) => {
  await reader.button('Open a sample report').click();
  await expect.poll(async () => (await reader.look()).text.length).toBeGreaterThan(500);
};
/** A report with a label that is new, a span that does not fit, and a file that is no text. */
const importProblems: Step = async (reader) => {
  const text = 'Velt warned Sarnia.';
  const spans = [
    { id: 'a', start: 0, end: 11, text: 'Velt warned', label: 'Threat', annotator: 'anna' },
    { id: 'b', start: 5, end: 99, text: 'warned', label: 'claim', annotator: 'anna' },
  ];
  const line = { id: 'w', title: 'Warning', text, offset_unit: 'codepoint', meta: {}, status: 'todo', spans };
  await reader.importFiles(
    { name: 'latin.txt', content: new Uint8Array([0xe9, 0x20]) },
    { name: 'warning.jsonl', content: JSON.stringify(line) },
  );
};
/** A backup of the project as it is, brought back at once. */
const restoreOwn: Step = async (reader) => {
  const downloading = reader.page.waitForEvent('download');
  await command('Back up project')(reader);
  const file = await downloading;
  await reader.importFiles({ name: file.suggestedFilename(), content: readFileSync(await file.path()) });
  await expect(dialog(reader.page).getByRole('radio', { name: /^Replace/ })).toBeVisible();
};
/** Marks of another tool on a text that is here, a table, and a text that is not UTF-8: all there can be to decide. */
const previewImport: Step = async (reader) => {
  const text = '👩🏽 Velt warned Sarnia.';
  const marks = {
    text,
    label: [
      [5, 9, 'Speaker'],
      [5, 99, 'claim'],
      [10, 16, 'claim'],
    ],
  };
  const rows = 'id,headline,body\n1,Storm,"The mayor said that the storm had passed."\n2,Empty,\n';
  const mark = 'T1\tclaim 0 4\tSarnia\n';
  await reader.importFiles(
    { name: 'acts.jsonl', content: `${JSON.stringify(marks)}\n${JSON.stringify(marks)}\n` },
    { name: 'a-table-with-a-rather-long-name-of-its-own.csv', content: rows },
    { name: 'latin.txt', content: new Uint8Array([0x43, 0x61, 0x66, 0xe9, 0x2e]) },
    { name: 'anna.txt', content: 'Velt warned Sarnia.' },
    { name: 'anna.ann', content: mark },
  );
};
const exportOptions: Step = async ({ page }) => {
  await page.getByRole('combobox', { name: 'Format' }).selectOption('CoNLL 2003');
  await page.getByText('Options', { exact: true }).click();
  await page.getByRole('checkbox', { name: /^Split/ }).check();
  await expect(page.getByRole('status', { name: 'Losses' })).not.toHaveText(/Counting/);
};

/** A report that is done, in which spans lie over each other, one is linked and two sign. */
const importLayers: Step = async (reader) => {
  const text = 'The harbour is safe, Velt insisted, and it will stay safe.';
  const span = (id: string, words: string, label: string, annotator: string) => {
    const start = text.indexOf(words);
    return {
      id,
      start,
      end: start + words.length,
      text: words,
      label,
      annotator,
      attributes: { speaker: ['Velt'] },
    };
  };
  const spans = [
    span('a', 'The harbour is safe', 'claim', 'anna'),
    span('b', 'safe, Velt', 'denial', 'anna'),
    span('c', 'it will stay safe', 'claim', 'ben'),
  ];
  const relations = [{ id: 'r', head: 'b', child: 'a', label: 'denies', annotator: 'anna' }];
  const line = {
    id: 'h',
    title: 'Harbour',
    text,
    offset_unit: 'codepoint',
    meta: {},
    status: 'done',
    spans,
    relations,
  };
  await reader.importFiles({ name: 'harbour.jsonl', content: JSON.stringify(line) });
  await reader.sees(text);
};
/** Another tab takes the work over, with a version of Locution that is newer. */
const supersede: Step = ({ page }) =>
  page.evaluate(
    () =>
      new Promise((resolve, reject) => {
        const opening = indexedDB.open('locution-workspace', 999_999);
        opening.addEventListener('error', () => reject(opening.error));
        opening.addEventListener('success', () => resolve(opening.result.close()));
      }),
  );
const dragFiles: Step = async ({ page }) => {
  const dataTransfer = await page.evaluateHandle(() => {
    const files = new DataTransfer();
    files.items.add(new File(['Calm.'], 'calm.txt'));
    return files;
  });
  await page.dispatchEvent('main', 'dragenter', { dataTransfer });
};

const textViews: readonly View[] = [
  at('Annotate', openSample),
  at('a span in focus, with an arc', inTurn(toText, press('n'))),
  at(
    'names to choose from',
    inTurn(
      press('s'),
      type('v'),
      sees((page) => page.getByRole('listbox', { name: 'Speaker' })),
    ),
    press('Escape', 'Escape'),
  ),
  at('a span of which nothing is said', inTurn(toText, select('Eleven people'), press('2'))),
  at('its details', press('o'), press('Escape', 'Escape')),
  over('the spans at the caret', inTurn(toText, press('F7'))),
  at(
    'linking',
    inTurn(
      toText,
      press('n', 'l'),
      sees((page) => page.getByRole('toolbar', { name: 'Relation', exact: true })),
    ),
    press('Escape'),
  ),
  at('an end that is held', press(']'), press('Escape')),
  at(
    'labels beside a selection',
    inTurn(
      (reader) => reader.dragOver('the port was quiet'),
      // They never lie on the words, so that in a very small window there is no place for them.
      async ({ page }) => {
        const { height } = page.viewportSize()!;
        const offered = page.getByRole('toolbar', { name: 'Label the selection' });
        await expect(offered).toHaveCount(height > 400 ? 1 : 0);
      },
    ),
    press('Escape'),
  ),
  over('the list of all labels', inTurn(select('Dockers'), press('Enter'))),
  at('a label in hand', inTurn(toText, press('f', '1')), press('f', 'Escape')),
  at(
    'the card of a label',
    inTurn(
      (reader) => reader.label('Denial').focus(),
      sees((page) => page.getByRole('tooltip')),
    ),
    press('Escape'),
  ),
  at(
    'the tip of a button',
    inTurn(
      (reader) => reader.button('Commands').focus(),
      sees((page) => page.getByRole('tooltip')),
    ),
    press('Escape'),
  ),
  at(
    'the find bar',
    inTurn(
      toText,
      press('Control+f'),
      type('Velt'),
      sees((page) => page.getByRole('status', { name: 'Hits' }).getByText(/ of /)),
    ),
  ),
  over(
    'all occurrences',
    inTurn(
      press('Control+Shift+L'),
      sees((page) => page.getByText(/^\d occurrences/)),
    ),
  ),
  over('the commands', inTurn(press('Escape', 'Control+k'))),
  over('documents to go to', press('Control+p')),
  over('the keys', press('?')),
  at('the guidelines', press('Control+Shift+G'), press('Control+Shift+G')),
  at(
    'the facts about a document',
    inTurn(toText, press('Alt+Enter'), fill('Name of a new field', 'date'), press('Enter'), sees(alert)),
    inTurn(tab('Spans'), press('Escape')),
  ),
  at('the documents beside the text, hidden or a sheet', press('Control+b'), press('Control+b')),
  at('the spans beside the text, hidden or a sheet', press('Control+Alt+b'), press('Control+Alt+b')),
];

const documentViews: readonly View[] = [
  at(
    'the first minute',
    sees((page) => page.getByRole('heading', { level: 1 })),
  ),
  at('files above the page', dragFiles, ({ page }) => page.reload()),
  over('importing', button('Import')),
  over('pasting', inTurn(button('Import'), button('Paste text'), fill('Text', 'Calm.'))),
  at('no documents', goTo('Documents')),
  at('no statistics', goTo('Statistics')),
  over('an import with problems', inTurn(goTo('Annotate'), openSample, importProblems)),
  over('restore from backup', restoreOwn),
  over('an import that waits for answers', previewImport),
  over('exporting', button('Export')),
  over('exporting with all options', inTurn(button('Export'), sees(dialog), exportOptions)),
  at('Documents', goTo('Documents')),
  at('documents that are chosen', (reader) => reader.documents.first().click({ modifiers: ['Control'] })),
  over('renaming a document', button('Rename')),
  over(
    'the queue',
    inTurn(button('Queue'), sees(dialog), ({ page }) =>
      page.getByRole('combobox', { name: 'Order' }).selectOption('random'),
    ),
  ),
  at(
    'a queue that is narrowed',
    inTurn(({ page }) => page.getByRole('combobox', { name: 'Show' }).selectOption('done')),
  ),
  at(
    'deleted documents',
    inTurn(
      ({ page }) => page.getByRole('combobox', { name: 'Show' }).selectOption('all'),
      (reader) => reader.document('A sample report').focus(),
      button('Delete'),
      ({ page }) => page.getByRole('combobox', { name: 'Show' }).selectOption('deleted'),
    ),
  ),
  over('deleting for good', button('Delete for good…')),
  at('a deleted document', goTo('Annotate')),
  at(
    'the projects',
    inTurn(
      click((page) => page.getByRole('button', { name: /^Project: / })),
      sees((page) => page.getByRole('menu')),
    ),
    press('Escape'),
  ),
  over('renaming a project', menu('Rename project…')),
  over('the only project', menu('Delete project…')),
  over('a new project', menu('New project…')),
  at(
    'a project with no documents',
    inTurn(
      menu('New project…'),
      fill('Name', 'Bridges'),
      press('Enter'),
      sees((page) => page.getByRole('button', { name: 'Project: Bridges' })),
    ),
  ),
  over('deleting a project', menu('Delete project…')),
  over(
    'deleted projects',
    inTurn(
      menu('Delete project…'),
      button('Delete project'),
      sees((page) => page.getByRole('button', { name: 'Project: My reports' })),
      menu('Deleted projects…'),
    ),
  ),
  at('work that another version has taken over', inTurn(supersede, sees(alert))),
  at(
    'work that cannot be opened',
    inTurn(({ page }) => page.reload(), sees(alert)),
  ),
];

const otherViews: readonly View[] = [
  over('where work that was here may be', button('I had work here before')),
  at('Labels', inTurn(openSample, goTo('Labels'))),
  at('a key that is taken', fill('Key', '2')),
  over('merging a label', button('Merge into another…')),
  over('deleting a label', button('Delete label…')),
  at(
    'deleted labels',
    inTurn(
      button('Delete label…'),
      sees(dialog),
      click((page) => dialog(page).getByRole('button', { name: 'Delete label' })),
      click((page) => page.getByText('Deleted (1)')),
    ),
    click((page) => page.getByRole('button', { name: /^Restore / })),
  ),
  at('attributes', tab('Attributes')),
  over('deleting an attribute', button('Delete attribute…')),
  at(
    'an attribute with options',
    click((page) => page.getByRole('option', { name: 'Quotation' })),
  ),
  over(
    'what lacks before a document is done',
    inTurn(
      ({ page }) => page.getByRole('checkbox', { name: /^Required/ }).check(),
      goTo('Annotate'),
      sees((page) => page.getByRole('textbox', { name: 'Document text' })),
      press('Control+Enter'),
    ),
  ),
  at('a required attribute', inTurn(toText, press('n'))),
  at('relations', inTurn(goTo('Labels'), tab('Relations'))),
  at('document labels, none', tab('Document labels')),
  at('a document label', inTurn(fill('New document label', 'Off topic'), press('Enter'))),
  at('rules for all labels', tab('Rules for all')),
  over('recent changes', button('Recent changes')),
  at(
    'Statistics',
    inTurn(
      goTo('Annotate'),
      importLayers,
      goTo('Statistics'),
      sees((page) => page.getByRole('figure', { name: 'Labels' })),
    ),
  ),
  at('statistics as tables', async ({ page }) => {
    const buttons = await page.getByRole('button', { name: 'Show as table' }).all();
    for (const one of buttons) await one.click();
    await expect(page.getByRole('table')).toHaveCount(buttons.length);
  }),
  at('Search', command('Search all documents')),
  at(
    'what was found',
    inTurn(
      type('Velt label:claim'),
      sees((page) => page.getByText(/^\d documents?\.$/)),
    ),
  ),
  at(
    'nothing found',
    inTurn(
      type('x'),
      sees((page) => page.getByText('Nothing was found.')),
    ),
  ),
  at(
    'Settings',
    inTurn(
      goTo('Settings'),
      sees((page) => page.getByRole('region', { name: 'Keys' })),
    ),
  ),
  at(
    'what the Doctor has found',
    inTurn(
      button('Check everything'),
      sees((page) => page.getByText(/Looked through: /)),
    ),
  ),
  at(
    'a folder for backups',
    inTurn(
      ({ page }) =>
        page.evaluate(() =>
          Object.assign(window, { showDirectoryPicker: () => navigator.storage.getDirectory() }),
        ),
      button('Choose a folder…'),
      sees((page) => page.getByText(/^Backed up into /)),
    ),
  ),
  at(
    'a key on its way',
    click((page) => page.getByRole('listitem', { name: 'Undo' }).getByRole('button', { name: 'Change' })),
  ),
  at('a key that is refused', inTurn(press('p'), sees(alert)), press('Escape')),
  over(
    'locking a project',
    click((page) => page.getByRole('button', { name: 'Lock this project…' })),
  ),
  over(
    'licences',
    click((page) => page.getByRole('button', { name: /^Licences/ })),
  ),
];

/** Everything there is to see, in three walks that each begin on an empty page. A new screen or dialog is a new line. */
export const views = {
  'the text and what lies over it': textViews,
  'documents and projects': documentViews,
  'labels, numbers, search and settings': otherViews,
} as const;
