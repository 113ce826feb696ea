import { statuses } from '../../core/document.ts';
import { fieldOf, isId } from '../native/native-shape.ts';
import type { JsonObject } from './json-value.ts';
import type { OutsideDocument } from './outside-document.ts';

type Facts = Pick<OutsideDocument, 'id' | 'title' | 'status'> & { readonly note?: string };

/**
 * Facts of a document that Locution writes beside what another tool has in an object. Those that say something else are
 * not among them.
 */
export function factsBeside(object: JsonObject): Facts {
  const [id, title, note] = ['id', 'title', 'note'].map((key) => fieldOf(object, key));
  const status = statuses.find((known) => known === fieldOf(object, 'status'));
  return {
    ...(isId(id) && { id }),
    ...(typeof title === 'string' && title.trim() !== '' && { title }),
    ...(status && { status }),
    ...(typeof note === 'string' && { note }),
  };
}
