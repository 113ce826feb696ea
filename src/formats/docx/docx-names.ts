import type { Prefixes } from '../reading/xml.ts';

/** The namespaces of a Word document, those of its strict form as well. */
export const wordPrefixes: Prefixes = {
  'http://schemas.openxmlformats.org/wordprocessingml/2006/main': 'w',
  'http://purl.oclc.org/ooxml/wordprocessingml/main': 'w',
  'http://schemas.openxmlformats.org/officeDocument/2006/math': 'm',
  'http://purl.oclc.org/ooxml/officeDocument/math': 'm',
  'http://schemas.openxmlformats.org/markup-compatibility/2006': 'mc',
  'http://schemas.openxmlformats.org/drawingml/2006/main': 'a',
  'http://purl.oclc.org/ooxml/drawingml/main': 'a',
  'http://schemas.openxmlformats.org/package/2006/relationships': 'r',
  'http://purl.org/dc/elements/1.1/': 'dc',
};

/** Whether a property that is there is on: `w:val` may say that it is not. */
export function isOn(attributes: ReadonlyMap<string, string>): boolean {
  return !['0', 'false', 'off'].includes(attributes.get('w:val') ?? '');
}
