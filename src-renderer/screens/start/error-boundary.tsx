import { Component } from 'react';
import type { ReactNode } from 'react';
import { Button } from '../../components/button.tsx';
import { CannotStart, firstWords } from './start-screens.tsx';

/** A bug in a screen must not leave a white window: the till goes on, and so can the cashier. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { hasFailed: boolean }> {
  override state = { hasFailed: false };

  static getDerivedStateFromError(): { hasFailed: boolean } {
    return { hasFailed: true };
  }

  override render(): ReactNode {
    if (!this.state.hasFailed) return this.props.children;
    return (
      <CannotStart title={firstWords().shell.crashedTitle} text={firstWords().shell.crashedText}>
        <Button size="large" tone="primary" onPress={() => window.location.reload()}>
          {firstWords().shell.reload}
        </Button>
      </CannotStart>
    );
  }
}
