/** The sticker of a point of sale, as the till compares it between networks: both products of Mercado Pago print the same code there. */
export function stickerOf(externalPosId: string): string {
  return `mercadopago ${externalPosId}`;
}
