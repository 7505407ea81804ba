import { join } from 'node:path';
import type { Config } from '../config.ts';
import { type FileStore, openFileStore } from './file-store.ts';

/** Where uploads go: the store, a folder for what is still coming in, and the largest that is taken. */
export type FilePlace = { store: FileStore; incoming: string; bytesAtMost: number };

/** The place the settings name. */
export function openFilePlace(config: Config): FilePlace {
  return {
    store: openFileStore(config),
    incoming: join(config.home, 'incoming'),
    bytesAtMost: config.FILE_BYTES_AT_MOST,
  };
}

let ofThisProgram: FilePlace | undefined;

/** Makes this the place of the whole program; each program that takes uploads calls it once, at its start. */
export function setFilePlace(place: FilePlace): void {
  ofThisProgram = place;
}

/** The place of this program; throws before `setFilePlace`. */
export function theFilePlace(): FilePlace {
  if (!ofThisProgram)
    throw new Error('This program has no place for files yet: call setFilePlace at its start.');
  return ofThisProgram;
}
