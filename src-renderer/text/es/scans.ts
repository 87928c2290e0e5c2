export const scans = {
  unknown: (shown: string) => `Se leyó «${shown}». No es nada de esta caja.`,
  damaged: (shown: string) => `El comprobante se leyó mal: «${shown}». Escanéelo otra vez.`,
  questionOpen: 'Responda primero la pregunta y escanee otra vez.',
};
