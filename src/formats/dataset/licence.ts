/** Licences that the Hub knows by a name of its own, with the name that SPDX has for them. */
const known: Readonly<Record<string, string>> = {
  'apache-2.0': 'Apache-2.0',
  mit: 'MIT',
  'cc0-1.0': 'CC0-1.0',
  'cc-by-3.0': 'CC-BY-3.0',
  'cc-by-4.0': 'CC-BY-4.0',
  'cc-by-sa-3.0': 'CC-BY-SA-3.0',
  'cc-by-sa-4.0': 'CC-BY-SA-4.0',
  'cc-by-nc-4.0': 'CC-BY-NC-4.0',
  'cc-by-nc-sa-4.0': 'CC-BY-NC-SA-4.0',
  'cc-by-nd-4.0': 'CC-BY-ND-4.0',
  'cc-by-nc-nd-4.0': 'CC-BY-NC-ND-4.0',
  'odc-by': 'ODC-By-1.0',
  odbl: 'ODbL-1.0',
  pddl: 'PDDL-1.0',
  'cdla-permissive-2.0': 'CDLA-Permissive-2.0',
};

/** A licence as the data set card and Croissant each want it. */
export interface Licence {
  /** The name that the Hub has for it: `other` when it has none, `unknown` when nothing was said. */
  readonly hub: string;
  readonly words: string;
  readonly url?: string;
}

export function licenceOf(given: string | undefined): Licence {
  const words = given?.trim() ?? '';
  if (words === '') return { hub: 'unknown', words: 'not stated' };
  const id = words.toLowerCase().replace(/\s+/g, '-');
  if (Object.hasOwn(known, id)) return { hub: id, words, url: `https://spdx.org/licenses/${known[id]}.html` };
  return { hub: 'other', words, ...(/^https?:\/\/\S+$/i.test(words) && { url: words }) };
}
