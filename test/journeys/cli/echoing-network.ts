/** A network that sends back what it was told, headers included: the worst a misconfigured proxy does. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

type Kind = 'plain' | 'error' | 'base64' | 'percent' | 'order';

export type EchoingNetwork = Readonly<{
  baseUrl: string;
  answerWith(kind: Kind): void;
  /** Every Authorization header so far. */
  heard(): readonly string[];
  close(): Promise<void>;
}>;

export async function createEchoingNetwork(): Promise<EchoingNetwork> {
  let kind: Kind = 'plain';
  const heard: string[] = [];
  const server = createServer((request, response) => {
    const authorization = request.headers.authorization ?? '';
    heard.push(authorization);
    const token = authorization.replace(/^Bearer /, '');
    let body = '';
    request.setEncoding('utf8').on('data', (text: string) => (body += text));
    request.on('end', () => {
      const { status, text } = ANSWERS[kind](token, body);
      response.writeHead(status, { 'Content-Type': 'application/json', 'X-Request-Id': token });
      response.end(text);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: `http://127.0.0.1:${port}`,
    answerWith: (next) => void (kind = next),
    heard: () => heard,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

type Answer = Readonly<{ status: number; text: string }>;

const ANSWERS: Readonly<Record<Kind, (token: string, body: string) => Answer>> = {
  plain: (token, body) => ({ status: 502, text: `Authorization: Bearer ${token}\r\n\r\n${body}` }),
  error: (token) => json(400, { errors: [{ code: token, message: `bad token ${token}`, details: [token] }] }),
  base64: (token) => json(500, { authorization: Buffer.from(token).toString('base64') }),
  percent: (token) => json(200, { next: `https://host/?access_token=${encodeURIComponent(token)}` }),
  order: (token) =>
    json(201, { id: token, status: token, status_detail: token, external_reference: token, type: 'qr' }),
};

function json(status: number, value: unknown): Answer {
  return { status, text: JSON.stringify(value) };
}
