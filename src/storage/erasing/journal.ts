/** What is being deleted for good stands under such keys until nothing of it is left, so that the next start can go on. */
export const journalPrefix = 'erasing/';

/** Changes whenever something was deleted for good, which other tabs follow. */
export const erasureNotice = 'erasures';
