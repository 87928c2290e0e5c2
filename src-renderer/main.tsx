/** The page of every window. The host has put `window.ventanilla` there before this runs; its role picks what is shown. */
import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import type { ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { ClientContext } from './bridge/client-context.ts';
import { createQueryClient } from './bridge/queries.ts';
import { createTillClient } from './bridge/till-client.ts';
import { firstCallId, windowPort } from './bridge/window-port.ts';
import { ErrorBoundary } from './screens/start/error-boundary.tsx';
import { NoPort } from './screens/start/start-screens.tsx';
import './styles/tokens.css';
import './styles/base.css';

/** A till's window is no browser: a long touch opens no menu, and the keys that tills print on their buttons open no search bar. */
function beNoBrowser(): void {
  const browserKeys = ['F1', 'F3', 'F6', 'F7', 'F10'];
  window.addEventListener('contextmenu', (event) => event.preventDefault());
  window.addEventListener('keydown', (event) => {
    if (browserKeys.includes(event.key)) event.preventDefault();
  });
}

async function show(): Promise<void> {
  const root = document.querySelector('#root');
  if (!root) throw new Error('index.html has no #root');
  const render = (content: ReactNode) =>
    createRoot(root).render(
      <StrictMode>
        <ErrorBoundary>{content}</ErrorBoundary>
      </StrictMode>,
    );
  const port = windowPort();
  if (!port) {
    render(<NoPort />);
    return;
  }
  const client = createTillClient(port, firstCallId());
  document.documentElement.dataset['role'] = port.role;
  // Each window loads the code of its own role only.
  const App =
    port.role === 'customer'
      ? (await import('./screens/customer/customer-app.tsx')).CustomerApp
      : (await import('./screens/shell/cashier-app.tsx')).CashierApp;
  render(
    <ClientContext value={client}>
      <QueryClientProvider client={createQueryClient()}>
        <App />
      </QueryClientProvider>
    </ClientContext>,
  );
}

beNoBrowser();
void show();
