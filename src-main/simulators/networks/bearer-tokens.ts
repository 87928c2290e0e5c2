/** Who asks: bearer tokens of sellers, as they end and are made good again. */
import { z } from 'zod';
import { commandEndpoint } from './control-plane.ts';
import type { ControlEndpoint } from './control-plane.ts';
import type { SimulatedRequest } from './exchange.ts';

export type KnownToken = Readonly<{ token: string; userId?: string; expiresAtMs?: number }>;

/** What a network knows of tokens; `any`: every one is good until it is revoked, and stands for `userId`. */
export type TokenHolder = Readonly<{
  endedTokens: ReadonlySet<string>;
  settings: Readonly<{ tokens: readonly KnownToken[] | 'any'; userId: string }>;
}>;

/** The bearer's seller; undefined when the token is missing, unknown, expired or revoked. */
export function sellerOf(state: TokenHolder, request: SimulatedRequest, nowMs: number): string | undefined {
  const token = tokenOf(request);
  if (token === undefined || state.endedTokens.has(token)) return undefined;
  const { tokens, userId } = state.settings;
  if (tokens === 'any') return userId;
  const known = tokens.find((candidate) => candidate.token === token);
  if (known === undefined || nowMs >= (known.expiresAtMs ?? Number.POSITIVE_INFINITY)) return undefined;
  return known.userId ?? userId;
}

export function tokenOf(request: SimulatedRequest): string | undefined {
  return /^Bearer ([^\s]+)$/i.exec(request.headers['authorization'] ?? '')?.[1];
}

/** The setting `tokens`, over the control plane. */
export const tokensShape = z.union([
  z.literal('any'),
  z.array(z.strictObject({ token: z.string(), userId: z.string().optional(), expiresAtMs: z.int().optional() })),
]);

export interface TokenControl {
  /** From now on 401 for this token. */
  revokeToken(token: string): void;
  restoreToken(token: string): void;
}

export function tokenEndpoints(engine: TokenControl): ControlEndpoint[] {
  const body = z.strictObject({ token: z.string().min(1) });
  const example = { token: 'the access token' };
  return [
    commandEndpoint({
      name: 'revoke-token',
      summary: 'From now on 401 for this token.',
      example,
      body,
      run: ({ token }) => engine.revokeToken(token),
    }),
    commandEndpoint({
      name: 'restore-token',
      summary: 'A revoked or expired token is good again.',
      example,
      body,
      run: ({ token }) => engine.restoreToken(token),
    }),
  ];
}
