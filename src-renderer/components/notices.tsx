/** What went wrong stays until it is read or the next thing is tried; what went well leaves by itself. Above the screen: nothing moves. */
import { createContext, use, useCallback, useEffect, useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import { invariant } from '../../src-main/core/domain/result.ts';
import type { WindowFault } from '../bridge/till-client.ts';
import { faultWords } from '../text/words.ts';
import type { Words } from '../text/words.ts';
import { Button } from './button.tsx';
import { Icon } from './icon.tsx';

type Note = Readonly<{ text: string; tone: 'good' | 'attention' }>;
export type Notices = Readonly<{
  showFault: (fault: WindowFault) => void;
  clearFault: () => void;
  showNote: (note: Note) => void;
}>;
type Shown = Readonly<{ fault: WindowFault | undefined; note: Note | undefined; notices: Notices }>;

const NOTE_MS = 5_000;
const NoticesContext = createContext<Shown | undefined>(undefined);

export function NoticesProvider({ children }: Readonly<{ children: ReactNode }>) {
  const [fault, setFault] = useState<WindowFault>();
  const [note, setNote] = useState<Note>();
  const clearFault = useCallback(() => setFault(undefined), []);
  useEffect(() => {
    if (note?.tone !== 'good') return undefined;
    const timer = setTimeout(() => setNote(undefined), NOTE_MS);
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

/** At the side, over the list: good news covers nothing that a cashier needs now. */
export function NoteArea({ words }: Readonly<{ words: Words }>) {
  const { note, notices } = useShown();
  return (
    <output className="note-area">
      {note && (
        <NoticeCard
          tone={note.tone === 'good' ? 'paid' : 'doubt'}
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
  tone: 'danger' | 'doubt' | 'paid';
  onClose: () => void;
  closeWord: string;
  isHidden?: boolean;
  children: ReactNode;
}>;

function NoticeCard({ tone, onClose, closeWord, isHidden, children }: CardProps) {
  if (isHidden === true) return null;
  return (
    <div className="notice" data-tone={tone}>
      <Icon name={tone === 'paid' ? 'check' : 'warning'} />
      <p className="notice-text">{children}</p>
      <Button tone="quiet" onPress={onClose}>
        {closeWord}
      </Button>
    </div>
  );
}
