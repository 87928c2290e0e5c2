/** Cases and decisions in the few words that fit on paper. */
import type { CaseKind } from '../case-file.ts';
import type { CaseDecision } from '../case-rules.ts';
import type { Locale } from '../locale.ts';

export type CaseSlipWords = Readonly<{
  decided: string;
  kinds: Readonly<Record<CaseKind, string>>;
  decisions: Readonly<Record<CaseDecision, string>>;
}>;

export const CASE_SLIP_WORDS: Readonly<Record<Locale, CaseSlipWords>> = {
  es: {
    decided: 'Casos decididos',
    kinds: {
      'late-payment': 'Pago tardío',
      'unknown-answer': 'Respuesta desconocida',
      'answer-mismatch': 'La respuesta no coincide',
      'qr-refused': 'Código QR rechazado',
      'command-conflict': 'Pedido en conflicto',
      'return-failed': 'Devolución fallida',
      'returned-and-given': 'Devuelto y entregado',
      'confirmation-missed': 'Confirmación sin llegar',
      'order-lost': 'Orden perdida',
      'network-silent': 'La red no contesta',
      'paid-not-given': 'Pagado sin entregar',
      'given-not-paid': 'Entregado sin pago',
      'not-at-till': 'Desconocido en la caja',
      'payout-returned-late': 'Envío devuelto después',
      'payout-paid-twice': 'Posible pago doble',
      'payout-contradiction': 'La red se contradice',
      'payout-stuck': 'Envío sin aclarar',
      'payout-id-clash': 'Identificador repetido',
    },
    decisions: {
      'hand-over': 'Entregar los billetes',
      return: 'Devolver el dinero',
      cancel: 'Cancelar la orden',
      'return-again': 'Intentar la devolución otra vez',
      'repaid-outside': 'El cliente ya tiene su dinero',
      'nothing-paid': 'Nadie pagó',
      'send-again': 'Enviar el pedido otra vez',
      withdraw: 'No enviarlo más',
      kept: 'La tienda tiene el dinero',
      loss: 'Registrar una pérdida',
      recovered: 'El cliente lo devolvió',
      noted: 'Explicado: cerrar el caso',
      'notes-instead': 'Dar billetes en su lugar',
      reissue: 'Enviarlo como un envío nuevo',
      reviewed: 'Ya lo busqué: seguir',
    },
  },
  pt: {
    decided: 'Casos decididos',
    kinds: {
      'late-payment': 'Pagamento tardio',
      'unknown-answer': 'Resposta desconhecida',
      'answer-mismatch': 'A resposta não confere',
      'qr-refused': 'Código QR recusado',
      'command-conflict': 'Pedido em conflito',
      'return-failed': 'Devolução falhou',
      'returned-and-given': 'Devolvido e entregue',
      'confirmation-missed': 'Confirmação não chegou',
      'order-lost': 'Pedido perdido',
      'network-silent': 'A rede não responde',
      'paid-not-given': 'Pago sem entrega',
      'given-not-paid': 'Entregue sem pagamento',
      'not-at-till': 'Desconhecido no caixa',
      'payout-returned-late': 'Envio devolvido depois',
      'payout-paid-twice': 'Possível pagamento em dobro',
      'payout-contradiction': 'A rede se contradiz',
      'payout-stuck': 'Envio sem esclarecer',
      'payout-id-clash': 'Identificador repetido',
    },
    decisions: {
      'hand-over': 'Entregar as cédulas',
      return: 'Devolver o dinheiro',
      cancel: 'Cancelar o pedido',
      'return-again': 'Tentar a devolução outra vez',
      'repaid-outside': 'O cliente já tem o dinheiro',
      'nothing-paid': 'Ninguém pagou',
      'send-again': 'Enviar o pedido outra vez',
      withdraw: 'Não enviar mais',
      kept: 'A loja tem o dinheiro',
      loss: 'Registrar uma perda',
      recovered: 'O cliente devolveu',
      noted: 'Explicado: fechar o caso',
      'notes-instead': 'Dar cédulas no lugar',
      reissue: 'Enviar como um novo envio',
      reviewed: 'Já procurei: continuar',
    },
  },
  en: {
    decided: 'Cases decided',
    kinds: {
      'late-payment': 'Late payment',
      'unknown-answer': 'Unknown answer',
      'answer-mismatch': 'The answer does not match',
      'qr-refused': 'QR code refused',
      'command-conflict': 'Request in conflict',
      'return-failed': 'Return failed',
      'returned-and-given': 'Returned and given',
      'confirmation-missed': 'Confirmation missed',
      'order-lost': 'Order lost',
      'network-silent': 'The network is silent',
      'paid-not-given': 'Paid, notes not given',
      'given-not-paid': 'Given without payment',
      'not-at-till': 'Unknown to the till',
      'payout-returned-late': 'Payout came back later',
      'payout-paid-twice': 'Possibly paid twice',
      'payout-contradiction': 'The network contradicts itself',
      'payout-stuck': 'Payout not cleared up',
      'payout-id-clash': 'Identifier used twice',
    },
    decisions: {
      'hand-over': 'Hand over the notes',
      return: 'Return the money',
      cancel: 'Cancel the order',
      'return-again': 'Try the return again',
      'repaid-outside': 'The customer has the money back',
      'nothing-paid': 'Nobody paid',
      'send-again': 'Send the request again',
      withdraw: 'Do not send it any more',
      kept: 'The shop has the money',
      loss: 'Record a loss',
      recovered: 'The customer paid it back',
      noted: 'Explained: close the case',
      'notes-instead': 'Give notes in its place',
      reissue: 'Send it again as a new payout',
      reviewed: 'Looked it up: go on',
    },
  },
};

/** What older programs have written stays as it is. */
export function decisionOnSlip(words: CaseSlipWords, decision: string): string {
  const known: Readonly<Record<string, string>> = words.decisions;
  return known[decision] ?? decision;
}
