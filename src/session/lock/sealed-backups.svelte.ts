import { unwrapped } from '../../core/lock/lock.ts';
import { recovered, recoveryIn } from '../../core/lock/recovery.ts';
import { sealedHead, type SealedHead } from '../../formats/backup/sealed-file.ts';
import type { IncomingFile } from '../../workers/importing/sources.ts';
import { keyOfPage, startJob } from '../job.ts';
import type { Messages } from '../messages.svelte.ts';

/** A sealed backup that is on its way in, before somebody has opened it. */
export class SealedBackup {
  readonly name: string;
  readonly #head: SealedHead;
  readonly #end: (key: Uint8Array | undefined) => void;
  #isBusy = $state(false);
  #failure = $state.raw<string>();

  constructor(name: string, head: SealedHead, end: (key: Uint8Array | undefined) => void) {
    [this.name, this.#head, this.#end] = [name, head, end];
  }

  get isBusy(): boolean {
    return this.#isBusy;
  }

  /** Why the last try did not open it. */
  get failure(): string | undefined {
    return this.#failure;
  }

  async unlock(passphrase: string): Promise<void> {
    if (this.#isBusy) return;
    [this.#isBusy, this.#failure] = [true, undefined];
    try {
      const { lock } = this.#head;
      const stretched = await startJob({ kind: 'stretch', passphrase, scrypt: lock.scrypt }).result;
      const key = unwrapped(lock, 'passphrase', stretched);
      if (key) this.#end(key);
      else this.#failure = 'The passphrase does not open this backup. It is the one of the day it was made.';
    } catch (error) {
      this.#failure = `The passphrase could not be tried: ${String(error)}. Try again.`;
    } finally {
      this.#isBusy = false;
    }
  }

  async useRecovery(file: Blob): Promise<void> {
    const recovery = recoveryIn(await file.text());
    const key = recovery && recovered(this.#head.lock, recovery);
    if (key) this.#end(key);
    else this.#failure = 'This file is not the recovery file of that project.';
  }

  /** Leaves the backup out. */
  cancel(): void {
    this.#end(undefined);
  }
}

/**
 * The files with what sealed backups hold in their place. `ask` gets each that no key of this page opens, and nothing
 * when it is opened or left out.
 */
export async function openedBackups(
  files: readonly IncomingFile[],
  ask: (sealed: SealedBackup | undefined) => void,
  messages: Messages,
): Promise<readonly IncomingFile[]> {
  const opened: IncomingFile[] = [];
  for (const file of files) {
    const head = await sealedHead(file.blob);
    if (head === undefined) opened.push(file);
    else if (head === 'damaged')
      messages.alert(`“${file.path}” is a sealed backup whose beginning is damaged, so it cannot be opened.`);
    else opened.push(...(await openedBackup(file, head, ask, messages)));
  }
  return opened;
}

async function openedBackup(
  { path, blob }: IncomingFile,
  head: SealedHead,
  ask: (sealed: SealedBackup | undefined) => void,
  messages: Messages,
): Promise<readonly IncomingFile[]> {
  const key = keyOfPage(head.lock.keyId) ?? (await keyFrom(path, head, ask));
  if (!key) return [];
  const { result } = startJob({ kind: 'open-sealed', file: blob, head, key });
  const { blob: plain, faults } = await result;
  if (faults.length > 0)
    messages.alert(`“${path}” is damaged: ${faults.slice(0, 3).join(' ')} The rest of it is read.`);
  return [{ path, blob: plain }];
}

async function keyFrom(
  path: string,
  head: SealedHead,
  ask: (sealed: SealedBackup | undefined) => void,
): Promise<Uint8Array | undefined> {
  try {
    return await new Promise((resolve) => ask(new SealedBackup(path, head, resolve)));
  } finally {
    ask(undefined);
  }
}
