import { expect, vi } from 'vitest';
import { select, type Desk } from '../desk.ts';

/** Marks words of the open document by keyboard. */
export async function mark(desk: Desk, words: string, label = 'claim'): Promise<void> {
  select(desk.session, words);
  desk.session.marking.apply(desk.label(label));
  await desk.saved();
}

export async function undo(desk: Desk): Promise<void> {
  const before = desk.session.messages.current;
  desk.session.marking.undo();
  await vi.waitFor(() => expect(desk.session.messages.current).not.toBe(before), { interval: 2 });
  await desk.saved();
}

export async function redo(desk: Desk): Promise<void> {
  const before = desk.session.messages.current;
  desk.session.marking.redo();
  await vi.waitFor(() => expect(desk.session.messages.current).not.toBe(before), { interval: 2 });
  await desk.saved();
}

export const told = ({ session }: Desk) => session.messages.current?.text;
export const focusedText = ({ session }: Desk) => session.open!.focused?.text;
