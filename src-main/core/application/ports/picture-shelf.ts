/** Pictures that the till keeps as files, named by what is in them: the network's stickers. */
import type { Bitmap } from '../../domain/slips/slip-document.ts';

export interface PictureShelf {
  /** On disk when it returns. Answers the SHA-256 of the bytes: the picture's name from now on. */
  keep(picture: Uint8Array): string;
  /** The bytes as they were kept; undefined when there is no such file, or when it is no longer what its name says. */
  read(sha256: string): Uint8Array | undefined;
  /** The picture in black and white, as wide as asked for; undefined when it cannot be had or drawn. */
  bitmap(sha256: string, widthDots: number): Promise<Bitmap | undefined>;
}
