import type { AppState } from '../app-state.svelte.ts';

const sectionId = 'doctor';
let isAwaited = false;

/** Goes to the Doctor in the settings, and has everything checked where that is asked for. */
export async function visitDoctor(app: AppState, does: 'check' | 'look'): Promise<void> {
  app.dialog = undefined;
  isAwaited = true;
  app.navigation.go({ screen: 'settings' });
  arrive(document.getElementById(sectionId));
  const doctor = await app.session.doctor;
  if (does === 'check') void doctor.check();
}

/** Puts the focus on the section, if somebody is on the way to it: the screen may be drawn long after. */
export function arrive(section: HTMLElement | null): void {
  if (!section || !isAwaited) return;
  isAwaited = false;
  section.scrollIntoView({ block: 'start' });
  section.focus();
}
