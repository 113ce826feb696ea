/**
 * Remembers where the focus and the caret are, and gives back the function that puts them there again. The browser does
 * so by itself only while a dialog is still in the page, and never for the caret in a text. Where the place is gone since,
 * as with what was deleted, keys go on at the screen and not at the beginning of the page.
 */
export function rememberPlace(): () => void {
  const focused = document.activeElement;
  const { anchorNode, anchorOffset = 0, focusNode, focusOffset = 0 } = getSelection() ?? {};
  return () => {
    if (!(focused instanceof HTMLElement)) return;
    if (!focused.isConnected) return toScreen();
    focused.focus();
    if (anchorNode?.isConnected && focusNode?.isConnected && focused.contains(anchorNode))
      getSelection()?.setBaseAndExtent(anchorNode, anchorOffset, focusNode, focusOffset);
  };
}

function toScreen(): void {
  // Whoever knows a better place, as the text often is, has taken the focus there by then.
  setTimeout(() => {
    const now = document.activeElement;
    if (now && now !== document.body) return;
    const screen = document.querySelector('main');
    if (!screen) return;
    screen.tabIndex = -1;
    screen.focus({ preventScroll: true });
    // Only for now: else every click beside something would put the focus there.
    screen.addEventListener('blur', () => screen.removeAttribute('tabindex'), { once: true });
  });
}
