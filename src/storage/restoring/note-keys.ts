/** What the keys of rows begin with that note an import or a restore under way, with the names of files. */
export const underWayPrefixes: readonly string[] = ['importing ', 'restoring '];

/** Of the row of the settings that says which files an import was begun with. */
export const importNoteKey = (importId: string): string => `importing ${importId}`;
