import { Component } from 'react';
import type { ReactNode } from 'react';

type Props = Readonly<{
  /** What a customer sees in the place of a scene that cannot be drawn. */
  instead: ReactNode;
  /** When it is another one, the children are tried again. */
  subject: unknown;
  children: ReactNode;
}>;

/** A bug in one scene must leave neither a white screen nor a technician's words before a customer. */
export class NeverBlank extends Component<Props, Readonly<{ hasFailed: boolean }>> {
  override state = { hasFailed: false };

  static getDerivedStateFromError(): { hasFailed: boolean } {
    return { hasFailed: true };
  }

  override componentDidUpdate({ subject }: Props): void {
    if (this.state.hasFailed && subject !== this.props.subject) this.setState({ hasFailed: false });
  }

  override render(): ReactNode {
    return this.state.hasFailed ? this.props.instead : this.props.children;
  }
}
