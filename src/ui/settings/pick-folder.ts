interface FolderPicker {
  showDirectoryPicker(options: {
    id: string;
    mode: 'readwrite';
    startIn: 'documents';
  }): Promise<FileSystemDirectoryHandle>;
}

function canPick(target: object): target is FolderPicker {
  return 'showDirectoryPicker' in target;
}

/** Whether this browser lets a page write into a folder, as Chromium alone does. */
export function canPickFolder(): boolean {
  return canPick(window);
}

/** Asks for a folder to write into; `undefined` when the user closes the picker. */
export async function pickFolder(): Promise<FileSystemDirectoryHandle | undefined> {
  if (!canPick(window)) return undefined;
  try {
    return await window.showDirectoryPicker({ id: 'backups', mode: 'readwrite', startIn: 'documents' });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') return undefined;
    throw error;
  }
}
