/** How a printer is doing: what its sensors see. */
export type PrinterCondition = Readonly<{
  paper: 'ok' | 'low' | 'out';
  cover: 'closed' | 'open';
  /**
   * `cutter`: the blade is stuck until a person frees it and the cover is closed, or the till says DLE ENQ; `overheat`: it goes on by
   * itself once it is cool; `unrecoverable`: only power off and on helps.
   */
  fault: 'none' | 'cutter' | 'overheat' | 'unrecoverable';
  /** Pin 3 of the drawer connector. What it means depends on the drawer. */
  isDrawerPinHigh: boolean;
}>;

export const WELL: PrinterCondition = { paper: 'ok', cover: 'closed', fault: 'none', isDrawerPinHigh: false };

export function isOnline({ paper, cover, fault }: PrinterCondition): boolean {
  return paper !== 'out' && cover === 'closed' && fault === 'none';
}
