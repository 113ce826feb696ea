import { tick } from 'svelte';
import { rememberPlace } from '../parts/remember-place.ts';

/** The focus goes into a sheet that is drawn up. Gives back the function that takes it back when the sheet is gone. */
export function enterSheet(sheet: HTMLElement): () => void {
  const goBack = rememberPlace();
  // A tab that takes the focus comes to the front, so it has to be the one that is there.
  const first = sheet.querySelector<HTMLElement>('[role=listbox], [role=tab][aria-selected=true]');
  (first ?? sheet.querySelector('button'))?.focus();
  // What lies behind the sheet takes no focus until the page has been drawn without it.
  return () => void tick().then(goBack);
}

/** The focus does not vanish with the panel that it was in: it goes to the button that shows the panel again. */
export function leavePanel(hidden: HTMLElement): void {
  if (!hidden.contains(document.activeElement)) return;
  void tick().then(() => document.querySelector<HTMLElement>(`button[aria-controls=${hidden.id}]`)?.focus());
}
