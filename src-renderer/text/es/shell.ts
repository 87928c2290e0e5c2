/** Spanish sets the keys of every table: Latin American, usted, neutral between countries. */
export const shell = {
  shiftNumber: (number: number) => `Turno ${number}`,
  navigation: 'Secciones',
  newCashOut: 'Retiro',
  today: 'Hoy',
  cases: 'Casos',
  shift: 'Turno',
  casesOpen: (count: number) => (count === 1 ? '1 caso abierto' : `${count} casos abiertos`),

  preferences: 'Preferencias',
  language: 'Idioma',
  theme: 'Apariencia',
  themeLight: 'Clara',
  themeDark: 'Oscura',
  themeSystem: 'Del equipo',
  version: (version: string) => `Versión ${version}`,

  online: 'En línea',
  offline: 'Sin conexión',
  blocked: 'Bloqueada',
  unverified: 'Sin verificar',
  since: (time: string) => `desde las ${time}`,
  syncNow: 'Sincronizar ahora',
  syncSent: (count: number) => (count === 1 ? 'Se envió 1 aviso.' : `Se enviaron ${count} avisos.`),
  syncDone: 'Todo está al día.',
  syncWaiting: (count: number) =>
    count === 1
      ? 'Queda 1 envío en espera: la caja sigue intentando.'
      : `Quedan ${count} envíos en espera: la caja sigue intentando.`,
  syncOffline: 'La red de pago todavía no responde.',
  offlineTitle: (network: string) => `${network} no responde`,
  offlineText:
    'Por ahora no se puede cobrar: avise al cliente. La caja prueba sola; lo que está en curso queda guardado.',
  blockedTitle: (network: string) => `${network} rechaza esta caja`,
  blockedText: (code: string) => `Llame al técnico y dígale el código ${code}. Lo que está en curso queda guardado.`,

  warnings: 'Avisos',
  clockAhead: (by: string) => `El reloj de la caja va ${by} adelantado`,
  clockBehind: (by: string) => `El reloj de la caja va ${by} atrasado`,
  clockText: (network: string) =>
    `Así lo dice la hora de ${network}. Se puede seguir cobrando, pero los plazos y las horas de los comprobantes salen mal.`,
  clockTodo: 'Llame al técnico: hay que poner en hora esta máquina.',
  backupFailed: 'No se pudo hacer el respaldo',
  backupFailedText: 'Se puede seguir cobrando, pero si este disco falla se pierde lo que no está respaldado.',
  backupFailedTodo: 'Avise al supervisor y llame al técnico. La caja vuelve a intentarlo cada hora.',
  copyMissing: 'Falta la segunda copia del respaldo',
  copyMissingText: 'El respaldo está hecho en esta máquina; la copia en el otro lugar, no.',
  copyMissingTodo:
    'Conecte la memoria o el disco de las copias. La caja vuelve a intentarlo cada hora; si el aviso sigue, llame al técnico.',
  noticed: (time: string) => `Visto desde las ${time}.`,
  forTechnician: (detail: string) => `Para el técnico: ${detail}`,

  training: 'ENTRENAMIENTO',
  trainingNote: 'Sin valor. No entregue billetes.',
  trainingCustomer: 'Cliente simulado',
  trainingPay: 'Paga',
  trainingStart: 'Empieza a pagar',
  trainingLeave: 'Se va',
  trainingNetwork: 'Red simulada',
  trainingCut: 'Cortar',
  trainingRestore: 'Restablecer',

  starting: 'Abriendo la caja…',
  noPortTitle: 'Esta ventana no está unida a una caja',
  noPortText: 'Ciérrela y abra Ventanilla desde su ícono.',
  lostTitle: 'La caja no responde',
  lostText: 'No entregue billetes ni repita un cobro. Todo lo confirmado está guardado; esta pantalla vuelve sola.',
  crashedTitle: 'Esta pantalla falló',
  crashedText: 'La caja sigue trabajando y todo está guardado. Vuelva a cargar la pantalla.',
  reload: 'Volver a cargar',

  back: 'Volver',
  close: 'Cerrar',
  understood: 'Entendido',
  clear: 'Borrar todo',
  erase: 'Borrar',
  print: 'Imprimir',
};
