/** A request's body as text, as long as it is small. Bytes that are no UTF-8 become replacement characters: no signature fits them then. */
import type { IncomingMessage } from 'node:http';

/** `cut`: the caller went away. After `too-large` the rest is not read: the connection must be closed. */
export type Body =
  Readonly<{ kind: 'whole'; text: string }> | Readonly<{ kind: 'too-large' }> | Readonly<{ kind: 'cut' }>;

export function readBody(request: IncomingMessage, maxBytes: number): Promise<Body> {
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) return Promise.resolve({ kind: 'too-large' });
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= maxBytes) chunks.push(chunk);
      else {
        request.pause();
        resolve({ kind: 'too-large' });
      }
    });
    request.on('end', () => resolve({ kind: 'whole', text: Buffer.concat(chunks).toString('utf8') }));
    request.on('error', () => resolve({ kind: 'cut' }));
    request.on('close', () => resolve({ kind: 'cut' }));
  });
}
