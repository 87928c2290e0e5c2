/** What went wrong stays until it is read or the next thing is tried; what went well leaves by itself. Above the screen: nothing moves. */
import { createContext, use, useCallback, useEffect, useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import { invariant } from '../../src-main/core/domain/result.ts';
import type { WindowFault } from '../bridge/till-client.ts';
import { faultWords } from '../text/words.ts';
import type { Words } from '../text/words.ts';
import { Button } from './button.tsx';
import { Icon } from './icon.tsx';

/** good and calm leave by themselves: what went well, and what changes nothing. */
type Note = Readonly<{ text: string; tone: 'good' | 'calm' | 'attention' }>;
export type Notices = Readonly<{
  showFault: (fault: WindowFault) => void;
  clearFault: () => void;
  showNote: (note: Note) => void;
}>;
type Shown = Readonly<{ fault: WindowFault | undefined; note: Note | undefined; notices: Notices }>;

const NOTE_MS = { good: 5_000, calm: 8_000 } as const;
const NoticesContext = createContext<Shown | undefined>(undefined);

export function NoticesProvider({ children }: Readonly<{ children: ReactNode }>) {
  const [fault, setFault] = useState<WindowFault>();
  const [note, setNote] = useState<Note>();
  const clearFault = useCallback(() => setFault(undefined), []);
  useEffect(() => {
    if (!note || note.tone === 'attention') return undefined;
    const timer = setTimeout(() => setNote(undefined), NOTE_MS[note.tone]);
    return () => clearTimeout(timer);
  }, [note]);
  const notices = useMemo(() => ({ showFault: setFault, clearFault, showNote: setNote }), [clearFault]);
  const shown = useMemo(() => ({ fault, note, notices }), [fault, note, notices]);
  return <NoticesContext value={shown}>{children}</NoticesContext>;
}

function useShown(): Shown {
  const shown = use(NoticesContext);
  invariant(shown !== undefined, 'a screen outside of NoticesProvider');
  return shown;
}

export function useNotices(): Notices {
  return useShown().notices;
}

export function FaultArea({ words }: Readonly<{ words: Words }>) {
  const { fault, notices } = useShown();
  return (
    <div className="fault-area" role="alert">
      {fault && (
        <NoticeCard tone="danger" onClose={notices.clearFault} closeWord={words.shell.understood}>
          <strong>{faultWords(words, fault).title}</strong>
          <span>{faultWords(words, fault).todo}</span>
        </NoticeCard>
      )}
    </div>
  );
}

const NOTE_TONES = { good: 'paid', calm: 'waiting', attention: 'doubt' } as const;
const NOTICE_ICONS = { paid: 'check', waiting: 'question', doubt: 'warning', danger: 'warning' } as const;

/** At the side, over the list: good news covers nothing that a cashier needs now. */
export function NoteArea({ words }: Readonly<{ words: Words }>) {
  const { note, notices } = useShown();
  return (
    <output className="note-area">
      {note && (
        <NoticeCard
          tone={NOTE_TONES[note.tone]}
          onClose={() => notices.showNote({ text: '', tone: 'good' })}
          closeWord={words.shell.understood}
          isHidden={note.text === ''}
        >
          <span>{note.text}</span>
        </NoticeCard>
      )}
    </output>
  );
}

type CardProps = Readonly<{
  tone: 'danger' | 'doubt' | 'waiting' | 'paid';
  onClose: () => void;
  closeWord: string;
  isHidden?: boolean;
  children: ReactNode;
}>;

function NoticeCard({ tone, onClose, closeWord, isHidden, children }: CardProps) {
  if (isHidden === true) return null;
  return (
    <div className="notice" data-tone={tone}>
      <Icon name={NOTICE_ICONS[tone]} />
      <p className="notice-text">{children}</p>
      <Button tone="quiet" onPress={onClose}>
        {closeWord}
      </Button>
    </div>
  );
}
