import { createContext, use } from 'react';
import { invariant } from '../../src-main/core/domain/result.ts';
import type { TillClient } from './till-client.ts';

export const ClientContext = createContext<TillClient | undefined>(undefined);

export function useClient(): TillClient {
  const client = use(ClientContext);
  invariant(client !== undefined, 'a screen outside of ClientContext');
  return client;
}
