import type { Change, ChangeKind, Edit } from '../../core/change.ts';
import type { Workplace } from '../workplace.ts';
import type { Recorder } from './recorder.ts';

/** Records what the user does, says it, and offers to take exactly that back. */
export function recordAndOfferUndo(
  { messages }: Pick<Workplace, 'messages'>,
  recorder: Recorder,
  title: string,
  edit: Edit,
  kind: ChangeKind = 'do',
): void {
  const undo = recorder.recordWithUndo(title, edit, kind);
  const takeBack = async () => {
    messages.say(`Undone: ${title}`);
    if (!(await undo())) messages.say('That is not saved yet. Undo works again once it is.');
  };
  messages.say(`${title}.`, { name: 'Undo', run: () => void takeBack() });
}

/** Before another tab's step is taken back or done again. */
export function askingWords({ title }: Change, kind: 'undo' | 'redo'): string {
  const again = kind === 'undo' ? 'Undo once more to take it back' : 'Redo once more to do it again';
  return `“${title}” was done in another tab. ${again}.`;
}
