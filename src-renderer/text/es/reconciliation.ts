export const reconciliation = {
  title: 'Conciliación con las redes',
  now: 'Conciliar ahora',
  never: 'Todavía no se ha hecho.',
  running: (asked: number, total: number) => `Preguntando: ${asked} de ${total}. Puede seguir trabajando.`,
  agree: (count: number) => `${count} coinciden`,
  kinds: {
    'paid-not-given': 'pagado sin entregar',
    'given-not-paid': 'entregado sin pago',
    'returned-and-given': 'devuelto y entregado',
    'not-at-till': 'desconocido en la caja',
    'not-at-network': 'desconocido en la red',
    'amount-differs': 'con otro monto',
    'returned-late': 'devuelto por el banco',
    'cannot-tell': 'sin respuesta',
  },
};
