/** What Python takes for blanks though JavaScript does not: the separators of files, groups, records and units, and NEL. */
const separators = String.fromCharCode(0x1c, 0x1d, 0x1e, 0x1f, 0x85);

/** Runs of blanks, by which Python's `split` parts words and columns. */
export const blanks = new RegExp(`[\\s${separators}]+`, 'gu');
