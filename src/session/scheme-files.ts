import type { Session } from './session.svelte.ts';

/** Downloads the scheme of the project as a file of its own. */
export async function exportScheme(session: Session): Promise<void> {
  session.messages.say('Schemes cannot be exported yet.');
}

/** Adds what a file of a scheme has and the project lacks. */
export async function importSchemeFile(session: Session, file: File): Promise<void> {
  session.messages.say(`“${file.name}” was not read: schemes cannot be imported yet.`);
}
