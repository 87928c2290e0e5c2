import type { ReactNode } from 'react';
import { Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';

type SheetProps = Readonly<{ title: string; isOpen: boolean; onClose: () => void; children: ReactNode }>;

/** A question above the screen. Esc is "no"; a tap beside it is nothing, because sleeves tap too. */
export function Sheet({ title, isOpen, onClose, children }: SheetProps) {
  return (
    <ModalOverlay className="modal-overlay" isOpen={isOpen} onOpenChange={(open) => !open && onClose()}>
      <Modal className="modal">
        <Dialog className="sheet">
          <Heading slot="title" className="sheet-title">
            {title}
          </Heading>
          {children}
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
