/** The stand-alone verifier that auditors are given, as a module: it is plain JavaScript and knows nothing of our types. */
import path from 'node:path';
import { pathToFileURL } from 'node:url';

export const VERIFIER = path.resolve(import.meta.dirname, '../../assets/verifier/verify-journal.mjs');

type Head = Readonly<{ seq: number; hash: string }>;

export type VerifiedShift = Readonly<{
  number: number;
  floatMinor: number;
  dispensedMinor: number;
  dropsMinor: number;
  expectedMinor?: number;
  countedMinor?: number;
  varianceMinor?: number;
  close?: Head;
  previousHead?: Head;
  unknown: readonly string[];
}>;

type Verified = Readonly<{
  sound: true;
  entries: number;
  first: Readonly<{ seq: number; prevHash: string }>;
  last: Head;
  headAt?: number;
  shifts: readonly VerifiedShift[];
}>;

type Verifier = Readonly<{
  /** Throws an error in words where something is not sound. */
  verify(
    files: readonly Readonly<{ name: string; bytes: Uint8Array }>[],
    marks?: Readonly<{ head?: string; after?: string }>,
  ): Verified;
}>;

const { verify } = (await import(pathToFileURL(VERIFIER).href)) as Verifier;

/** What the verifier says of these files, in their order. */
export function verified(files: readonly Uint8Array[], marks: Parameters<typeof verify>[1] = {}): Verified {
  return verify(
    files.map((bytes, index) => ({ name: `file ${index + 1}`, bytes })),
    marks,
  );
}

/** In words; undefined when all is sound. */
export function flawIn(bytes: Uint8Array): string | undefined {
  try {
    verified([bytes]);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
