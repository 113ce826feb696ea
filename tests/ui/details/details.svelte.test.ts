import { fireEvent, screen, within } from '@testing-library/svelte';
import { describe, expect, test, vi } from 'vitest';
import type { AnnotationEditor } from '../../../src/editor/annotation-editor.ts';
import SpanTabs from '../../../src/ui/annotate/SpanTabs.svelte';
import type { AppState } from '../../../src/ui/app-state.svelte.ts';
import { runKey } from '../../../src/ui/commands/run-key.ts';
import type { Desk } from '../../session/desk.ts';
import { show } from '../page.ts';

vi.mock(import('../../../src/session/job.ts'), () => import('../../session/jobs-in-process.ts'));

const reports = ['[It rained](claim), she said. [Not so](denial). [Leave](appeal)!'];
const details = () => within(screen.getByRole('region', { name: 'Details of the span' }));
const field = (name: string) => details().getByRole<HTMLInputElement>('combobox', { name });
const options = () => screen.queryAllByRole('option').map(({ textContent }) => textContent.trim());
const press = (name: string) => fireEvent.keyDown(document.activeElement!, { key: name });
const type = (text: string) => fireEvent.input(document.activeElement!, { target: { value: text } });
const focused = ({ session }: Desk) => session.open!.focused!;

/** The panel, with a span focused and a text that counts how often the focus came back to it. */
async function panelOf(words = 'Not so') {
  const { app, desk } = await show(SpanTabs, reports);
  const backToText = vi.fn();
  app.editor = { focus: backToText } as unknown as AnnotationEditor;
  desk.session.marking.goTo(desk.session.open!.spans.find(({ text }) => text === words)!);
  await vi.waitFor(() => details().getByText('Note'));
  return { app, desk, backToText };
}

async function key(app: AppState, name: string) {
  expect(runKey(app, new KeyboardEvent('keydown', { key: name }), 'text')).toBe(true);
  await vi.waitFor(() => expect(document.activeElement).not.toBe(document.body));
}

