import type { Part } from '../../core/splits/part.ts';
import type { PartFigures } from './part-figures.ts';

/** A file of documents that has been written. */
export interface DataFile {
  readonly part: Part;
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly figures: PartFigures;
}
