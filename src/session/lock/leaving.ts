import type { Session } from '../session.svelte.ts';

/** Loads the page anew, so that nothing of the project stays in its memory; not while something is unsaved. */
export async function leave(session: Session): Promise<void> {
  const isSaved = await session.settle();
  if (!isSaved) {
    session.messages.alert(
      'This project was locked, and your last step is not saved. Copy what you need from the page, then reload it to unlock.',
    );
    return;
  }
  await settingsKept(session);
  globalThis.location.reload();
}

/** A choice on its way, such as which project comes next, is waited for. */
async function settingsKept({ preferences }: Session): Promise<void> {
  for (let waited = 0; preferences.isWriting && waited < 2000; waited += 20)
    await new Promise((resolve) => setTimeout(resolve, 20));
}
