import { Component } from 'react';
import type { ReactNode } from 'react';

type Props = Readonly<{
  /** What a customer sees in the place of a scene that cannot be drawn. */
  instead: ReactNode;
  /** When it is another one, the children are tried again. */
  subject: object;
  children: ReactNode;
}>;
/** `failedOn`: known as soon as the failure is over with. */
type State = Readonly<{ hasFailed: boolean; failedOn: object | undefined }>;

/** A bug in one scene must leave neither a white screen nor a technician's words before a customer. */
export class NeverBlank extends Component<Props, State> {
  override state: State = { hasFailed: false, failedOn: undefined };

  static getDerivedStateFromError(): State {
    return { hasFailed: true, failedOn: undefined };
  }

  static getDerivedStateFromProps({ subject }: Props, { failedOn }: State): State | null {
    return failedOn === undefined || failedOn === subject ? null : { hasFailed: false, failedOn: undefined };
  }

  override componentDidCatch(): void {
    this.setState({ failedOn: this.props.subject });
  }

  override render(): ReactNode {
    return this.state.hasFailed ? this.props.instead : this.props.children;
  }
}
