/** Hands a file to the browser's downloads. */
export function download(blob: Blob, fileName: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = fileName;
  link.click();
  // The browser reads the address after the click; half a minute is plenty, and the blob must not stay for ever.
  setTimeout(() => URL.revokeObjectURL(link.href), 30_000);
}

/** Without what file systems refuse or hide: control characters, separators, direction marks, leading dots. */
export function safeFileName(title: string): string {
  return title
    .replace(/[\p{Cc}\p{Cf}<>:"/\\|?*]/gu, ' ')
    .replace(/\s+/gu, ' ')
    .replace(/^[. ]+|[. ]+$/gu, '')
    .replace(/^(.{80}).*$/su, '$1')
    .trim();
}
