/** What a two-line display says, at most 20 characters each. Spanish sets the keys; a missing one does not compile. */
import type { Locale } from '../../../core/domain/locale.ts';

const SPANISH = {
  welcome: 'Bienvenido',
  tillClosed: 'Caja cerrada',
  cashOut: 'Retiro de efectivo',
  scan: 'Escanee y pague',
  paid: 'Pago recibido',
  takeNotes: 'Tome sus billetes',
  thanks: 'Gracias',
  returning: 'Devolviendo dinero',
  returned: 'Dinero devuelto',
  cancelled: 'Retiro cancelado',
  nothingCharged: 'No se cobró nada',
  expired: 'El código venció',
  doNotPay: 'Ya no lo pague',
  oneMoment: 'Un momento',
  doNotPayTwice: 'No pague otra vez',
} as const;

type DisplayWords = Readonly<Record<keyof typeof SPANISH, string>>;

const PORTUGUESE: DisplayWords = {
  welcome: 'Bem-vindo',
  tillClosed: 'Caixa fechado',
  cashOut: 'Saque em dinheiro',
  scan: 'Escaneie e pague',
  paid: 'Pagamento recebido',
  takeNotes: 'Retire suas cédulas',
  thanks: 'Obrigado',
  returning: 'Devolvendo dinheiro',
  returned: 'Dinheiro devolvido',
  cancelled: 'Saque cancelado',
  nothingCharged: 'Nada foi cobrado',
  expired: 'O código venceu',
  doNotPay: 'Não pague mais',
  oneMoment: 'Um momento',
  doNotPayTwice: 'Não pague de novo',
};

const ENGLISH: DisplayWords = {
  welcome: 'Welcome',
  tillClosed: 'Till closed',
  cashOut: 'Cash withdrawal',
  scan: 'Scan and pay',
  paid: 'Payment received',
  takeNotes: 'Take your notes',
  thanks: 'Thank you',
  returning: 'Returning money',
  returned: 'Money returned',
  cancelled: 'Cancelled',
  nothingCharged: 'Nothing was charged',
  expired: 'The code expired',
  doNotPay: 'Do not pay it',
  oneMoment: 'One moment',
  doNotPayTwice: 'Do not pay again',
};

export const DISPLAY_WORDS: Readonly<Record<Locale, DisplayWords>> = { es: SPANISH, pt: PORTUGUESE, en: ENGLISH };
