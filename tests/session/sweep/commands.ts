import { vi } from 'vitest';
import { plainChoices } from '../../../src/core/export-plan.ts';
import { emptyScheme } from '../../../src/core/scheme.ts';
import { ExportDraft, plainSplit } from '../../../src/session/files/export-draft.svelte.ts';
import { exportFormats } from '../../../src/session/files/exporting.svelte.ts';
import { makeLabel } from '../../../src/session/schemes/make-label.ts';
import { exportCodebook, exportScheme, importSchemeFile } from '../../../src/session/schemes/scheme-files.ts';
import type { Session } from '../../../src/session/session.svelte.ts';
import { incomingFile } from '../../formats/reading.ts';
import { select, type Desk } from '../desk.ts';

/** Something that a user does with the desk's session, in one go. */
export interface UserCommand {
  readonly name: string;
  /** What was done before, when nothing failed yet. */
  readonly before?: (desk: Desk) => unknown;
  /** Resolves to what came of it, where it gives something back. */
  readonly run: (desk: Desk) => unknown;
  /** What it tells of a failure beside the messages and the status. */
  readonly told?: (desk: Desk) => string | undefined;
  /** What it keeps beside the log. */
  readonly kept?: (desk: Desk) => Promise<unknown>;
}

/** The reports that commands are tried on; the first is open. */
export const reports = [
  '[Ada](claim) [denied](denial) it. Ben [agreed](claim) with Ada.',
  '[Cem](claim) denied it too, as did Ada.',
  'Nobody was there.',
];

const first = ({ session }: Desk) => session.open!.spans[0]!;
const second = ({ session }: Desk) => session.open!.spans[1]!;
const focusFirst = (desk: Desk) => desk.session.marking.goTo(first(desk));
const attribute = ({ session }: Desk, name: string) =>
  session.project.scheme.attributes.find(({ value }) => value === name)!;
const label = (desk: Desk, name: string) => desk.label(name, desk.session);
const relation = ({ session }: Desk) => session.open!.sheet.relations[0]!;

async function link(desk: Desk): Promise<void> {
  desk.session.marking.goTo(second(desk));
  desk.session.linking.start();
  desk.session.linking.confirm();
  await desk.session.settle();
}

async function mark(desk: Desk, words = 'with', name = 'appeal'): Promise<void> {
  select(desk.session, words);
  desk.session.marking.apply(label(desk, name));
  await desk.session.settle();
}

async function recentStep({ session }: Desk, title: string) {
  await session.recent.recall();
  return session.recent.list.find(({ change }) => change.title.startsWith(title));
}

/** What a preference holds, as it is stored. */
const stored =
  (name: string) =>
  async ({ database }: Desk) => {
    const row = await database.preferences.get('preferences');
    return (row?.value as Record<string, unknown> | undefined)?.[name];
  };

const marking: readonly UserCommand[] = [
  { name: 'mark', run: (desk) => mark(desk) },
  {
    name: 'mark with the label in hand',
    before: (desk) => {
      desk.session.marking.toggleKeeping();
      desk.session.marking.apply(label(desk, 'appeal'));
    },
    run: ({ session }) => {
      select(session, 'with');
      session.marking.applyInHand();
      session.marking.putDown();
    },
  },
  {
    name: 'relabel',
    before: focusFirst,
    run: ({ session }) => session.marking.apply(session.labels.find(({ value }) => value === 'appeal')!),
  },
  { name: 'remove a span with its relation', before: link, run: ({ session }) => session.marking.remove() },
  {
    name: 'pick a span and go to its neighbour',
    run: (desk) => {
      desk.session.marking.pick([first(desk)]);
      desk.session.marking.goToNeighbour(1);
      desk.session.marking.remove();
    },
  },
  {
    name: 'undo',
    before: (desk) => mark(desk),
    run: async ({ session }) => {
      session.marking.undo();
      await session.settle();
    },
  },
  {
    name: 'redo',
    before: async (desk) => {
      await mark(desk);
      desk.session.marking.undo();
      await until(() => desk.session.marking.canRedo);
    },
    run: ({ session }) => session.marking.redo(),
  },
  {
    name: 'move an end by keys',
    before: focusFirst,
    run: ({ session }) => {
      session.ends.hold('end');
      session.ends.move('word', 1);
      session.ends.letGo();
    },
  },
  {
    name: 'drag an end',
    before: focusFirst,
    run: ({ session }) => {
      session.ends.drag('end', session.open!.text.indexOf(' it'));
      session.ends.moveTo(session.open!.text.indexOf(' it'));
      session.letGo();
    },
  },
  {
    name: 'find words and mark a hit',
    run: ({ session }) => {
      session.finding.start();
      session.finding.look('with');
      session.finding.toggle('matchCase');
      session.finding.go(1);
      session.finding.mark(session.labels[2]!);
      session.finding.close();
    },
  },
];

