/** Why something failed, without the full stop, for the middle of a sentence. */
export function reasonOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replace(/[.!\s]+$/u, '');
}
