import type { AppState } from '../app-state.svelte.ts';
import type { Command } from './command.ts';

const annotates = ({ navigation, session }: AppState) =>
  navigation.route.screen === 'annotate' && session.open !== undefined;
/** In the list of spans, Enter is the button’s. */
const hasSelection = ({ session }: AppState) =>
  session.open?.selection !== undefined && document.activeElement?.closest('[role=list]') == null;

/** What makes the day go smoothly: from mark to mark, and from document to document. */
export const flowCommands: readonly Command[] = [
  {
    id: 'sticky',
    name: 'Keep labelling: each selection is marked at once',
    group: 'Marking',
    scope: 'text',
    keys: ['F'],
    run: ({ session }) => session.marking.toggleKeeping(),
  },
  {
    id: 'mark-in-hand',
    name: 'Mark with the label in hand',
    group: 'Marking',
    scope: 'text',
    keys: ['Enter'],
    when: (app) => hasSelection(app) && app.session.hand.inHand !== undefined,
    run: ({ session }) => session.marking.applyInHand(),
  },
  {
    id: 'label-menu',
    name: 'Choose among all labels',
    group: 'Marking',
    scope: 'text',
    keys: ['Enter'],
    when: (app) => hasSelection(app) && app.session.hand.inHand === undefined,
    run: (app) => (app.labelList = 'selection'),
  },
  {
    id: 'put-down-label',
    name: 'Put down the label in hand',
    group: 'Marking',
    scope: 'text',
    keys: ['Escape'],
    when: ({ session }) => session.hand.inHand !== undefined,
    run: ({ session }) => session.marking.putDown(),
  },
  {
    id: 'done-and-next',
    name: 'Done, and on to the next document',
    group: 'Documents',
    scope: 'everywhere',
    keys: ['Mod+Enter'],
    when: annotates,
    run: (app) => void app.finishAndGoOn(),
  },
  {
    id: 'next-without-spans',
    name: 'Next document without spans',
    group: 'Documents',
    scope: 'everywhere',
    keys: ['Alt+Shift+PageDown'],
    run: (app) => app.openNextWithoutSpans(),
  },
  {
    id: 'document-facts',
    name: 'Facts about the document',
    group: 'Documents',
    scope: 'everywhere',
    keys: ['Alt+Enter'],
    when: annotates,
    run: (app) => app.toggleFacts(),
  },
];
