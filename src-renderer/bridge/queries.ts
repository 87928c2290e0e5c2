/**
 * What the screens read, kept by call and request. Nothing is retried by itself except reading; what moves money is asked exactly once.
 */
import { QueryClient, useQuery, useQueryClient } from '@tanstack/react-query';
import type { UseQueryResult } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { CallName, CallRequest, Calls } from '../../src-main/core/contract/contract.ts';
import type { CaseFileView } from '../../src-main/core/contract/case-views.ts';
import type { DeviceFileView, DevicesView, IdentifiedView } from '../../src-main/core/contract/device-views.ts';
import type { BankView, ExchangeRateView, PayoutView } from '../../src-main/core/contract/payout-contract.ts';
import type { SlipKind } from '../../src-main/core/domain/journal-event.ts';
import type {
  CashOutView,
  CaseView,
  CustomerView,
  ReportView,
  SlipPreviewView,
  TillView,
} from '../../src-main/core/contract/views.ts';
import type { ReconciliationState } from '../../src-main/core/contract/reconciliation-contract.ts';
import type { PairingView, StickerView } from '../../src-main/core/contract/pairing-views.ts';
import type { LineAddress } from '../../src-main/core/domain/devices/device.ts';
import type { PairingNetworkId } from '../../src-main/core/domain/pairing.ts';
import { useClient } from './client-context.ts';
import type { TillClient, WindowFault } from './till-client.ts';

/** A read that the till refused or did not answer, in the shape that the query library wants. */
export class FaultAnswer extends Error {
  override readonly name = 'FaultAnswer';
  readonly fault: WindowFault;

  constructor(fault: WindowFault) {
    super(`${fault.code}: ${fault.detail}`);
    this.fault = fault;
  }
}

const HEARTBEAT_MS = 10_000;
const CUSTOMER_HEARTBEAT_MS = 5_000;
const AFTER_FAILURE_MS = 1_500;
const PAIRING_MS = 1_000;
const RATE_KEPT_MS = 60_000;

export function createQueryClient(): QueryClient {
  // The page has no network of its own: the library's idea of being offline must never hold back a question to the till.
  const defaults = { retry: false, networkMode: 'always' } as const;
  return new QueryClient({ defaultOptions: { queries: { ...defaults, staleTime: Infinity }, mutations: defaults } });
}

async function read<Name extends CallName>(
  client: TillClient,
  name: Name,
  request: CallRequest<Name>,
): Promise<Calls[Name]['reply']> {
  const answer = await client.call(name, request);
  if (!answer.ok) throw new FaultAnswer(answer.error);
  return answer.value;
}

export function useTillViewQuery(): UseQueryResult<TillView> {
  const client = useClient();
  return useQuery({
    queryKey: ['till.view'],
    queryFn: () => read(client, 'till.view', {}),
    refetchInterval: (query) => (query.state.status === 'error' ? AFTER_FAILURE_MS : HEARTBEAT_MS),
  });
}

export function useCustomerViewQuery(): UseQueryResult<CustomerView> {
  const client = useClient();
  const queries = useQueryClient();
  useEffect(
    () => client.on('customer.changed', (view) => queries.setQueryData<CustomerView>(['customer.view'], view)),
    [client, queries],
  );
  return useQuery({
    queryKey: ['customer.view'],
    queryFn: () => read(client, 'customer.view', {}),
    refetchInterval: (query) => (query.state.status === 'error' ? AFTER_FAILURE_MS : CUSTOMER_HEARTBEAT_MS),
  });
}

export function useCashOutQuery(id: string): UseQueryResult<CashOutView> {
  const client = useClient();
  return useQuery({ queryKey: ['cash-out.show', id], queryFn: () => read(client, 'cash-out.show', { id }) });
}

export function useCashOutListQuery(sinceMs: number): UseQueryResult<readonly CashOutView[]> {
  const client = useClient();
  return useQuery({
    queryKey: ['cash-out.list', sinceMs],
    queryFn: () => read(client, 'cash-out.list', { sinceMs, limit: 500 }),
  });
}

export function usePayoutQuery(id: string): UseQueryResult<PayoutView> {
  const client = useClient();
  return useQuery({ queryKey: ['payout.show', id], queryFn: () => read(client, 'payout.show', { id }) });
}

/** Those asked for since then, and whatever is still open, newest first. */
export function usePayoutListQuery(sinceMs: number): UseQueryResult<readonly PayoutView[]> {
  const client = useClient();
  return useQuery({
    queryKey: ['payout.list', sinceMs],
    queryFn: async () => {
      const [since, open] = await Promise.all([
        read(client, 'payout.list', { sinceMs, limit: 500 }),
        read(client, 'payout.list', { sinceMs: 0, limit: 500, open: true }),
      ]);
      const byId = new Map([...since, ...open].map((payout) => [payout.id, payout]));
      return [...byId.values()].toSorted((left, right) => right.requestedAtMs - left.requestedAtMs);
    },
  });
}

