import type { ConfirmationDialog } from '@slack/types';
import { createContext, type ReactNode, useContext, useState } from 'react';
import { Button, Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { Text } from './rich-text.tsx';

type Ask = (confirm: ConfirmationDialog | undefined) => Promise<boolean>;

const AskContext = createContext<Ask>(async () => true);

/** Asks what an element's `confirm` asks; true at once where there is none. */
export const useAsk = (): Ask => useContext(AskContext);

interface Asked {
  readonly confirm: ConfirmationDialog;
  readonly answer: (yes: boolean) => void;
}

/** Shows one confirmation dialog at a time above everything else. */
export function ConfirmProvider({ children }: { readonly children: ReactNode }) {
  const [asked, setAsked] = useState<Asked>();
  const ask: Ask = (confirm) =>
    confirm === undefined
      ? Promise.resolve(true)
      : new Promise((resolve) => {
          setAsked({ confirm, answer: resolve });
        });
  const close = (yes: boolean) => {
    asked?.answer(yes);
    setAsked(undefined);
  };
  return (
    <AskContext value={ask}>
      {children}
      {asked !== undefined && (
        <ModalOverlay className="overlay overlay-top" isOpen onOpenChange={() => close(false)}>
          <Modal className="confirm">
            <Dialog role="alertdialog">
              <Heading className="confirm-title" slot="title">
                {asked.confirm.title?.text ?? 'Are you sure?'}
              </Heading>
              <div className="confirm-text">
                <Text text={asked.confirm.text} />
              </div>
              <div className="confirm-buttons">
                <Button className="button" onPress={() => close(false)}>
                  {asked.confirm.deny?.text ?? 'Cancel'}
                </Button>
                <Button
                  autoFocus
                  className="button"
                  data-look={asked.confirm.style ?? 'primary'}
                  onPress={() => close(true)}
                >
                  {asked.confirm.confirm?.text ?? 'Yes'}
                </Button>
              </div>
            </Dialog>
          </Modal>
        </ModalOverlay>
      )}
    </AskContext>
  );
}
