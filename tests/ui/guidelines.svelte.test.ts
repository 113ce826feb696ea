import { fireEvent, screen, within } from '@testing-library/svelte';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { speechActPlan } from '../../src/core/schemes/speech-acts.ts';
import { span } from '../annotated.ts';
import LabelToolbar from '../../src/ui/annotate/LabelToolbar.svelte';
import GuidelinesPanel from '../../src/ui/annotate/guidelines/GuidelinesPanel.svelte';
import { labelInUse } from '../../src/ui/annotate/guidelines/label-in-use.ts';
import { commandOf } from '../../src/ui/commands/keymap.ts';
import { select } from '../session/desk.ts';
import { show } from './page.ts';

vi.mock(import('../../src/session/job.ts'), () => import('../session/jobs-in-process.ts'));

const report = '[Ada](claim) [denied](denial) it';

describe('the label in use', () => {
  const marked = [
    span({ start: 0, end: 3, label: 'claim', updatedAt: '2026-01-02' }),
    span({ start: 4, end: 6, label: 'appeal', updatedAt: '2026-01-03' }),
    span({ start: 7, end: 9, label: 'denial', updatedAt: '2026-01-04', origin: 'file' }),
  ];

  test('is that of the focused span', () => {
    expect(labelInUse(marked, marked[2])).toBe('denial');
  });

  test('is otherwise the last one marked by hand, wherever it stands', () => {
    expect(labelInUse(marked, undefined)).toBe('appeal');
  });

  test('is none where nothing was marked by hand', () => {
    expect(labelInUse(marked.slice(2), undefined)).toBeUndefined();
  });
});

describe('the panel of guidelines', () => {
  const entries = () => screen.getAllByRole('article');
  const current = () =>
    entries().flatMap((entry) =>
      (entry.ariaCurrent ?? entry.getAttribute('aria-current'))
        ? [within(entry).getByRole('heading').textContent.trim()]
        : [],
    );

  test('has the rules and every label with its guideline, as they were typed', async () => {
    await show(GuidelinesPanel, [report]);
    expect(entries()).toHaveLength(5);
    const typed = (entry: HTMLElement) =>
      [...entry.querySelectorAll('.text p')].map(({ textContent }) => textContent).join('\n');
    expect(entries().map(typed)).toEqual([
      speechActPlan.guideline,
      ...speechActPlan.labels.map(({ guideline }) => guideline),
    ]);
  });

  test('follows the focused span', async () => {
    const { desk } = await show(GuidelinesPanel, [report]);
    expect(current()).toEqual([expect.stringContaining('Claim')]);
    desk.session.marking.goTo(desk.session.open!.spans[1]!);
    await vi.waitFor(() => expect(current()).toEqual([expect.stringContaining('Denial')]));
    select(desk.session, 'it');
    desk.session.marking.apply(desk.label('appeal'));
    await vi.waitFor(() => expect(current()).toEqual([expect.stringContaining('Appeal')]));
  });

  test('takes no guideline for markup', async () => {
    const { desk } = await show(GuidelinesPanel, [report]);
    const words = '<img src=x> **not bold** <script>';
    desk.session.scheme.update('labels', desk.label('claim').id, { guideline: words });
    expect(await screen.findByText(words)).toBeTruthy();
    expect(document.querySelector('img, article script, strong')).toBeNull();
  });

  test('says of a label without a guideline that it has none', async () => {
    const { desk } = await show(GuidelinesPanel, [report]);
    desk.session.scheme.update('labels', desk.label('claim').id, { guideline: undefined });
    expect(await screen.findByText('This label has no guideline yet.')).toBeTruthy();
  });

  test('is opened and closed by its command and by its button, on the annotate screen', async () => {
    const { app } = await show(LabelToolbar, [report]);
    const command = commandOf('guidelines');
    app.navigation.go({ screen: 'annotate' });
    await vi.waitFor(() => expect(command.when?.(app)).toBe(true));
    command.run(app);
    expect(app.guidelines).toBe(true);
    await fireEvent.click(await screen.findByRole('button', { name: 'Guidelines', pressed: true }));
    expect(app.guidelines).toBe(false);
  });

  test('comes with the panel that it is in, when that was put away', async () => {
    const { app } = await show(LabelToolbar, [report]);
    app.toggleGuidelines();
    app.panels.toggle('spans');
    app.toggleGuidelines();
    expect([app.guidelines, app.panels.isShown('spans')]).toEqual([true, true]);
  });
});

describe('the card of a label', () => {
  const button = (name: string) => screen.getByRole('button', { name });
  const card = () => screen.queryByRole('tooltip');

  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    return () => vi.useRealTimers();
  });

  async function wait(ms: number) {
    vi.advanceTimersByTime(ms);
    await vi.waitFor(() => undefined);
    await Promise.resolve();
  }

  async function hover(name: string) {
    await fireEvent.pointerEnter(button(name), { pointerType: 'mouse' });
    await wait(500);
  }

  async function page() {
    vi.useRealTimers();
    const shown = await show(LabelToolbar, [report]);
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    return shown;
  }

  test('shows name, key and the beginning of the guideline, and describes the button', async () => {
    await page();
    await hover('Denial');
    const { guideline } = speechActPlan.labels[1]!;
    expect(card()!.textContent).toMatch(/^\s*Denial\s*2/);
    const start = card()!.querySelector('.start')!.textContent;
    expect(start.endsWith(' …')).toBe(true);
    expect(guideline!.startsWith(start.slice(0, -2))).toBe(true);
    expect(button('Denial').getAttribute('aria-describedby')).toBe(card()!.id);
    expect(button('Claim').hasAttribute('aria-describedby')).toBe(false);
  });

  test('waits for the pointer to rest, and stays while the pointer is on it', async () => {
    await page();
    await fireEvent.pointerEnter(button('Claim'), { pointerType: 'mouse' });
    await wait(100);
    expect(card()).toBeNull();
    await wait(400);
    await fireEvent.pointerLeave(button('Claim'));
    await fireEvent.pointerEnter(card()!);
    await wait(5000);
    expect(card()).not.toBeNull();
    await fireEvent.pointerLeave(card()!);
    await wait(300);
    expect(card()).toBeNull();
  });

  test('goes with Escape and when the label is used, and does not come by touch', async () => {
    await page();
    await hover('Claim');
    await fireEvent.keyDown(window, { key: 'Escape' });
    expect(card()).toBeNull();
    await hover('Claim');
    await fireEvent.click(button('Claim'));
    expect(card()).toBeNull();
    await fireEvent.pointerEnter(button('Claim'), { pointerType: 'touch' });
    await wait(1000);
    expect(card()).toBeNull();
  });
});
