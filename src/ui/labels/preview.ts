import { livingLabels, type Label, type Scheme } from '../../core/scheme.ts';

/** A piece of the sample, marked or not. */
export interface PreviewPiece {
  readonly text: string;
  readonly label?: Label;
}

const phrases = [
  'the northern bridge was closed at dawn',
  'nobody in the council had been asked',
  'both sides should keep to the river bank',
];
const between = ['According to the envoy, ', ', and ', '; still, ', '.'];

/** A sentence with a span of this label, and of its neighbours in the scheme, to tell them apart by. */
export function previewOf(scheme: Scheme, labelId: string): readonly PreviewPiece[] {
  const labels = livingLabels(scheme);
  const at = Math.max(
    0,
    labels.findIndex(({ id }) => id === labelId),
  );
  const shown = [0, 1, 2].flatMap((step) =>
    step < labels.length ? labels[(at + step) % labels.length]! : [],
  );
  return [
    { text: between[0]! },
    ...phrases.flatMap((text, index): PreviewPiece[] => {
      const label = shown[index];
      return [{ text, ...(label && { label }) }, { text: between[index + 1]! }];
    }),
  ];
}
