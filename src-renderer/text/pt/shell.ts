import type { Words } from '../words-like.ts';

export const shell: Words['shell'] = {
  shiftNumber: (number) => `Turno ${number}`,
  navigation: 'Seções',
  newCashOut: 'Saque',
  today: 'Hoje',
  cases: 'Casos',
  shift: 'Turno',
  casesOpen: (count) => (count === 1 ? '1 caso em aberto' : `${count} casos em aberto`),

  preferences: 'Preferências',
  language: 'Idioma',
  theme: 'Aparência',
  themeLight: 'Clara',
  themeDark: 'Escura',
  themeSystem: 'Do sistema',
  version: (version) => `Versão ${version}`,

  online: 'Conectado',
  offline: 'Sem conexão',
  blocked: 'Bloqueado',
  unverified: 'Não verificado',
  since: (time) => `desde ${time}`,
  syncNow: 'Sincronizar agora',
  syncSent: (count) => (count === 1 ? '1 aviso foi enviado.' : `${count} avisos foram enviados.`),
  syncDone: 'Está tudo em dia.',
  syncWaiting: (count) =>
    count === 1
      ? 'Resta 1 envio em espera: o caixa continua tentando.'
      : `Restam ${count} envios em espera: o caixa continua tentando.`,
  syncOffline: 'A rede de pagamento ainda não responde.',
  offlineTitle: (network) => `${network} não responde`,
  offlineText:
    'Por enquanto não dá para cobrar: avise o cliente. O caixa tenta sozinho; o que está em andamento fica salvo.',
  blockedTitle: (network) => `${network} recusa este caixa`,
  blockedText: (code) => `Chame o técnico e informe o código ${code}. O que está em andamento fica salvo.`,

  warnings: 'Avisos',
  clockAhead: (by) => `O relógio do caixa está ${by} adiantado`,
  clockBehind: (by) => `O relógio do caixa está ${by} atrasado`,
  clockText: (network) =>
    `É o que diz a hora de ${network}. Dá para continuar cobrando, mas os prazos e as horas dos comprovantes saem errados.`,
  clockTodo: 'Chame o técnico: é preciso acertar a hora desta máquina.',
  backupFailed: 'Não foi possível fazer o backup',
  backupFailedText: 'Dá para continuar cobrando, mas se este disco falhar perde-se o que não está no backup.',
  backupFailedTodo: 'Avise o supervisor e chame o técnico. O caixa tenta de novo a cada hora.',
  copyMissing: 'Falta a segunda cópia do backup',
  copyMissingText: 'O backup está feito nesta máquina; a cópia no outro lugar, não.',
  copyMissingTodo:
    'Conecte o pen drive ou o disco das cópias. O caixa tenta de novo a cada hora; se o aviso continuar, chame o técnico.',
  noticed: (time) => `Visto desde ${time}.`,
  forTechnician: (detail) => `Para o técnico: ${detail}`,

  training: 'TREINAMENTO',
  trainingNote: 'Sem valor. Não entregue cédulas.',
  trainingCustomer: 'Cliente simulado',
  trainingPay: 'Paga',
  trainingStart: 'Começa a pagar',
  trainingLeave: 'Vai embora',
  trainingNetwork: 'Rede simulada',
  trainingCut: 'Derrubar',
  trainingRestore: 'Restabelecer',

  starting: 'Abrindo o caixa…',
  noPortTitle: 'Esta janela não está ligada a um caixa',
  noPortText: 'Feche-a e abra o Ventanilla pelo ícone.',
  lostTitle: 'O caixa não responde',
  lostText:
    'Não entregue cédulas nem repita uma cobrança. Tudo o que foi confirmado está salvo; esta tela volta sozinha.',
  crashedTitle: 'Esta tela falhou',
  crashedText: 'O caixa continua trabalhando e tudo está salvo. Carregue a tela novamente.',
  reload: 'Carregar novamente',

  back: 'Voltar',
  close: 'Fechar',
  understood: 'Entendi',
  clear: 'Limpar tudo',
  erase: 'Apagar',
  print: 'Imprimir',
};
