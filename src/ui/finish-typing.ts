/**
 * Leaves the field that one is typing in, so that it takes over what was typed while what it is about is still in sight.
 * A field that goes with its screen or document would tell too late, and of something else.
 */
export function finishTyping(): void {
  const field = document.activeElement;
  if (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) field.blur();
}
