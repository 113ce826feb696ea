import { fileProblem, type FileProblem } from '../../core/problem.ts';
import type { SourceFile } from '../format.ts';
import { XmlFault } from './xml.ts';

/** What can be read of a file, or in one sentence why it is damaged. */
export async function unlessDamaged<T>(
  file: SourceFile,
  compose: () => Promise<T>,
): Promise<T | { readonly problem: FileProblem }> {
  try {
    return await compose();
  } catch (reason) {
    const fault = reason instanceof XmlFault ? reason.message : 'a part of it cannot be unpacked';
    const message = `this file is damaged: ${fault}. Open it in its own program and save it again.`;
    return { problem: fileProblem('refused', file.name, message) };
  }
}
