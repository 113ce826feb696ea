/** The types of ours, and the features of each that are text. */
export const casTypes = {
  document: {
    name: 'custom.Document',
    parent: 'uima.cas.TOP',
    features: ['identifier', 'title', 'status', 'labels', 'note', 'meta'],
    references: [],
  },
  span: {
    name: 'custom.Span',
    parent: 'uima.tcas.Annotation',
    features: ['identifier', 'label', 'annotator', 'note', 'attributes'],
    references: [],
  },
  relation: {
    name: 'custom.Relation',
    parent: 'uima.cas.TOP',
    features: ['identifier', 'label', 'annotator', 'attributes'],
    references: ['source', 'target'],
  },
} as const;

export const stringRange = 'uima.cas.String';
export const initialView = '_InitialView';
