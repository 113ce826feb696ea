import type { PreferenceValues } from '../session/preferences.svelte.ts';

/** What the browser's answer to "keep this work" means for the user. */
export const persistenceWords: Readonly<Record<PreferenceValues['persistence'], string>> = {
  kept: 'The browser has promised to keep this work, even when the disk runs short.',
  'not promised':
    'The browser has not promised to keep this work when the disk runs short. Installing Locution or bookmarking the page usually changes its mind. Make backups often.',
  unknown:
    'The browser has not been asked yet to keep this work when the disk runs short; it is at the first import.',
};