const describing: readonly UserCommand[] = [
  {
    name: 'set an attribute',
    run: (desk) => desk.session.describing.set(first(desk), attribute(desk, 'certainty'), 'high'),
  },
  {
    name: 'add a text to an attribute',
    run: (desk) => desk.session.describing.add(first(desk), attribute(desk, 'speaker'), 'Velt'),
  },
  {
    name: 'drop a text of an attribute',
    before: (desk) => desk.session.describing.add(first(desk), attribute(desk, 'speaker'), 'Velt'),
    run: (desk) => desk.session.describing.drop(first(desk), attribute(desk, 'speaker'), 'Velt'),
  },
  {
    name: 'forget what a file said',
    before: (desk) => desk.session.describing.set(first(desk), attribute(desk, 'target'), ['Holt']),
    run: (desk) => desk.session.describing.forget(first(desk), 'target'),
  },
  {
    name: 'turn an attribute',
    before: focusFirst,
    run: (desk) => desk.session.describing.turn(attribute(desk, 'certainty')),
  },
  {
    name: 'copy the speaker of the span before',
    before: (desk) => {
      desk.session.describing.set(first(desk), attribute(desk, 'speaker'), ['Velt']);
      desk.session.marking.goTo(second(desk));
    },
    run: ({ session }) => session.describing.copySpeaker(),
  },
  {
    name: 'write a note and keep it',
    run: (desk) => {
      desk.session.describing.writeNote(first(desk), 'doubtful');
      desk.session.describing.keepNote();
    },
  },
  { name: 'set a note', run: (desk) => desk.session.describing.setNote(first(desk), 'doubtful') },
  {
    name: 'relate two spans',
    run: (desk) => {
      const { linking, marking: marks } = desk.session;
      marks.goTo(second(desk));
      linking.start();
      linking.turn(1);
      linking.choose(linking.current!.types[0]!);
      linking.step(1);
      linking.aim(first(desk));
      linking.confirm();
    },
  },
  {
    name: 'relate two spans by clicks',
    run: (desk) => {
      desk.session.marking.goTo(second(desk));
      desk.session.linking.start();
      desk.session.linking.pick([desk.session.linking.target!]);
    },
  },
  {
    name: 'remove a relation',
    before: link,
    run: (desk) => desk.session.linking.remove(relation(desk)),
  },
  {
    name: 'reverse a relation',
    before: async (desk) => {
      const { linking, marking: marks } = desk.session;
      marks.goTo(second(desk));
      linking.start();
      linking.choose(linking.current!.types.find(({ value }) => value === 'supports')!);
      linking.confirm();
      await desk.session.settle();
    },
    run: (desk) => desk.session.linking.reverse(relation(desk)),
  },
];