describe('the details of a span', () => {
  test('has a field an attribute of its label, in the order of the scheme', async () => {
    const { desk } = await panelOf();
    const names = () =>
      [...details().queryAllByRole('combobox'), ...details().queryAllByRole('radiogroup')].map(
        (element) => element.ariaLabel ?? element.getAttribute('aria-label'),
      );
    expect(names()).toEqual(['Speaker', 'Target', 'Quotation', 'Certainty', 'Kind']);
    desk.session.marking.goToNeighbour(1);
    await vi.waitFor(() => expect(names()).toEqual(['Speaker', 'Target', 'Quotation', 'Certainty', 'Force']));
  });

  test('takes exactly what is typed, several names, and Enter in the empty field goes back', async () => {
    const { app, desk, backToText } = await panelOf();
    desk.session.describing.add(desk.session.open!.spans[0]!, speakerOf(desk), 'Mike Holt');
    await key(app, 's');
    expect(document.activeElement).toBe(field('Speaker'));
    await type('Mike');
    await vi.waitFor(() => expect(options()).toEqual(['Mike Holt']));
    await press('Enter');
    await type('Ada');
    await press('Enter');
    expect(focused(desk).attributes).toEqual({ speaker: ['Mike', 'Ada'] });
    expect(backToText).not.toHaveBeenCalled();
    await press('Enter');
    expect(backToText).toHaveBeenCalledOnce();
  });

  test('takes a completion that the arrows have chosen', async () => {
    const { app, desk } = await panelOf();
    desk.session.describing.add(desk.session.open!.spans[0]!, speakerOf(desk), 'Mike Holt');
    await desk.saved();
    await key(app, 's');
    await type('ho');
    await press('ArrowDown');
    const chosen = screen.getByRole('option', { selected: true });
    expect(field('Speaker').getAttribute('aria-activedescendant')).toBe(chosen.id);
    await press('Enter');
    expect(focused(desk).attributes).toEqual({ speaker: ['Mike Holt'] });
  });

  test('Backspace in the empty field removes the last name, a chip its own, and Escape leaves what is typed', async () => {
    const { app, desk, backToText } = await panelOf();
    desk.session.describing.set(focused(desk), speakerOf(desk), ['Ada', 'Ben', 'Cleo']);
    await key(app, 's');
    await press('Backspace');
    expect(focused(desk).attributes).toEqual({ speaker: ['Ada', 'Ben'] });
    await fireEvent.click(details().getByRole('button', { name: 'Remove Ada' }));
    await type('Dora');
    await press('Escape');
    await fireEvent.blur(field('Speaker'));
    expect(focused(desk).attributes).toEqual({ speaker: ['Ben'] });
    expect(backToText).toHaveBeenCalledOnce();
  });

  test('keeps a name that was typed when the field is left for another', async () => {
    const { app, desk } = await panelOf();
    await key(app, 't');
    await type('Velt');
    vi.spyOn(document, 'hasFocus').mockReturnValue(true);
    await fireEvent.blur(field('Target'));
    expect(focused(desk).attributes).toEqual({ target: ['Velt'] });
  });

  test('takes the names of the span before by one key, in the text for speakers and in any empty field', async () => {
    const { app, desk, backToText } = await panelOf();
    const [claim] = desk.session.open!.spans;
    desk.session.describing.set(claim!, speakerOf(desk), ['Ada']);
    runKey(app, new KeyboardEvent('keydown', { key: '=' }), 'text');
    expect(focused(desk).attributes).toEqual({ speaker: ['Ada'] });
    desk.session.describing.set(
      desk.session.open!.spans[0]!,
      { ...speakerOf(desk), value: 'target', name: 'Target' },
      ['Ben'],
    );
    await key(app, 't');
    await press('=');
    expect(focused(desk).attributes).toEqual({ speaker: ['Ada'], target: ['Ben'] });
    expect(backToText).toHaveBeenCalledOnce();
  });

  test('has options that are chosen and taken back by a press', async () => {
    const { desk } = await panelOf();
    const radio = (name: string) => details().getByRole('radio', { name });
    await fireEvent.click(radio('indirect'));
    expect(focused(desk).attributes).toEqual({ quotation: 'indirect' });
    expect(radio('indirect').getAttribute('aria-checked')).toBe('true');
    await fireEvent.click(radio('indirect'));
    expect(focused(desk).attributes).toEqual({});
  });

  test('walks the options by arrows, and Enter takes one and goes back', async () => {
    const { desk, backToText } = await panelOf();
    details().getByRole('radio', { name: 'direct' }).focus();
    await press('ArrowRight');
    await press('ArrowRight');
    await press('Enter');
    expect(focused(desk).attributes).toEqual({ quotation: 'mixed' });
    expect(backToText).toHaveBeenCalledOnce();
  });

  test('turns options by their keys in the text', async () => {
    const { app, desk } = await panelOf();
    for (const letter of ['q', 'q', 'c', 'k'])
      runKey(app, new KeyboardEvent('keydown', { key: letter }), 'text');
    expect(focused(desk).attributes).toEqual({ quotation: 'indirect', certainty: 'high', kind: 'deny' });
  });

  test('saves a note with Ctrl+Enter, and Escape restores the one before', async () => {
    const { app, desk, backToText } = await panelOf();
    await key(app, ';');
    await type('why');
    await fireEvent.keyDown(document.activeElement!, { key: 'Enter', ctrlKey: true });
    expect(focused(desk).note).toBe('why');
    await type('why not');
    await press('Escape');
    expect(focused(desk).note).toBe('why');
    expect(screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Note' }).value).toBe('why');
    expect(backToText).toHaveBeenCalledTimes(2);
  });

  test('keeps a note when the focus moves to another span', async () => {
    const { app, desk } = await panelOf();
    await key(app, ';');
    await type('why');
    desk.session.marking.goToNeighbour(1);
    await vi.waitFor(() =>
      expect(desk.session.open!.spans.map(({ note }) => note)).toEqual([undefined, 'why', undefined]),
    );
    expect(screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Note' }).value).toBe('');
  });

  test('shows what a file has said under names of its own, and removes it', async () => {
    const { desk } = await panelOf();
    desk.session.describing.set(focused(desk), { ...speakerOf(desk), value: 'score' }, 3);
    await vi.waitFor(() => details().getByText('score'));
    await fireEvent.click(details().getByRole('button', { name: 'Remove score' }));
    expect(focused(desk).attributes).toEqual({});
  });

  test('lists relations from both ends, with what can be done to them', async () => {
    const { app, desk } = await panelOf();
    runKey(app, new KeyboardEvent('keydown', { key: 'l' }), 'text');
    runKey(app, new KeyboardEvent('keydown', { key: 'Enter' }), 'text');
    const jump = await details().findByRole('button', { name: /^denies Claim: “It rained”/ });
    await fireEvent.click(jump);
    expect(focused(desk).text).toBe('It rained');
    await details().findByRole('button', { name: /^denies, from Denial: “Not so”/ });
    await fireEvent.click(details().getByRole('button', { name: 'Remove the relation denies' }));
    expect(desk.session.open!.sheet.relations).toEqual([]);
  });
});

describe('a row of the list of spans', () => {
  test('tells the speaker, the relations and what is missing, in few words', async () => {
    const { app, desk } = await panelOf();
    desk.session.describing.set(focused(desk), speakerOf(desk), ['Ada', 'Ben']);
    desk.session.describing.setNote(focused(desk), 'why');
    runKey(app, new KeyboardEvent('keydown', { key: 'l' }), 'text');
    runKey(app, new KeyboardEvent('keydown', { key: 'Enter' }), 'text');
    const row = screen
      .getAllByRole('listitem')
      .find((item) => item.ariaCurrent === 'true' || item.getAttribute('aria-current'))!;
    await vi.waitFor(() => expect(row.textContent.replace(/\s+/g, ' ')).toContain('Ada, Ben'));
    expect(within(row).getByText('1 relation')).toBeTruthy();
    expect(within(row).getByText('has a note')).toBeTruthy();
  });
});

function speakerOf({ session }: Desk) {
  return session.project.scheme.attributes.find(({ value }) => value === 'speaker')!;
}
