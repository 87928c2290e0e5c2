import type { Words } from '../words-like.ts';

export const faults: Words['faults'] = {
  'amount.invalid': { title: 'O valor não é válido', todo: 'Digite o valor novamente.' },
  'amount.below-minimum': { title: 'O valor é baixo demais', todo: (v) => `O mínimo é ${v['limit'] ?? 'maior'}.` },
  'amount.above-maximum': { title: 'O valor é alto demais', todo: (v) => `O máximo é ${v['limit'] ?? 'menor'}.` },
  'amount.not-a-step': {
    title: 'Esse valor não pode ser entregue',
    todo: (v) => (v['step'] === undefined ? 'Escolha um múltiplo permitido.' : `Escolha um múltiplo de ${v['step']}.`),
  },
  'amount.drawer-short': {
    title: 'A gaveta não alcança este valor',
    todo: 'Ofereça um valor menor ou peça cédulas ao supervisor.',
  },
  'cash-out.unknown': { title: 'O caixa não conhece esse saque', todo: 'Procure na lista de hoje.' },
  'cash-out.wrong-state': { title: 'O saque já mudou', todo: 'Veja a situação na tela e continue a partir dela.' },
  'cash-out.in-doubt': {
    title: 'Há um pedido sem resposta',
    todo: 'Espere a rede responder. Não entregue cédulas nem repita a cobrança.',
  },
  'cash-out.not-paid-now': {
    title: 'A rede diz que não está pago',
    todo: 'Não entregue cédulas. Espere a tela verde ou chame o supervisor.',
  },
  'cash-out.cannot-check-now': {
    title: 'Não foi possível verificar o pagamento',
    todo: 'Ainda não entregue cédulas. Toque em Entregar de novo em alguns segundos.',
  },
  'cash-out.another-handing-over': {
    title: 'Há outra entrega sem concluir',
    todo: 'Conclua primeiro essa entrega; está na lista da direita.',
  },
  'cash-out.too-late-to-confirm': {
    title: 'Já não há tempo para confirmar',
    todo: 'Falta menos de um minuto para avisar a entrega à rede. Não entregue cédulas: devolva o dinheiro e comece de novo.',
  },
  'cash-out.return-impossible': {
    title: 'A rede não pode devolver este pagamento',
    todo: 'Entregue as cédulas ou chame o supervisor para resolver de outra forma.',
  },
  'cash-out.sticker-taken': {
    title: 'O adesivo do caixa já tem uma cobrança',
    todo: 'Conclua ou cancele esse saque primeiro, ou cobre com código na tela.',
  },
  'purchase.unsupported': {
    title: 'Esta rede só entrega cédulas',
    todo: 'Escolha a rede que aceita compras ou cobre a compra de outra forma.',
  },
  'purchase.invalid': {
    title: 'A compra não fecha',
    todo: (v) => (v['item'] === undefined ? 'Confira as linhas e o total.' : `Confira a linha ${v['item']}.`),
  },
  'payout.unknown': { title: 'O caixa não conhece esse envio', todo: 'Escaneie o comprovante ou procure na lista.' },
  'payout.wrong-state': { title: 'O envio já mudou', todo: 'Veja o estado na tela e continue a partir dele.' },
  'payout.in-doubt': {
    title: 'O envio espera resposta da rede',
    todo: 'Não entregue cédulas nem repita até a rede responder.',
  },
  'payout.field-invalid': { title: 'Um dado do beneficiário não é válido', todo: 'Corrija o campo marcado.' },
  'payout.amount-invalid': {
    title: 'Esse valor não pode ser enviado',
    todo: (v) => (v['limit'] === undefined ? 'Digite outro valor.' : `O limite é ${v['limit']}.`),
  },
  'payout.not-possible': { title: 'Esta rede não pode fazer isso', todo: 'Escolha outra rede ou outra forma.' },
  'payout.cannot-check-now': {
    title: 'Não foi possível verificar o envio',
    todo: 'Não entregue cédulas ainda. Tente de novo em alguns segundos.',
  },
  'payout.another-handing-over': {
    title: 'Há outras cédulas na mão',
    todo: 'Termine primeiro essa entrega.',
  },
  'payout.replaced': {
    title: 'Este envio já foi substituído',
    todo: 'Não entregue mais nada: veja o detalhe do envio.',
  },
  'supervisor.needed': { title: 'É preciso um supervisor', todo: 'Peça ao supervisor que digite seu código.' },
  'network.unknown': { title: 'Essa rede de pagamento não existe', todo: 'Chame o técnico.' },
  'network.not-configured': { title: 'A rede de pagamento não está configurada', todo: 'Chame o técnico.' },
  'network.blocked': {
    title: 'A rede de pagamento recusa este caixa',
    todo: (v) => (v['code'] === undefined ? 'Chame o técnico.' : `Chame o técnico e informe o código ${v['code']}.`),
  },
  'network.unreachable': {
    title: 'A rede de pagamento não responde',
    todo: 'Verifique a internet e toque em Sincronizar agora.',
  },
  'network.offline': {
    title: 'Sem conexão: nada novo é iniciado',
    todo: 'Avise o cliente. O caixa tenta sozinho e volta a cobrar assim que a rede responder.',
  },
  'network.refused': {
    title: 'A rede de pagamento não aceitou o pedido',
    todo: (v) =>
      v['code'] === undefined ? 'Tente de novo ou chame o técnico.' : `Tente de novo. Código: ${v['code']}.`,
  },
  'mode.unsupported': { title: 'Esta rede não tem esse tipo de código', todo: 'Escolha outro tipo de código.' },
  'shift.none-open': { title: 'Não há turno aberto', todo: 'Abra o turno com o fundo inicial.' },
  'shift.already-open': { title: 'Já há um turno aberto', todo: 'Feche-o antes de abrir outro.' },
  'shift.unknown': { title: 'O caixa não conhece esse turno', todo: 'Escolha outro turno.' },
  'shift.open-cash-outs': {
    title: 'Há saques em andamento',
    todo: 'Conclua, cancele ou devolva o dinheiro; depois feche o turno.',
  },
  'count.invalid': { title: 'A contagem não fecha', todo: 'Confira as quantidades e conte de novo.' },
  'person.unknown': {
    title: 'Essa pessoa não está nas configurações',
    todo: 'Escolha outra pessoa ou chame o técnico.',
  },
  'settings.missing': { title: 'O caixa não tem configurações', todo: 'Chame o técnico para configurá-lo.' },
  'settings.invalid': { title: 'As configurações do caixa têm um erro', todo: 'Chame o técnico.' },
  'slip.not-now': { title: 'Esse papel não pode ser impresso agora', todo: 'Veja a situação do saque.' },
  'slip.no-printer': {
    title: 'Este caixa não tem impressora',
    todo: 'O código está nas telas. Para papel, chame o técnico.',
  },
  'slip.failed': { title: 'Não foi impresso', todo: 'Verifique papel, tampa e cabo; depois peça outra cópia.' },
  'case.unknown': { title: 'O caixa não conhece esse caso', todo: 'Volte à lista de casos.' },
  'case.closed': {
    title: 'Esse caso já está fechado',
    todo: 'Alguém, ou a própria rede, foi mais rápido. Veja o que foi decidido.',
  },
  'case.decision-not-allowed': {
    title: 'Isso não pode ser decidido agora',
    todo: 'O estado mudou. Abra o caso de novo e veja o que pode ser decidido.',
  },
  'drop.too-large': {
    title: 'A gaveta não pode liberar tanto',
    todo: 'Escolha um valor menor: parte do dinheiro está reservada para saques em andamento.',
  },
  'request.invalid': { title: 'O caixa não entendeu o pedido', todo: 'Repita. Se acontecer de novo, chame o técnico.' },
  'storage.newer-than-app': {
    title: 'Os dados são de uma versão mais nova',
    todo: 'Não continue: chame o técnico para atualizar o programa.',
  },
  'storage.failed': {
    title: 'O caixa não consegue salvar',
    todo: 'Não entregue cédulas. Verifique o espaço em disco e chame o técnico.',
  },
  'storage.damaged': {
    title: 'Os dados do caixa estão danificados',
    todo: (v) =>
      `Não entregue cédulas nem cobre. Chame o técnico: é preciso restaurar um backup; o arquivo danificado fica guardado. ${v['backup'] === undefined ? 'Não há nenhum backup bom.' : `Último backup bom: ${v['backup']}`}`,
  },
  'storage.locked': { title: 'Outro programa usa os dados do caixa', todo: 'Feche a outra janela ou chame o técnico.' },
  'backup.failed': {
    title: 'Não foi possível fazer ou restaurar o backup',
    todo: 'O caixa continua e nada mudou. Chame o técnico: verifique o disco ou o segundo lugar.',
  },
  'backup.unknown': { title: 'Esse backup não existe', todo: 'Escolha um da lista.' },
  'pairing.running': { title: 'O vínculo está em andamento', todo: 'Espere terminar e continue depois.' },
  'pairing.token-missing': {
    title: 'Falta a chave de acesso',
    todo: (v) => `Guarde-a na linha de comando: ventanilla secret set ${v['secret'] ?? 'mercadopago-token'}`,
  },
  'pairing.token-refused': {
    title: 'A rede não aceita a chave de acesso',
    todo: (v) => `Copie a chave de novo e guarde-a com: ventanilla secret set ${v['secret'] ?? 'mercadopago-token'}`,
  },
  'pairing.wrong-country': {
    title: 'A conta é de outro país',
    todo: (v) =>
      `A conta é de ${v['account'] ?? 'outro país'} e o caixa está configurado para ${v['settings'] ?? 'outro'}. Corrija o país nos ajustes.`,
  },
  'pairing.wrong-account': {
    title: 'A chave é de outra conta',
    todo: (v) => `É da conta ${v['account'] ?? ''}; os ajustes dizem ${v['settings'] ?? ''}.`,
  },
  'pairing.store-missing': {
    title: 'A conta não tem essa loja',
    todo: 'Escolha uma loja que exista ou escreva o endereço para criá-la.',
  },
  'pairing.pos-taken': {
    title: 'Esse ponto de venda é de outro caixa',
    todo: 'Escolha outro, ou diga que o traz para este caixa e por quê.',
  },
  'pairing.refused': {
    title: 'A rede não aceitou este passo',
    todo: (v) => `Código ${v['code'] ?? 'desconhecido'}. Corrija o dado e tente de novo.`,
  },
  'pairing.in-doubt': {
    title: 'Não se sabe se este passo foi feito',
    todo: 'Tente de novo: o caixa procura o que houver e não cria nada duas vezes.',
  },
  'pairing.open-cash-outs': {
    title: 'Há saques não terminados nesta rede',
    todo: 'Termine-os primeiro: eles citam o ponto de venda de agora.',
  },
  'pairing.proof-failed': {
    title: 'O pedido de teste não foi aceito',
    todo: (v) =>
      v['code'] === 'seller_configuration'
        ? 'A conta não tem o saque habilitado: peça ao Mercado Pago.'
        : `Código ${v['code'] ?? 'desconhecido'}. Confira conta e ponto de venda.`,
  },
  'device.not-here': { title: 'No treinamento não se conectam equipamentos', todo: 'Faça isso com o caixa real.' },
  'device.unknown': {
    title: 'Esse equipamento não está conectado a este caixa',
    todo: 'Veja a lista de equipamentos.',
  },
  'device.profile-unknown': { title: 'Esse modelo não existe', todo: 'Escolha outro da lista.' },
  'device.line-wrong': { title: 'Esse equipamento não pode ficar nessa conexão', todo: 'Escolha outra conexão.' },
  'device.line-taken': {
    title: 'Essa conexão já é usada por outro equipamento',
    todo: 'Desconecte primeiro o outro ou escolha outra conexão.',
  },
  'device.look-failed': { title: 'Não foi possível procurar equipamentos', todo: 'Tente de novo ou digite a conexão.' },
  'device.file-invalid': { title: 'Esse texto não descreve um equipamento', todo: 'Exporte de novo no outro caixa.' },
  'device.busy': { title: 'Já há um teste em andamento', todo: 'Espere terminar ou interrompa.' },
  'device.not-proven': {
    title: 'O equipamento não passou no teste',
    todo: 'Veja que passo falhou, corrija e tente de novo.',
  },
  'reconcile.running': { title: 'A conciliação está em andamento', todo: 'Espere o resultado.' },
  'training.only': { title: 'Somente em treinamento', todo: 'Este caixa trabalha com dinheiro real.' },
  internal: { title: 'Algo falhou dentro do caixa', todo: 'Veja a situação antes de continuar e chame o técnico.' },
  'window.no-answer': {
    title: 'O caixa não respondeu a tempo',
    todo: 'Pode ter sido feito. Veja a situação antes de repetir.',
  },
};
