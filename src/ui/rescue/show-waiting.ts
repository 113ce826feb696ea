import { mount, unmount } from 'svelte';
import type { StorageProblem } from '../../core/problem.ts';
import Waiting from './Waiting.svelte';

/** Says what the start waits for; `end` takes it away again. */
export function showWaiting(target: Element, problem: StorageProblem): { end: () => Promise<void> } {
  const screen = mount(Waiting, { target, props: { problem } });
  return { end: () => unmount(screen) };
}
