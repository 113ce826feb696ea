/**
 * Remembers where the focus and the caret are, and gives back the function that puts them there again. The browser does
 * so by itself only while a dialog is still in the page, and never for the caret in a text.
 */
export function rememberPlace(): () => void {
  const focused = document.activeElement;
  const { anchorNode, anchorOffset = 0, focusNode, focusOffset = 0 } = getSelection() ?? {};
  return () => {
    if (!(focused instanceof HTMLElement) || !focused.isConnected) return;
    focused.focus();
    if (anchorNode?.isConnected && focusNode?.isConnected && focused.contains(anchorNode))
      getSelection()?.setBaseAndExtent(anchorNode, anchorOffset, focusNode, focusOffset);
  };
}
