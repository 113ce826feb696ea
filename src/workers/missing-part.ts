/** Said when a part of Locution that is fetched late cannot be, as when its server is gone or has a newer version. */
export const missingPart =
  'a part of Locution could not be loaded: its server cannot be reached, or has a newer version. Your work is kept. Reload the page.';