const ofDocuments: readonly UserCommand[] = [
  {
    name: 'open a document',
    run: async ({ session }) => {
      await session.openDocument('report-2');
      return session.open?.id;
    },
  },
  { name: 'rename a document', run: ({ session }) => session.documents.rename('report-1', 'Harbour') },
  {
    name: 'set the status of several documents',
    run: ({ session }) => session.documents.setStatus(['report-1', 'report-2', 'report-3'], 'skipped'),
  },
  {
    name: 'finish documents whose spans must be looked through',
    before: ({ session }) => {
      const { id } = session.project.scheme.attributes[0]!;
      session.scheme.update('attributes', id, { required: true });
    },
    run: ({ session }) => session.documents.setStatus(['report-2', 'report-3'], 'done'),
  },
  {
    name: 'finish the open document',
    run: async ({ session }) => (await session.documents.finishOpen())?.next?.id,
  },
  { name: 'delete documents', run: ({ session }) => session.documents.delete(['report-1', 'report-2']) },
  {
    name: 'restore documents',
    before: ({ session }) => session.documents.delete(['report-1', 'report-2']),
    run: ({ session }) => session.documents.restore(['report-1', 'report-2']),
  },
  { name: 'set a fact', run: ({ session }) => session.facts.setText('source', 'a paper') },
  { name: 'set a fact as JSON', run: ({ session }) => session.facts.setJson('pages', '[1, 2]') },
  { name: 'add a field', run: ({ session }) => session.facts.addField('desk', 'foreign') },
  {
    name: 'rename a field',
    before: ({ session }) => session.facts.setText('source', 'a paper'),
    run: ({ session }) => session.facts.renameField('source', 'paper'),
  },
  {
    name: 'remove a field',
    before: ({ session }) => session.facts.setText('source', 'a paper'),
    run: ({ session }) => session.facts.removeField('source'),
  },
  {
    name: 'label a document',
    before: ({ session }) => session.scheme.add('documentLabels', { name: 'Interview', value: 'interview' }),
    run: ({ session }) => session.facts.toggleLabel(session.project.scheme.documentLabels[0]!.id),
  },
  { name: 'note on a document', run: ({ session }) => session.facts.setNote('two speakers') },
  {
    name: 'narrow the list',
    run: ({ session }) => session.shelf.narrow({ status: 'todo' }),
    kept: stored('queues'),
  },
  {
    name: 'keep where one is',
    run: ({ session }) => {
      session.places.note('report-1', { caret: 4, top: 0, distance: 0 });
      session.places.keep();
    },
    kept: async ({ database }) => (await database.preferences.get('place/report-1'))?.value,
  },
  {
    name: 'keep the time spent',
    before: ({ session }) => {
      session.activity.look('report-1');
    },
    run: async ({ session }) => {
      const now = vi.spyOn(Date, 'now').mockReturnValue(Date.now() + 20_000);
      session.activity.stir();
      now.mockRestore();
      await session.activity.keep();
    },
    kept: async ({ database }) => (await database.activity.toArray()).length,
  },
];

const schemeFile = JSON.stringify({
  format: 'locution-scheme',
  version: 1,
  scheme: { labels: [{ value: 'threat' }] },
});

const ofSchemes: readonly UserCommand[] = [
  {
    name: 'add a label',
    run: ({ session }) => session.scheme.add('labels', { name: 'Threat', value: 'threat', colour: 5 }),
  },
  {
    name: 'make a label by its name',
    run: ({ session }) => void makeLabel(session, session.scheme, 'Threat'),
  },
  {
    name: 'rename a label',
    run: (desk) => desk.session.scheme.update('labels', label(desk, 'claim').id, { name: 'Statement' }),
  },
  { name: 'move a label', run: (desk) => desk.session.scheme.move('labels', label(desk, 'claim').id, 1) },
  {
    name: 'merge a label',
    run: (desk) => desk.session.scheme.merge(label(desk, 'claim').id, label(desk, 'denial').id),
  },
  {
    name: 'delete a label',
    run: (desk) => desk.session.scheme.delete('labels', label(desk, 'claim').id),
  },
  {
    name: 'restore a label',
    before: (desk) => desk.session.scheme.delete('labels', label(desk, 'claim').id),
    run: ({ session }) =>
      session.scheme.restore('labels', session.project.scheme.labels.find(({ deleted }) => deleted)!.id),
  },
  { name: 'write the rules', run: ({ session }) => session.scheme.setGuideline('Mark what is said.') },
  {
    name: 'undo a step of the scheme',
    before: ({ session }) => session.scheme.setGuideline('Mark what is said.'),
    run: ({ session }) => session.scheme.undo(),
  },
  {
    name: 'redo a step of the scheme',
    before: async ({ session }) => {
      session.scheme.setGuideline('Mark what is said.');
      await session.scheme.undo();
    },
    run: ({ session }) => session.scheme.redo(),
  },
  {
    name: 'import a scheme',
    run: ({ session }) => importSchemeFile(session, new File([schemeFile], 'acts.scheme.json')),
  },
  { name: 'export a scheme and its codebook', run: ({ session }) => exportBoth(session) },
];

