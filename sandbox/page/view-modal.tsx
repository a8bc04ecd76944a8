import { useEffect, useRef } from 'react';
import { Button, Dialog, Form, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { Avatar } from './avatar.tsx';
import { Block } from './blocks/block.tsx';
import { SurfaceContext } from './blocks/surface.ts';
import type { ShownView } from './model.ts';
import type { Slack } from './slack-source.ts';
import { useSurfaceOf } from './use-surface.ts';

interface ViewModalProps {
  readonly slack: Slack;
  readonly view: ShownView;
}

function Contents({ slack, view }: ViewModalProps) {
  const surface = useSurfaceOf(slack, { on: 'view', viewId: view.id }, view);
  const waiting = surface.busy || slack.submitting;
  const form = useRef<HTMLFormElement>(null);
  // The app may take away what one has just pressed; the keyboard stays in the modal nevertheless.
  // biome-ignore lint/correctness/useExhaustiveDependencies: new contents are what takes away the focused control
  useEffect(() => {
    if (document.activeElement !== document.body) return;
    form.current?.closest<HTMLElement>('[role="dialog"]')?.focus();
  }, [view.blocks]);
  const faults = JSON.stringify(view.errors);
  // biome-ignore lint/correctness/useExhaustiveDependencies: new faults are what moves the keyboard to the first
  useEffect(() => {
    form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [faults]);
  return (
    <Form
      ref={form}
      className="modal-form"
      // Faults are found by Slack and the app; the browser would not let a field with one be submitted again.
      validationBehavior="aria"
      onSubmit={(event) => {
        event.preventDefault();
        void slack.submit(view.id);
      }}
    >
      <header className="modal-head">
        <Avatar isApp name="" />
        <Heading className="modal-title" slot="title">
          {view.title}
        </Heading>
        <Button aria-label="Close" className="icon-button" onPress={() => void slack.close(view.id)}>
          <span aria-hidden>✕</span>
        </Button>
      </header>
      <SurfaceContext value={surface}>
        <div className="modal-blocks blocks">
          {view.blocks.map((block, index) => (
            <Block block={block} key={block.block_id ?? index} />
          ))}
        </div>
      </SurfaceContext>
      <footer className="modal-foot">
        <Button className="button" onPress={() => void slack.close(view.id)}>
          {view.close ?? 'Close'}
        </Button>
        {view.submit !== undefined && (
          <Button className="button" data-look="primary" isDisabled={waiting} type="submit">
            {slack.submitting ? 'Sending…' : view.submit}
          </Button>
        )}
      </footer>
    </Form>
  );
}

/** The modal on top. Its blocks may change under one's hands; what was filled in stays with its block. */
export function ViewModal({ slack, view }: ViewModalProps) {
  return (
    <ModalOverlay
      className="overlay"
      isKeyboardDismissDisabled={false}
      isOpen
      onOpenChange={() => void slack.close(view.id)}
    >
      <Modal className="modal">
        <Dialog>
          <Contents key={view.id} slack={slack} view={view} />
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
