import { fireEvent, screen } from '@testing-library/svelte';
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { defaultPanels, Preferences } from '../../src/session/preferences.svelte.ts';
import AnnotateScreen from '../../src/ui/annotate/AnnotateScreen.svelte';
import { fitting, panelLimits, widthByKey } from '../../src/ui/annotate/panels.svelte.ts';
import { newDesk } from '../session/desk.ts';
import { show } from './page.ts';

vi.mock(import('../../src/session/job.ts'), () => import('../session/jobs-in-process.ts'));

const limits = { min: 160, max: 400 };

test('a panel leaves most of the window to the text, however wide it is dragged', () => {
  fc.assert(
    fc.property(fc.integer({ min: 901, max: 4000 }), fc.integer(), (windowWidth, wanted) => {
      const sum = (['documents', 'spans'] as const).reduce(
        (width, panel) => width + fitting(wanted, panelLimits(panel, windowWidth)),
        0,
      );
      expect(sum).toBeLessThan(windowWidth * 0.75);
    }),
  );
});

test.each([
  ['ArrowRight', 'right', 216],
  ['ArrowLeft', 'right', 184],
  ['ArrowRight', 'left', 184],
  ['ArrowLeft', 'left', 216],
  ['Home', 'right', 160],
  ['End', 'left', 400],
  ['a', 'left', undefined],
] as const)('%s moves the edge with the text on its %s', (key, side, width) => {
  expect(widthByKey(key, 200, side, limits)).toBe(width);
});

test.each(['ArrowLeft', 'ArrowRight'])('%s never leads beyond the limits', (key) => {
  for (const side of ['left', 'right'] as const)
    for (const width of [limits.min, limits.max]) {
      const next = widthByKey(key, width, side, limits)!;
      expect(next).toBe(fitting(next, limits));
    }
});

describe('the panels beside the text', () => {
  const edge = () => screen.getByRole('separator', { name: 'Width of the documents panel' });

  test('keep the width that keys give them', async () => {
    const { desk } = await show(AnnotateScreen, ['Ada denied it'], { documentId: undefined });
    await fireEvent.keyDown(edge(), { key: 'ArrowRight' });
    expect(desk.session.preferences.values.panels.documents.width).toBe(256);
    expect(edge().ariaValueNow).toBe('256');
    await fireEvent.dblClick(edge());
    expect(desk.session.preferences.values.panels).toEqual(defaultPanels);
  });

  test('are hidden by their button and brought back by another', async () => {
    const { app } = await show(AnnotateScreen, ['Ada denied it'], { documentId: undefined });
    await fireEvent.click(screen.getByRole('button', { name: 'Hide spans' }));
    expect(app.panels.isShown('spans')).toBe(false);
    await fireEvent.click(screen.getByRole('button', { name: 'Show spans' }));
    expect(app.panels.isShown('spans')).toBe(true);
  });

  test('have their first width when a stored one makes no sense, and nothing else is lost', async () => {
    const { database } = await newDesk(['Ada denied it']);
    const stored = { annotator: 'Ada', panels: { documents: { width: -3, collapsed: false } } };
    await database.preferences.put({ key: 'preferences', value: stored });
    const { values } = await Preferences.load(database, () => undefined);
    expect(values.panels).toEqual(defaultPanels);
    expect(values.annotator).toBe('Ada');
  });
});