/** Undefined: this way needs no bank, or its network lists none. */
export function useBanksQuery(of: CallRequest<'payout.banks'> | undefined): UseQueryResult<readonly BankView[]> {
  const client = useClient();
  return useQuery({
    queryKey: ['payout.banks', of],
    queryFn: () => (of ? read(client, 'payout.banks', of) : []),
    enabled: of !== undefined,
  });
}

export function useRateQuery(of: CallRequest<'payout.rate'> | undefined): UseQueryResult<ExchangeRateView | null> {
  const client = useClient();
  return useQuery({
    queryKey: ['payout.rate', of],
    queryFn: () => (of ? read(client, 'payout.rate', of) : null),
    enabled: of !== undefined,
    gcTime: RATE_KEPT_MS,
  });
}

/** Opened last first. */
export function useCaseListQuery(which: 'open' | 'all'): UseQueryResult<readonly CaseView[]> {
  const client = useClient();
  return useQuery({
    queryKey: ['case.list', which],
    queryFn: async () => {
      const cases = await read(client, 'case.list', { which });
      return which === 'open' ? cases.toReversed() : cases;
    },
  });
}

export function useCaseQuery(id: string): UseQueryResult<CaseFileView> {
  const client = useClient();
  return useQuery({ queryKey: ['case.show', id], queryFn: () => read(client, 'case.show', { id }), staleTime: 0 });
}

/** Without an id: the open shift's X report. */
export function useReportQuery(shiftId?: string): UseQueryResult<ReportView> {
  const client = useClient();
  const request = shiftId === undefined ? {} : { shiftId };
  return useQuery({
    queryKey: ['shift.report', shiftId ?? 'open'],
    queryFn: () => read(client, 'shift.report', request),
    staleTime: 0,
  });
}

export function useReconciliationQuery(): UseQueryResult<ReconciliationState> {
  const client = useClient();
  return useQuery({ queryKey: ['reconcile.last'], queryFn: () => read(client, 'reconcile.last', {}), staleTime: 0 });
}

export function usePairingQuery(network: PairingNetworkId): UseQueryResult<PairingView> {
  const client = useClient();
  return useQuery({
    queryKey: ['pairing.view', network],
    queryFn: () => read(client, 'pairing.view', { network }),
    // A run tells of its steps by itself; should one word be lost, the screen does not stand still.
    refetchInterval: (query) => (query.state.data?.isRunning === true ? PAIRING_MS : false),
    staleTime: 0,
  });
}

/** `sha256` names the picture: another one is read anew. */
export function useStickerQuery(network: PairingNetworkId, sha256: string): UseQueryResult<StickerView> {
  const client = useClient();
  return useQuery({
    queryKey: ['pairing.sticker', network, sha256],
    queryFn: () => read(client, 'pairing.sticker', { network }),
  });
}

export function usePreviewQuery(kind: SlipKind, subjectId: string): UseQueryResult<SlipPreviewView> {
  const client = useClient();
  return useQuery({
    queryKey: ['slip.preview', kind, subjectId],
    queryFn: () => read(client, 'slip.preview', { kind, subjectId }),
    staleTime: 0,
  });
}

export function useDevicesQuery(): UseQueryResult<DevicesView> {
  const client = useClient();
  const queries = useQueryClient();
  useEffect(
    () => client.on('devices.changed', (view) => queries.setQueryData(['devices.view'], view)),
    [client, queries],
  );
  return useQuery({ queryKey: ['devices.view'], queryFn: () => read(client, 'devices.view', {}), staleTime: 0 });
}

/** Asks the device itself, once for a line. Undefined: nothing is asked. */
export function useIdentifiedQuery(line: LineAddress | undefined): UseQueryResult<IdentifiedView | null> {
  const client = useClient();
  return useQuery({
    queryKey: ['devices.identify', line],
    queryFn: () => (line ? read(client, 'devices.identify', { line }) : null),
    enabled: line !== undefined,
    staleTime: 0,
  });
}

export function useDeviceFileQuery(deviceId: string): UseQueryResult<DeviceFileView> {
  const client = useClient();
  return useQuery({
    queryKey: ['devices.export', deviceId],
    queryFn: () => read(client, 'devices.export', { deviceId }),
    staleTime: 0,
  });
}

/** Reads again what the till says has changed. */
export function useTillChanges(): void {
  const client = useClient();
  const queries = useQueryClient();
  useEffect(
    () =>
      client.on('till.changed', ({ cashOutIds, payoutIds }) => {
        for (const queryKey of [
          ['till.view'],
          ['pairing.view'],
          ['case.list'],
          ['case.show'],
          ['cash-out.list'],
          ['payout.list'],
          ['shift.report'],
          ['reconcile.last'],
        ]) {
          void queries.invalidateQueries({ queryKey });
        }
        for (const id of cashOutIds) void queries.invalidateQueries({ queryKey: ['cash-out.show', id] });
        for (const id of payoutIds) void queries.invalidateQueries({ queryKey: ['payout.show', id] });
      }),
    [client, queries],
  );
}
