/**
 * Base URL of a network, from the settings. https, except for loopback, where a test bench stands in for the network:
 * a token never travels in the clear. A path prefix is kept; a user, a query or a fragment is refused.
 */
import { err, ok } from '../../../core/domain/result.ts';
import type { Result } from '../../../core/domain/result.ts';

export type BaseUrlProblem = 'not-a-url' | 'not-https' | 'has-credentials' | 'has-query';

export function readBaseUrl(text: string): Result<URL, BaseUrlProblem> {
  if (!URL.canParse(text)) return err('not-a-url');
  const url = new URL(text);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url.hostname))) return err('not-https');
  if (url.username !== '' || url.password !== '') return err('has-credentials');
  if (url.search !== '' || url.hash !== '') return err('has-query');
  return ok(url);
}

/** `path` begins with a slash and holds only what the adapter put there. */
export function below(base: URL, path: string): URL {
  return new URL(base.pathname.replace(/\/+$/, '') + path, base);
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}
