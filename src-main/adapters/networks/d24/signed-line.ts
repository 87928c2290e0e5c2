/**
 * The line to one account of the cashouts API: signed requests, and the few that go with the read-only key instead.
 * One attempt each: bytes are made, signed and sent, and credentials, bytes and signature are forgotten.
 */
import { createBareHttpClient, isUsableToken } from '../http/http-client.ts';
import type { BareHttpClientOptions, HttpOutcome } from '../http/http-client.ts';
import { bytesToSend, payloadSignature } from './signed-body.ts';
import type { Credentials } from './signed-body.ts';

/** Asked at every call. Without the first three nothing is prepared and nothing leaves. */
export type D24Secrets = Readonly<{
  login?: string;
  pass?: string;
  signatureKey?: string;
  readOnlyKey?: string;
  listUser?: string;
  listPassword?: string;
}>;

export type SignedRequest = Readonly<{
  method: 'POST' | 'PUT' | 'DELETE';
  path: string;
  /** Without credentials, see `signed-body.ts`. */
  frozen: string;
  deadlineMs: number;
}>;

export type SignedLine = Readonly<{
  send(request: SignedRequest): Promise<HttpOutcome>;
  /** Undefined: there is no read-only key. */
  ask(path: string, deadlineMs: number): Promise<HttpOutcome | undefined>;
  close(): void;
}>;

export function createSignedLine(options: BareHttpClientOptions, secrets: () => D24Secrets): SignedLine {
  const http = createBareHttpClient(options);
  return {
    async send({ method, path, frozen, deadlineMs }) {
      const credentials = credentialsIn(secrets());
      if (!credentials) return { kind: 'not-sent', cause: 'no-token' };
      const body = bytesToSend(frozen, credentials);
      const signature = payloadSignature(body, credentials.signatureKey);
      const headers = { 'Content-Type': 'application/json', 'Payload-Signature': signature };
      return http.send({ method, path, headers, body, deadlineMs, secrets: [signature, signature.toUpperCase()] });
    },
    async ask(path, deadlineMs) {
      const key = secrets().readOnlyKey;
      if (!isUsableToken(key)) return undefined;
      return http.send({ method: 'GET', path, headers: { Authorization: `Bearer ${key}` }, body: '', deadlineMs });
    },
    close: () => http.close(),
  };
}

export function credentialsIn({ login, pass, signatureKey }: D24Secrets): Credentials | undefined {
  return isSecret(login) && isSecret(pass) && isSecret(signatureKey) ? { login, pass, signatureKey } : undefined;
}

export function listUserIn({
  listUser,
  listPassword,
}: D24Secrets): Readonly<{ user: string; password: string }> | undefined {
  return isSecret(listUser) && isSecret(listPassword) ? { user: listUser, password: listPassword } : undefined;
}

/** Whatever the panel gave out: longer than the documents say has been seen. */
function isSecret(text: string | undefined): text is string {
  return text !== undefined && text.trim() !== '' && text.isWellFormed();
}