async function exportBoth(session: Session): Promise<void> {
  await exportScheme(session);
  await exportCodebook(session);
}

const ofProjects: readonly UserCommand[] = [
  {
    name: 'make a project',
    run: async ({ session }) => (await session.projects.create('Rivers', emptyScheme)) !== undefined,
  },
  { name: 'rename a project', run: ({ session }) => session.projects.rename('Harbours') },
  {
    name: 'delete a project and bring it back',
    before: ({ session }) => session.projects.create('Rivers', emptyScheme),
    run: async ({ session, projects }) => {
      const other = projects.living.find(({ name }) => name === 'Rivers')!;
      await session.projects.setDeleted(other, true);
      await session.projects.setDeleted(other, false);
    },
  },
  {
    name: 'go over to another project',
    before: async ({ session }) => void (await session.projects.create('Rivers', emptyScheme)),
    run: async ({ projects }) => {
      const other = projects.all.find(({ name }) => name === 'Rivers')!;
      await projects.switchTo(other.id);
      return projects.session.project.name;
    },
  },
  {
    name: 'follow a document into its project',
    before: async (desk) => {
      const id = await desk.session.projects.create('Rivers', emptyScheme);
      const row = (await desk.database.documents.get('report-3'))!;
      await desk.database.documents.put({ ...row, id: 'river', projectId: id! });
    },
    run: async ({ projects }) => {
      await projects.follow('river');
      return projects.session.project.name;
    },
  },
  {
    name: 'read what was done last',
    before: (desk) => mark(desk),
    run: async (desk) => {
      const { recent } = desk.session;
      await recent.recall();
      return recent.list.map(({ change }) => change.title);
    },
  },
  {
    name: 'take something back from the list of changes',
    before: (desk) => mark(desk),
    run: async (desk) => {
      const step = await recentStep(desk, 'Marked');
      return step ? desk.session.recent.toggle(step) : 'There is nothing in the list.';
    },
  },
  {
    name: 'take a label back from the list of changes',
    before: ({ session }) => session.scheme.setGuideline('Mark what is said.'),
    run: async ({ session }) => {
      const step = await session.recent.schemeStep('undo');
      return step ? session.recent.toggle(step) : 'There is nothing in the list.';
    },
  },
  {
    name: 'name the annotator',
    run: ({ session }) => session.nameAnnotator('Eva'),
    kept: stored('annotator'),
  },
  {
    name: 'choose a theme',
    run: ({ session }) => session.preferences.set({ theme: 'dark' }),
    kept: stored('theme'),
  },
];

const threat = { text: 'Dan denied it', spans: [{ start: 0, end: 3, text: 'Dan', label: 'threat' }] };
const incoming = () => [
  incomingFile('dan.jsonl', `${JSON.stringify({ ...threat, title: 'dan' })}\n`),
  incomingFile('eve.txt', 'Eve was there.'),
];
const unsure = () =>
  incomingFile(
    'acts.jsonl',
    `${JSON.stringify({ text: 'Fay denied it.', entities: [{ id: 1, label: 'Person', start_offset: 0, end_offset: 3 }] })}\n`,
  );

async function importIncoming({ session }: Desk): Promise<void> {
  await session.importing.files(incoming());
}

