import { render } from '@testing-library/svelte';
import type { Component } from 'svelte';
import { AppState } from '../../src/ui/app-state.svelte.ts';
import { newDesk, type Desk } from '../session/desk.ts';
import Harness from './Harness.svelte';

/** A part of the app on a page of its own, at a desk with these reports. */
export async function show<Traits extends object>(
  part: Component<Traits>,
  notations: readonly string[],
  traits?: Traits,
): Promise<{ app: AppState; desk: Desk }> {
  location.hash = '';
  const desk = await newDesk(notations);
  const app = new AppState(desk.session, desk.projects);
  render(Harness, { app, part: part as Component<Record<string, unknown>>, traits: { ...traits } });
  return { app, desk };
}
