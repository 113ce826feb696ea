import { fireEvent, render, screen, within } from '@testing-library/svelte';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { rememberPlace } from '../../src/ui/parts/remember-place.ts';
import Parts from './Parts.svelte';

const onrename = vi.fn();
const button = (name: string) => screen.getByRole('button', { name });
const gone = (role: string) => vi.waitFor(() => expect(screen.queryByRole(role)).toBeNull());

beforeEach(() => {
  onrename.mockClear();
  render(Parts, { onrename });
});

describe('a dialog', () => {
  async function ask() {
    button('Delete Claim').focus();
    await fireEvent.click(button('Delete Claim'));
    return screen.findByRole('dialog', { name: 'Delete the label Claim' });
  }

  test('takes the focus to what one most likely came to press, and gives it back', async () => {
    const dialog = await ask();
    expect(document.activeElement).toBe(within(dialog).getByRole('button', { name: 'Delete' }));
    await fireEvent.click(document.activeElement!);
    await gone('dialog');
    expect(document.activeElement).toBe(button('Delete Claim'));
  });

  test('closes on Escape and by its cross', async () => {
    await ask();
    await fireEvent.keyDown(document.activeElement!, { key: 'Escape' });
    await gone('dialog');
    await fireEvent.click(within(await ask()).getByRole('button', { name: 'Close' }));
    await gone('dialog');
  });

  test('keeps the focus, whatever else would take it', async () => {
    const dialog = await ask();
    button('Undo').focus();
    expect(dialog.contains(document.activeElement)).toBe(true);
  });
});

describe('a menu', () => {
  async function open() {
    button('Label').focus();
    await fireEvent.keyDown(button('Label'), { key: 'Enter' });
    return screen.findByRole('menu', { name: 'Label' });
  }

  test('names its lines, and says which are off and which are chosen', async () => {
    const menu = within(await open());
    expect(menu.getAllByRole('menuitem').map(({ textContent }) => textContent.trim())).toEqual([
      'Rename',
      'Merge',
      'Ask',
    ]);
    expect(menu.getByRole('menuitem', { name: 'Merge' }).ariaDisabled).toBe('true');
    expect(menu.getByRole('menuitemcheckbox', { name: 'Show tags' }).ariaChecked).toBe('true');
  });

  test('runs a line when it has closed and the focus is back', async () => {
    onrename.mockImplementation(() => expect(document.activeElement).toBe(button('Label')));
    await open();
    await fireEvent.click(screen.getByRole('menuitem', { name: 'Rename' }));
    await gone('menu');
    await vi.waitFor(() => expect(onrename).toHaveReturnedTimes(1));
  });

  test('runs nothing when it is left', async () => {
    await open();
    await fireEvent.keyDown(document.activeElement!, { key: 'Escape' });
    await gone('menu');
    expect(onrename).not.toHaveBeenCalled();
  });
});

test('a popover is a named dialog and closes on Escape', async () => {
  await fireEvent.click(button('About claims'));
  const popover = await screen.findByRole('dialog', { name: 'Guideline' });
  expect(within(popover).getByRole('link', { name: 'Claims in full' })).toBeTruthy();
  await fireEvent.keyDown(document.activeElement!, { key: 'Escape' });
  await gone('dialog');
});

test('a tooltip describes the button that has the focus, until Escape', async () => {
  const undo = button('Undo');
  // Nothing is painted here, so nothing shows the focus either.
  vi.spyOn(undo, 'matches').mockReturnValue(true);
  await fireEvent.focus(undo);
  const tooltip = await screen.findByRole('tooltip');
  expect(tooltip.textContent.trim()).toBe('Takes back the last step');
  expect(undo.getAttribute('aria-describedby')).toBe(tooltip.id);
  await fireEvent.keyDown(document, { key: 'Escape' });
  await gone('tooltip');
});

test('tabs show one panel, and arrows go to the next', async () => {
  const tab = (name: string) => screen.getByRole('tab', { name });
  expect(screen.getByRole('tabpanel').textContent.trim()).toBe('The list of spans');
  tab('List').focus();
  await fireEvent.keyDown(tab('List'), { key: 'ArrowRight' });
  expect(tab('Chart').ariaSelected).toBe('true');
  expect(screen.getByRole('tabpanel').textContent.trim()).toBe('The chart of spans');
});

test('the place that is gone back to has its selection again', () => {
  const text = document.createElement('p');
  text.tabIndex = 0;
  text.textContent = 'Ada denied it';
  document.body.append(text);
  text.focus();
  getSelection()!.setBaseAndExtent(text.firstChild!, 10, text.firstChild!, 4);
  const goBack = rememberPlace();
  button('Undo').focus();
  getSelection()!.removeAllRanges();
  goBack();
  expect(document.activeElement).toBe(text);
  const { anchorOffset, focusOffset } = getSelection()!;
  expect([anchorOffset, focusOffset]).toEqual([10, 4]);
  text.remove();
});