const ofFiles: readonly UserCommand[] = [
  { name: 'import files', run: importIncoming },
  {
    name: 'import files that leave something to decide',
    run: async ({ session: { importing } }) => {
      let isOver = false;
      const ended = importing.files([unsure()]).finally(() => (isOver = true));
      await until(() => isOver || importing.preview !== undefined);
      const { preview } = importing;
      await preview?.allowMoving(true);
      preview?.decide('Person', { to: 'create', value: 'person' });
      preview?.import();
      await ended;
    },
  },
  {
    name: 'import a file that brings spans to a text that is here',
    run: async ({ session }) => {
      const twin = { text: session.open!.text, spans: [{ start: 0, end: 3, text: 'Ada', label: 'threat' }] };
      await session.importing.files([incomingFile('ada.jsonl', `${JSON.stringify(twin)}\n`)]);
    },
  },
  {
    name: 'import a text that was pasted',
    run: async ({ session }) => void (await session.importing.pastedText('Pasted', 'Gus said so.')),
  },
  {
    name: 'take an import back',
    before: importIncoming,
    run: async (desk) => {
      const step = await recentStep(desk, 'Imported');
      return step ? desk.session.recent.toggle(step) : 'There is nothing in the list.';
    },
  },
  {
    name: 'take an import back from the message about it',
    before: importIncoming,
    run: async ({ session }) => {
      session.messages.current!.action!.run();
      await quiet();
    },
  },
  {
    name: 'do an import again',
    before: async (desk) => {
      await importIncoming(desk);
      await desk.session.recent.toggle((await recentStep(desk, 'Imported'))!);
    },
    run: async (desk) => {
      const step = await recentStep(desk, 'Imported');
      return step ? desk.session.recent.toggle(step) : 'There is nothing in the list.';
    },
  },
  {
    name: 'label an occurrence everywhere',
    before: async (desk) => {
      const { occurrences } = desk.session;
      occurrences.start('Ada');
      occurrences.change({ scope: 'project', labelId: label(desk, 'appeal').id });
      await until(() => occurrences.listing.status === 'read');
    },
    run: ({ session: { occurrences } }) => {
      const place = occurrences.rows.find((row) => row.kind === 'place')!;
      occurrences.tickAll(true);
      occurrences.toggle(place.key);
      occurrences.toggle(place.key);
      return occurrences.apply();
    },
  },
  {
    name: 'search all documents',
    run: async ({ session: { search } }) => {
      search.look('Ada');
      search.again();
      await until(() => search.state.status !== 'searching');
      return search.found.length;
    },
    told: ({ session: { search } }) => (search.state.status === 'failed' ? search.state.message : undefined),
  },
  {
    name: 'count the figures',
    run: async ({ session: { statistics } }) => {
      await statistics.count();
      return statistics.figures?.spans;
    },
    told: ({ session: { statistics } }) => statistics.failure && `It failed: ${statistics.failure}.`,
  },
  {
    name: 'read the names in use',
    run: async ({ session }) => {
      await session.names.load();
    },
  },
  {
    name: 'export',
    run: async ({ session }) => {
      const format = (await exportFormats()).find(({ name }) => name.includes('JSON'))!;
      const scopes = () => {
        const { present } = session.shelf;
        return { everything: present, listed: present, selection: [], open: [] };
      };
      const draft = new ExportDraft(session.exporting, format, scopes);
      draft.toggleStatus('skipped');
      draft.splitInto(plainSplit);
      await draft.measure();
      const isDone = await draft.download();
      draft.close();
      return [isDone, draft.measured?.spans];
    },
  },
  {
    name: 'export into a file',
    run: async ({ session }) => {
      const format = (await exportFormats()).find(({ name }) => name.includes('JSON'))!;
      const ids = session.shelf.present.map(({ id }) => id);
      return session.exporting.download(format, ids, plainChoices);
    },
  },
  { name: 'back up', run: ({ session }) => session.backingUp.download() },
  { name: 'import the sample', run: async ({ session }) => void (await session.importing.sample()) },
];

/** Everything that users do and that reads or writes the storage. */
export const userCommands: readonly UserCommand[] = [
  ...marking,
  ...describing,
  ...ofDocuments,
  ...ofSchemes,
  ...ofProjects,
  ...ofFiles,
];

