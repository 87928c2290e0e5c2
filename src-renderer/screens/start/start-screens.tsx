/** Pages for when there is no till to show: starting, not joined, silent. */
import type { ReactNode } from 'react';
import { Icon } from '../../components/icon.tsx';
import type { IconName } from '../../components/icon.tsx';
import { Logo } from '../../components/logo.tsx';
import { LOCALES } from '../../../src-main/core/domain/locale.ts';
import { WORDS } from '../../text/words.ts';
import type { Words } from '../../text/words.ts';

/** Before the till has told its language: the one that the page spoke last, Spanish at first. */
export function firstWords(): Words {
  const spoken = document.documentElement.lang.slice(0, 2);
  return WORDS[LOCALES.find((locale) => locale === spoken) ?? 'es'];
}

type PageProps = Readonly<{ icon?: IconName; title: string; text?: string; children?: ReactNode }>;

function Page({ icon, title, text, children }: PageProps) {
  return (
    <main className="page">
      {icon ? (
        <span className="page-mark" data-tone="danger">
          <Icon name={icon} />
        </span>
      ) : (
        <Logo />
      )}
      <h1>{title}</h1>
      {text !== undefined && <p>{text}</p>}
      {children}
    </main>
  );
}

export function Starting() {
  return (
    <Page title={firstWords().shell.starting}>
      <span className="spinner" />
    </Page>
  );
}

export function NoPort() {
  return <Page icon="warning" title={firstWords().shell.noPortTitle} text={firstWords().shell.noPortText} />;
}

export function CannotStart({
  title,
  text,
  children,
}: Readonly<{ title: string; text: string; children?: ReactNode }>) {
  return (
    <Page icon="warning" title={title} text={text}>
      {children}
    </Page>
  );
}

/** Over everything: nothing below it can be trusted until the till speaks again. */
export function Lost({ words }: Readonly<{ words: Words }>) {
  return (
    <div className="lost" role="alertdialog" aria-label={words.shell.lostTitle}>
      <div className="lost-card">
        <span className="spinner" />
        <h1>{words.shell.lostTitle}</h1>
        <p>{words.shell.lostText}</p>
      </div>
    </div>
  );
}
