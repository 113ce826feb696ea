/**
 * The bytes of a backup as `BackupReading` reads them. Everything that reads a chosen file asks here, so that a backup that
 * is wrapped in something else has one place where it is unwrapped.
 */
export function openedBackup(file: Blob): Promise<Blob> {
  return Promise.resolve(file);
}