/** Verbs that change nothing but what is on screen, or that only begin, answer or end what others do. */
export const verbsOfTheScreen: readonly string[] = [
  // The trials call it themselves.
  'session.retrySaving',
  // Told by the storage when it is gone, and tried with it.
  ...['session.supersede', 'all projects.supersede'],
  ...['open.resume', 'open.deselect', 'open.hover', 'open.canUndo'],
  ...['export draft.choose', 'export draft.isChosen', 'export draft.toggleAnnotator'],
  // As what is downloaded, but for the file, in which it may fail as well.
  ...['export draft.saveTo', 'exporting.saveTo'],
  ...['answer', 'exampleOf', 'say', 'askAlone', 'cancel'].map((verb) => `import preview.${verb}`),
  ...['messages.retireAction', 'messages.alert', 'messages.closeAlert'],
  ...['shelf.hiddenSpans', 'shelf.neighbour', 'shelf.nextWithoutSpans', 'exporting.hiddenSpans'],
  ...['settle', 'widen', 'goToClause', 'extendByClause'].map((verb) => `selecting.${verb}`),
  ...['describing.dropNote', 'linking.leave', 'search.more', 'stack.step', 'stack.focus'],
  ...['names.completions', 'completing.dismiss', 'completing.tell'],
  // What was refused is read from the files alone.
  ...['importing.showReport', 'importing.closeReport', 'importing.saveRefused'],
  ...['importing.cancel', 'exporting.cancel', 'backingUp.cancel', 'statistics.cancel'],
  ...['statistics.watch', 'statistics.downloadTable'],
  // Struck at every write by trials of their own: `faults/erasing`, `faults/lock`, `staging/no-room`, `automatic-backup`.
  ...['all projects.erase', 'session.leave', 'shelf.recount', 'all projects.locking', 'importing.rest'],
  'all projects.beginBackups',
  // What is looked at or told when something has failed.
  ...['session.saveCopy', 'session.lookAgain', 'session.tellUnkept', 'preferences.fitting'],
];

/** The keys and lines of the palette that change only what is on screen; dialogs call verbs that are tried here. */
const keysOfTheScreen = [
  ...[
    'codebook',
    'commands',
    'doctor',
    'document-facts',
    'erase-document',
    'lock-now',
    'export',
    'extend-by-clause',
    'find',
    'find-next',
  ],
  ...['find-previous', 'go-to-document', 'guidelines', 'hold-end', 'hold-start', 'import', 'inner-span'],
  ...['label-everywhere', 'label-menu', 'leave-linking', 'let-go-of-span', 'link', 'move-end-back-character'],
  ...['move-end-back-word', 'move-end-forward-character', 'move-end-forward-word', 'new-project'],
  ...['next-clause', 'next-relation-type', 'next-span', 'next-target', 'note', 'open-details', 'outer-span'],
  ...['previous-clause', 'previous-relation-type', 'previous-span', 'previous-target', 'put-down-label'],
  ...['recent-changes', 'rename-project', 'screen-annotate', 'screen-documents', 'screen-labels'],
  ...['screen-settings', 'screen-statistics', 'shortcuts', 'shrink-by-clause', 'spans-here', 'sticky'],
  'widen-selection',
];

/** For each command of the keys and the palette, the one here that tries it; none for what is of the screen alone. */
export const commandsOfKeys: Readonly<Record<string, string | undefined>> = {
  ...Object.fromEntries(keysOfTheScreen.map((id) => [id, undefined])),
  'back-up-project': 'back up',
  'confirm-relation': 'relate two spans',
  'done-and-next': 'finish the open document',
  'let-go-of-end': 'move an end by keys',
  'mark-in-hand': 'mark with the label in hand',
  'next-document': 'open a document',
  'next-without-spans': 'open a document',
  'previous-document': 'open a document',
  redo: 'redo',
  'remove-span': 'remove a span with its relation',
  'same-speaker': 'copy the speaker of the span before',
  search: 'search all documents',
  'toggle-documents-panel': 'choose a theme',
  'toggle-hidden-characters': 'choose a theme',
  'toggle-spans-panel': 'choose a theme',
  undo: 'undo',
};

async function until(isSo: () => boolean): Promise<void> {
  await vi.waitFor(
    () => {
      if (!isSo()) throw new Error('not yet');
    },
    { interval: 2 },
  );
}

/** Some turns of the loop, in which what is under way comes to its end. */
async function quiet(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setTimeout(resolve));
}
