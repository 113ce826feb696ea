/** Hands a file to the browser's downloads. */
export function download(blob: Blob, fileName: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = fileName;
  link.click();
  // The browser reads the address after the click; half a minute is plenty, and the blob must not stay for ever.
  setTimeout(() => URL.revokeObjectURL(link.href), 30_000);
}

/** Names that Windows keeps for devices, whatever comes after a point. */
const device = /^(con|prn|aux|nul|com\d|lpt\d)(?=\.|$)/iu;

/** Names may have 255 bytes on most disks; some are for what comes behind. */
const mostBytes = 200;

/** Without what file systems refuse or hide: control characters, separators, direction marks, points at the ends, devices. */
export function safeFileName(title: string): string {
  const plain = title
    .replace(/[\p{Cc}\p{Cf}<>:"/\\|?*]/gu, ' ')
    .replace(/\s+/gu, ' ')
    .replace(/^[. ]+/gu, '');
  return cut(plain)
    .replace(/[. ]+$/gu, '')
    .replace(device, '_$1');
}

function cut(name: string): string {
  const characters = [...name].slice(0, 80);
  while (new TextEncoder().encode(characters.join('')).length > mostBytes) characters.pop();
  return characters.join('');
}
