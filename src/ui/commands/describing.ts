import { fieldId, noteFieldId } from '../annotate/details/field-id.ts';
import type { AppState } from '../app-state.svelte.ts';
import type { Command } from './command.ts';

export const describingCommands: readonly Command[] = [
  {
    id: 'open-details',
    name: 'Go to the first field of the span',
    group: 'Describing',
    scope: 'text',
    keys: ['O'],
    run: openDetails,
  },
  {
    id: 'same-speaker',
    name: 'Same speaker as the span before',
    group: 'Describing',
    scope: 'text',
    keys: ['='],
    run: ({ session }) => session.describing.copySpeaker(),
  },
  {
    id: 'note',
    name: 'Write a note on the span',
    group: 'Describing',
    scope: 'text',
    keys: [';'],
    run: (app) => {
      if (app.session.describing.focusedSpan()) void app.focusField(noteFieldId);
    },
  },
];

function openDetails(app: AppState): void {
  const { describing } = app.session;
  const span = describing.focusedSpan();
  if (!span) return;
  const [first] = describing.attributesOf(span);
  void app.focusField(first ? fieldId(first) : noteFieldId);
}
