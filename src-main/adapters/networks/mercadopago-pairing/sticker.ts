/**
 * Fetches a sticker's picture. It lies at an address that the network names, often on another host, and is public: the token never
 * travels there. https, or loopback for a test bench; no redirects; only a PNG of a sensible size is taken.
 *
 * Source  Mercado Pago POS reference, `qr.image`; Portable Network Graphics, 5.2 (signature) and 11.2.2 (IHDR).
 */
import { createHash } from 'node:crypto';
import type { PairingAnswer } from '../../../core/application/ports/network-pairing.ts';
import type { Clock, Ids } from '../../../core/application/ports/system.ts';
import { unreachable } from '../../../core/domain/result.ts';
import { exchange } from '../http/exchange.ts';
import { nodeHttp } from '../http/node-http.ts';

const PICTURE_BYTES_MAX = 1_048_576;
const PICTURE_SIDE_MAX = 4_096;
const PNG_SIGNATURE = Buffer.from('\u0089PNG\r\n\u001a\n', 'latin1');
const HEADER_BYTES = 24;

export type StickerLine = Readonly<{ clock: Clock; ids: Ids; userAgent: string; deadlineMs: number }>;

export async function fetchSticker(address: string, line: StickerLine): Promise<PairingAnswer<Uint8Array>> {
  const url = publicUrl(address);
  if (!url)
    return { kind: 'refused', code: 'sticker-address', detail: 'the picture of the sticker has no https address' };
  const agent = new (nodeHttp(url.protocol).Agent)({ keepAlive: false });
  const { userAgent, deadlineMs } = line;
  const outcome = await exchange({
    method: 'GET',
    url,
    headers: { 'User-Agent': userAgent, Accept: 'image/png' },
    body: '',
    deadlineMs,
    maxAnswerBytes: PICTURE_BYTES_MAX,
    agent,
  });
  agent.destroy();
  switch (outcome.kind) {
    case 'not-sent':
      return { kind: 'not-sent', cause: outcome.cause };
    case 'no-answer':
    case 'broken':
      return { kind: 'unknown', cause: outcome.cause };
    case 'whole':
      return pictureOf(outcome.status, outcome.body, line);
    default:
      return unreachable(outcome);
  }
}

function pictureOf(status: number, body: Buffer, { clock, ids }: StickerLine): PairingAnswer<Uint8Array> {
  if (status === 423 || status === 429) return { kind: 'busy', code: `http-${status}` };
  if (status >= 500 || status < 200) return { kind: 'unknown', cause: `http-${status}` };
  if (status >= 300) return { kind: 'refused', code: `http-${status}`, detail: 'the sticker cannot be had' };
  if (!isPng(body)) return { kind: 'unknown', cause: 'not-a-picture' };
  const bodySha256 = createHash('sha256').update(body).digest('hex');
  const evidence = { httpStatus: status, requestId: ids.next(), answeredAtMs: clock.nowMs(), bodySha256 };
  return { kind: 'answered', value: new Uint8Array(body), evidence };
}

function publicUrl(address: string): URL | undefined {
  if (!URL.canParse(address)) return undefined;
  const url = new URL(address);
  const isLoopback =
    url.hostname === 'localhost' || url.hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(url.hostname);
  const isProper = url.username === '' && url.password === '';
  return isProper && (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback)) ? url : undefined;
}

function isPng(body: Buffer): boolean {
  if (body.length < HEADER_BYTES || !body.subarray(0, PNG_SIGNATURE.length).equals(PNG_SIGNATURE)) return false;
  const [width, height] = [body.readUInt32BE(16), body.readUInt32BE(20)];
  return width > 0 && height > 0 && width <= PICTURE_SIDE_MAX && height <= PICTURE_SIDE_MAX;
}
