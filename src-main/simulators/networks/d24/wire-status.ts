/**
 * The status answer, and the ways it can be wrong. What the network itself believes stays as it was.
 *
 * Source  TuPay and OneKey, cashout status endpoint: fields of the answer, and their samples that no strict parser takes.
 *         D24 writes `bank` as a list, OneKey as an object; a wrong key or account shows no bank.
 */
import { jsonAnswer } from '../exchange.ts';
import type { SimulatedAnswer } from '../exchange.ts';
import type { BankShape } from './brands.ts';
import type { D24Fault } from './faults.ts';
import { REJECTIONS_WITHOUT_BANK, STATUS } from './payout.ts';
import type { Payout, PayoutMoment } from './payout.ts';
import type { D24Settings } from './settings.ts';

export type WireStatus = Readonly<{
  cashout_status: number;
  cashout_status_description: string;
  provider_external_reference?: string;
  bank_reference_id?: string;
  rejection_code?: number;
  rejection_reason?: string;
  bank?: unknown;
}>;

export function statusAnswerOf(payout: Payout, settings: D24Settings, fault: D24Fault | undefined): SimulatedAnswer {
  const moment = fault === 'stale-answer' ? (payout.previous ?? payout.moment) : payout.moment;
  const wire = wireStatusOf(payout, moment, settings);
  const sample = sampleOf(fault, wire);
  if (sample === undefined) return jsonAnswer(200, distort(wire, payout, fault));
  return { ...jsonAnswer(200, {}), bodyText: sample };
}

/** What cancel and update answer: the bare status. */
export function shortStatusOf({ moment }: Payout): WireStatus {
  const { code, description } = STATUS[moment.life.state];
  return { cashout_status: code, cashout_status_description: description };
}

function wireStatusOf(payout: Payout, { life }: PayoutMoment, settings: D24Settings): WireStatus {
  const { code, description } = STATUS[life.state];
  const { providerReference, bankReferenceId } = payout.terms;
  const hasLeft = life.state === 'completed' || (life.state === 'rejected' && life.isLate);
  const rejection = life.state === 'rejected' ? life.rejection : undefined;
  const showsBank = life.state === 'completed' || (rejection !== undefined && !hidesBank(rejection.code));
  const bank = showsBank ? wireBankOf(payout, settings.bankShape) : undefined;
  const isReady = bankReferenceId !== '' && life.state !== 'pending' && life.state !== 'on_hold';
  return {
    cashout_status: code,
    cashout_status_description: description,
    ...(hasLeft && settings.hasProviderReference && { provider_external_reference: providerReference }),
    ...(isReady && { bank_reference_id: bankReferenceId }),
    ...(rejection?.code !== undefined && rejection.code !== null && { rejection_code: rejection.code }),
    ...(rejection?.reason !== undefined && rejection.reason !== null && { rejection_reason: rejection.reason }),
    ...(bank !== undefined && { bank }),
  };
}

function hidesBank(code: number | null): boolean {
  return REJECTIONS_WITHOUT_BANK.includes(code);
}

function wireBankOf({ terms }: Payout, shape: BankShape): unknown {
  const { bank, bankBranch, bankAccount, beneficiaryName } = terms;
  if (bank === undefined) return undefined;
  const { code, name, ispb } = bank;
  switch (shape) {
    case 'object':
      return { ...(ispb !== undefined && { ispb }), code, name };
    case 'array':
      return [{ code, name, branch: bankBranch, account: bankAccount, beneficiary_name: beneficiaryName }];
    case 'absent':
      return undefined;
    default:
      return shape satisfies never;
  }
}

function distort(wire: WireStatus, payout: Payout, fault: D24Fault | undefined): unknown {
  switch (fault) {
    case 'unknown-status':
      return { ...wire, cashout_status: 7, cashout_status_description: 'In review' };
    case 'missing-status': {
      const { cashout_status: _left, ...rest } = wire;
      return rest;
    }
    case 'quoted-status':
      return { ...wire, cashout_status: String(wire.cashout_status) };
    case 'text-does-not-fit':
      return withOtherText(wire);
    case 'rejection-code-zero':
      return wire.cashout_status === 3 ? { ...wire, rejection_code: 0, rejection_reason: 'Test' } : wire;
    case 'rejection-code-absent': {
      const { rejection_code: _code, rejection_reason: _reason, ...rest } = wire;
      return rest;
    }
    case 'bank-as-object':
      return { ...wire, bank: wireBankOf(payout, 'object') ?? {} };
    case 'bank-as-array':
      return { ...wire, bank: wireBankOf(payout, 'array') ?? [] };
    case 'bank-absent': {
      const { bank: _left, ...rest } = wire;
      return rest;
    }
    default:
      return wire;
  }
}

/** The number as it is, with the words of another. */
export function withOtherText(wire: WireStatus): WireStatus {
  const other = wire.cashout_status === 1 ? STATUS.rejected : STATUS.completed;
  return { ...wire, cashout_status_description: other.description };
}

const REJECTED_SAMPLE = `{
    "cashout_status": 3,
    "cashout_status_description": "Rejected",
    "rejection_code": 808,
    "rejection_reason": "ERROR_OTHER"
}`;

/** No comma after the first line, and one too many after the last. */
const BANK_SAMPLE = `"bank": {
        "ispb": "90400888"
        "code": "336",
        "name": "BANCO SANTANDER BRASIL S.A.",
    }`;

/** Answers in the manner of the documents' samples, with their mistakes; undefined for a fault of another kind. */
function sampleOf(fault: D24Fault | undefined, wire: WireStatus): string | undefined {
  switch (fault) {
    case 'sample-two-documents':
      return `${JSON.stringify(wire, null, 4)}\n${REJECTED_SAMPLE}`;
    case 'sample-completed':
      return `{
    "cashout_status": 1,
    "cashout_status_description": "Completed",
    "provider_external_reference": "E352104102024101612486eH2eXXXXXX",
    ${BANK_SAMPLE}
}

${REJECTED_SAMPLE}`;
    case 'sample-rejected':
      return `{
    "cashout_status": 3,
    "cashout_status_description": "Rejected",
    "rejection_code": 808,
    "rejection_reason": "ERROR_OTHER"
    ${BANK_SAMPLE}
}`;
    default:
      return undefined;
  }
}
