import type { JsonObject } from '../reading/json-value.ts';

/** Terms of Croissant's own vocabulary that we use, each by its own name. */
const terms = [
  'arrayShape',
  'column',
  'extract',
  'field',
  'fileObject',
  'fileProperty',
  'isArray',
  'jsonPath',
  'key',
  'recordSet',
  'references',
  'regex',
  'source',
  'subField',
  'transform',
];

/** What the short names in `croissant.json` stand for (specification 1.1, appendix 1). */
export const croissantContext: JsonObject = {
  '@language': 'en',
  '@vocab': 'https://schema.org/',
  sc: 'https://schema.org/',
  cr: 'http://mlcommons.org/croissant/',
  rai: 'http://mlcommons.org/croissant/RAI/',
  dct: 'http://purl.org/dc/terms/',
  conformsTo: 'dct:conformsTo',
  data: { '@id': 'cr:data', '@type': '@json' },
  dataType: { '@id': 'cr:dataType', '@type': '@vocab' },
  ...Object.fromEntries(terms.map((term) => [term, `cr:${term}`])),
};
