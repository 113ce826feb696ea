import { fileProblem } from '../../core/problem.ts';
import type { Place } from './place.ts';

/** The place of what a whole file says, for formats in which no line is the document's. */
export function placeOfFile(file: string): Place {
  const place: Place = {
    file,
    at: () => place,
    problem: (outcome, message) => fileProblem(outcome, file, message),
  };
  return place;
}
