import { expect, test, vi } from 'vitest';
import DropZone from '../../src/ui/DropZone.svelte';
import { show } from './page.ts';

vi.mock(import('../../src/session/job.ts'), () => import('../session/jobs-in-process.ts'));

/** Something is dragged over the element and let go; whether the browser was kept from going there itself. */
function letGo(target: Element, ...types: string[]): boolean[] {
  return ['dragover', 'drop'].map((name) => {
    const event = new Event(name, { bubbles: true, cancelable: true });
    Object.assign(event, { dataTransfer: { types, items: [], files: [] } });
    target.dispatchEvent(event);
    return event.defaultPrevented;
  });
}

test.each([[['text/uri-list', 'text/plain']], [['text/html', 'text/uri-list']]])(
  'a link or picture that is dropped leads nowhere, and is answered in a sentence: %j (B9)',
  async (types) => {
    const { app } = await show(DropZone, ['[Ada](claim) denied it']);
    const say = vi.spyOn(app.session.messages, 'say');
    expect(letGo(document.body, ...types)).toEqual([true, true]);
    expect(say).toHaveBeenCalledExactlyOnceWith(expect.stringContaining('Only files can be dropped here'));
  },
);

test('words go into a field that they are dropped on, and a label beside its list says nothing', async () => {
  const { app } = await show(DropZone, ['[Ada](claim) denied it']);
  const say = vi.spyOn(app.session.messages, 'say');
  const field = document.body.appendChild(document.createElement('input'));
  expect(letGo(field, 'text/plain')).toEqual([false, false]);
  field.remove();
  expect(letGo(document.body, 'text/plain')).toEqual([true, true]);
  expect(say).not.toHaveBeenCalled();
});
