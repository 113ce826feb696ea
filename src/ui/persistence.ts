import type { PreferenceValues } from '../session/preferences.svelte.ts';

/** What the browser's answer to "keep this work" means for the user. */
export const persistenceWords: Readonly<Record<PreferenceValues['persistence'], string>> = {
  kept: 'The browser has promised to keep this work, even when the disk runs short.',
  'not promised':
    'The browser has not promised to keep this work when the disk runs short. Installing Locution or bookmarking the page usually changes its mind; export often.',
  unknown: 'The browser is asked to keep this work at the first import.',
};
