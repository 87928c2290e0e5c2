import type { Words } from '../words-like.ts';

export const reconciliation: Words['reconciliation'] = {
  title: 'Conciliação com as redes',
  now: 'Conciliar agora',
  never: 'Ainda não foi feita.',
  running: (asked, total) => `Perguntando: ${asked} de ${total}. Pode continuar trabalhando.`,
  agree: (count) => `${count} conferem`,
  kinds: {
    'paid-not-given': 'pago sem entrega',
    'given-not-paid': 'entregue sem pagamento',
    'returned-and-given': 'devolvido e entregue',
    'not-at-till': 'desconhecido no caixa',
    'not-at-network': 'desconhecido na rede',
    'amount-differs': 'com outro valor',
    'returned-late': 'devolvido pelo banco',
    'cannot-tell': 'sem resposta',
  },
};
