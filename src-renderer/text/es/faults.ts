type Values = Readonly<Record<string, string | number>>;

/** What happened, and what to do now. */
export const faults = {
  'amount.invalid': { title: 'El monto no es válido', todo: 'Escriba el monto otra vez.' },
  'amount.below-minimum': {
    title: 'El monto es demasiado bajo',
    todo: (v: Values) => `El mínimo es ${v['limit'] ?? 'mayor'}.`,
  },
  'amount.above-maximum': {
    title: 'El monto es demasiado alto',
    todo: (v: Values) => `El máximo es ${v['limit'] ?? 'menor'}.`,
  },
  'amount.not-a-step': {
    title: 'Ese monto no se puede entregar',
    todo: (v: Values) =>
      v['step'] === undefined ? 'Elija un múltiplo permitido.' : `Elija un múltiplo de ${v['step']}.`,
  },
  'amount.drawer-short': {
    title: 'El cajón no alcanza para este monto',
    todo: 'Ofrezca un monto menor o pida billetes al supervisor.',
  },
  'cash-out.unknown': { title: 'La caja no conoce ese retiro', todo: 'Búsquelo en la lista de hoy.' },
  'cash-out.wrong-state': { title: 'El retiro ya cambió', todo: 'Mire su estado en pantalla y siga desde ahí.' },
  'cash-out.in-doubt': {
    title: 'Hay un pedido sin respuesta',
    todo: 'Espere a que la red conteste. No entregue billetes ni repita el cobro.',
  },
  'cash-out.not-paid-now': {
    title: 'La red dice que no está pagado',
    todo: 'No entregue billetes. Espere la pantalla verde o llame al supervisor.',
  },
  'cash-out.cannot-check-now': {
    title: 'No se pudo verificar el pago',
    todo: 'No entregue billetes todavía. Toque Entregar otra vez en unos segundos.',
  },
  'cash-out.another-handing-over': {
    title: 'Hay otra entrega sin terminar',
    todo: 'Termine primero esa entrega; está en la lista de la derecha.',
  },
  'cash-out.too-late-to-confirm': {
    title: 'Ya no hay tiempo para confirmar',
    todo: 'Falta menos de un minuto para avisar la entrega a la red. No entregue billetes: devuelva el dinero y empiece de nuevo.',
  },
  'cash-out.return-impossible': {
    title: 'La red no puede devolver este pago',
    todo: 'Entregue los billetes o llame al supervisor para resolverlo de otra manera.',
  },
  'cash-out.sticker-taken': {
    title: 'La calcomanía ya tiene un cobro',
    todo: 'Termine o cancele ese retiro primero, o cobre con código en pantalla.',
  },
  'purchase.unsupported': {
    title: 'Esta red solo entrega billetes',
    todo: 'Elija la red que acepta compras o cobre la compra de otra forma.',
  },
  'purchase.invalid': {
    title: 'La compra no cuadra',
    todo: (v: Values) => (v['item'] === undefined ? 'Revise sus líneas y el total.' : `Revise la línea ${v['item']}.`),
  },
  'payout.unknown': { title: 'La caja no conoce ese envío', todo: 'Escanee el comprobante o búsquelo en la lista.' },
  'payout.wrong-state': { title: 'El envío ya cambió', todo: 'Mire su estado en pantalla y siga desde ahí.' },
  'payout.in-doubt': {
    title: 'El envío espera respuesta de la red',
    todo: 'No entregue billetes ni lo repita hasta que la red conteste.',
  },
  'payout.field-invalid': { title: 'Un dato del beneficiario no es válido', todo: 'Corrija el campo marcado.' },
  'payout.amount-invalid': {
    title: 'Ese monto no se puede enviar',
    todo: (v: Values) => (v['limit'] === undefined ? 'Escriba otro monto.' : `El límite es ${v['limit']}.`),
  },
  'payout.not-possible': { title: 'Esta red no puede hacer eso', todo: 'Elija otra red u otra manera.' },
  'payout.cannot-check-now': {
    title: 'No se pudo verificar el envío',
    todo: 'No entregue billetes todavía. Pruebe otra vez en unos segundos.',
  },
  'payout.another-handing-over': {
    title: 'Hay otros billetes en la mano',
    todo: 'Termine primero esa entrega.',
  },
  'payout.replaced': {
    title: 'Este envío ya fue reemplazado',
    todo: 'No entregue nada más: mire el detalle del envío.',
  },
  'supervisor.needed': { title: 'Hace falta un supervisor', todo: 'Pida al supervisor que escriba su código.' },
  'network.unknown': { title: 'Esa red de pago no existe', todo: 'Llame al técnico.' },
  'network.not-configured': { title: 'La red de pago no está configurada', todo: 'Llame al técnico.' },
  'network.blocked': {
    title: 'La red de pago rechaza esta caja',
    todo: (v: Values) =>
      v['code'] === undefined ? 'Llame al técnico.' : `Llame al técnico y dígale el código ${v['code']}.`,
  },
  'network.unreachable': { title: 'La red de pago no responde', todo: 'Revise internet y toque Sincronizar ahora.' },
  'network.offline': {
    title: 'Sin conexión: no se empieza nada nuevo',
    todo: 'Avise al cliente. La caja prueba sola y vuelve a cobrar en cuanto la red responda.',
  },
  'network.refused': {
    title: 'La red de pago no aceptó el pedido',
    todo: (v: Values) =>
      v['code'] === undefined ? 'Pruebe otra vez o llame al técnico.' : `Pruebe otra vez. Código: ${v['code']}.`,
  },
  'mode.unsupported': { title: 'Esta red no tiene ese tipo de código', todo: 'Elija otro tipo de código.' },
  'shift.none-open': { title: 'No hay turno abierto', todo: 'Abra el turno con su fondo inicial.' },
  'shift.already-open': { title: 'Ya hay un turno abierto', todo: 'Ciérrelo antes de abrir otro.' },
  'shift.unknown': { title: 'La caja no conoce ese turno', todo: 'Elija otro turno.' },
  'shift.open-cash-outs': {
    title: 'Hay retiros en curso',
    todo: 'Termínelos, cancélelos o devuelva el dinero; después cierre el turno.',
  },
  'count.invalid': { title: 'El arqueo no suma', todo: 'Revise las cantidades y cuente otra vez.' },
  'person.unknown': { title: 'Esa persona no está en los ajustes', todo: 'Elija otra persona o llame al técnico.' },
  'settings.missing': { title: 'La caja no tiene ajustes', todo: 'Llame al técnico para configurarla.' },
  'settings.invalid': { title: 'Los ajustes de la caja tienen un error', todo: 'Llame al técnico.' },
  'slip.not-now': { title: 'Ese papel no se puede imprimir ahora', todo: 'Mire el estado del retiro.' },
  'slip.no-printer': {
    title: 'Esta caja no tiene impresora',
    todo: 'El código está en las pantallas. Para papel, llame al técnico.',
  },
  'slip.failed': { title: 'No se imprimió', todo: 'Revise papel, tapa y cable; después pida otra copia.' },
  'case.unknown': { title: 'La caja no conoce ese caso', todo: 'Vuelva a la lista de casos.' },
  'case.closed': {
    title: 'Ese caso ya está cerrado',
    todo: 'Alguien, o la propia red, fue más rápido. Mire qué se decidió.',
  },
  'case.decision-not-allowed': {
    title: 'Eso no se puede decidir ahora',
    todo: 'Su estado cambió. Abra el caso de nuevo y mire qué se puede decidir.',
  },
  'drop.too-large': {
    title: 'El cajón no puede soltar tanto',
    todo: 'Elija un monto menor: parte del efectivo está reservado para retiros en curso.',
  },
  'request.invalid': { title: 'La caja no entendió el pedido', todo: 'Repítalo. Si vuelve a pasar, llame al técnico.' },
  'storage.newer-than-app': {
    title: 'Los datos son de una versión más nueva',
    todo: 'No siga: llame al técnico para actualizar el programa.',
  },
  'storage.failed': {
    title: 'La caja no puede guardar',
    todo: 'No entregue billetes. Revise el espacio en disco y llame al técnico.',
  },
  'storage.damaged': {
    title: 'Los datos de la caja están dañados',
    todo: (v: Values) =>
      `No entregue billetes ni cobre. Llame al técnico: hay que restaurar un respaldo; el archivo dañado se conserva. ${v['backup'] === undefined ? 'No hay ningún respaldo bueno.' : `Último respaldo bueno: ${v['backup']}`}`,
  },
  'storage.locked': {
    title: 'Otro programa usa los datos de la caja',
    todo: 'Cierre la otra ventana o llame al técnico.',
  },
  'backup.failed': {
    title: 'No se pudo hacer o restaurar el respaldo',
    todo: 'La caja sigue y nada cambió. Llame al técnico: revise el disco o el segundo lugar.',
  },
  'backup.unknown': { title: 'No existe ese respaldo', todo: 'Elija uno de la lista.' },
  'pairing.running': { title: 'La vinculación está en curso', todo: 'Espere a que termine y siga después.' },
  'pairing.token-missing': {
    title: 'Falta la clave de acceso',
    todo: (v: Values) =>
      `Guárdela en la línea de comandos: ventanilla secret set ${v['secret'] ?? 'mercadopago-token'}`,
  },
  'pairing.token-refused': {
    title: 'La red no acepta la clave de acceso',
    todo: (v: Values) =>
      `Copie la clave de nuevo y guárdela con: ventanilla secret set ${v['secret'] ?? 'mercadopago-token'}`,
  },
  'pairing.wrong-country': {
    title: 'La cuenta es de otro país',
    todo: (v: Values) =>
      `La cuenta es de ${v['account'] ?? 'otro país'} y la caja está configurada para ${v['settings'] ?? 'otro'}. Corrija el país en los ajustes.`,
  },
  'pairing.wrong-account': {
    title: 'La clave es de otra cuenta',
    todo: (v: Values) => `Es de la cuenta ${v['account'] ?? ''}; los ajustes dicen ${v['settings'] ?? ''}.`,
  },
  'pairing.store-missing': {
    title: 'La cuenta no tiene esa sucursal',
    todo: 'Elija una sucursal que exista o escriba la dirección para crearla.',
  },
  'pairing.pos-taken': {
    title: 'Ese punto de venta es de otra caja',
    todo: 'Elija otro, o diga que lo trae a esta caja y por qué.',
  },
  'pairing.refused': {
    title: 'La red no aceptó este paso',
    todo: (v: Values) => `Código ${v['code'] ?? 'desconocido'}. Corrija el dato y pruebe otra vez.`,
  },
  'pairing.in-doubt': {
    title: 'No se sabe si este paso se hizo',
    todo: 'Pruebe otra vez: la caja busca lo que haya y no crea nada dos veces.',
  },
  'pairing.open-cash-outs': {
    title: 'Hay retiros sin terminar en esta red',
    todo: 'Termínelos primero: nombran el punto de venta de ahora.',
  },
  'pairing.proof-failed': {
    title: 'La orden de prueba no fue aceptada',
    todo: (v: Values) =>
      v['code'] === 'seller_configuration'
        ? 'La cuenta no tiene habilitado el retiro de efectivo: pídalo a Mercado Pago.'
        : `Código ${v['code'] ?? 'desconocido'}. Revise cuenta y punto de venta.`,
  },
  'device.not-here': { title: 'En entrenamiento no se conectan equipos', todo: 'Hágalo con la caja real.' },
  'device.unknown': { title: 'Ese equipo no está conectado a esta caja', todo: 'Mire la lista de equipos.' },
  'device.profile-unknown': { title: 'No existe ese modelo', todo: 'Elija otro de la lista.' },
  'device.line-wrong': { title: 'Ese equipo no puede ir en esa conexión', todo: 'Elija otra conexión.' },
  'device.line-taken': {
    title: 'Esa conexión ya la usa otro equipo',
    todo: 'Desconecte primero el otro, o elija otra conexión.',
  },
  'device.look-failed': { title: 'No se pudo buscar equipos', todo: 'Pruebe otra vez, o escriba la conexión a mano.' },
  'device.file-invalid': { title: 'Ese texto no describe un equipo', todo: 'Expórtelo otra vez en la otra caja.' },
  'device.busy': { title: 'Ya hay una prueba en curso', todo: 'Espere a que termine, o deténgala.' },
  'device.not-proven': {
    title: 'El equipo no pasó la prueba',
    todo: 'Mire qué paso falló, corríjalo y pruebe otra vez.',
  },
  'reconcile.running': { title: 'La conciliación está en curso', todo: 'Espere el resultado.' },
  'training.only': { title: 'Solo en entrenamiento', todo: 'Esta caja trabaja con dinero real.' },
  internal: { title: 'Falló algo dentro de la caja', todo: 'Mire el estado antes de seguir y llame al técnico.' },
  'window.no-answer': {
    title: 'La caja no contestó a tiempo',
    todo: 'Puede que lo haya hecho. Mire el estado antes de repetirlo.',
  },
};
