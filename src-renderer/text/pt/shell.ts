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
