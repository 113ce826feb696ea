interface PickerWindow {
  showSaveFilePicker(options: { suggestedName: string }): Promise<FileSystemFileHandle>;
}

function hasPicker(target: object): target is PickerWindow {
  return 'showSaveFilePicker' in target;
}

/** Asks for a file to write to; `undefined` when the user thinks better of it, or the browser cannot ask. */
export async function pickFile(name: string, extension: string): Promise<FileSystemFileHandle | undefined> {
  if (!hasPicker(window)) return undefined;
  try {
    return await window.showSaveFilePicker({
      suggestedName: name.endsWith(extension) ? name : `${name}.${extension}`,
    });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') return undefined;
    throw error;
  }
}

/** File System Access is Chromium's alone so far. */
pickFile.supported = typeof window !== 'undefined' && hasPicker(window);
