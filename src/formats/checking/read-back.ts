import type { SourceFile } from '../format.ts';

/** The whole file as text. */
export async function textOf(file: SourceFile): Promise<string> {
  return new Response(file.stream()).text();
}
