import { expect, it } from 'vitest';
import { requestsReader } from '../../../src/changes/decide/requests-service.ts';
import { membershipStep } from '../../../src/changes/steps/membership-step.ts';
import { insertChange } from '../../../src/changes/store/change-store.ts';
import { fileDatabases } from '../../support/databases.ts';
import { aChange } from '../a-change.ts';

const open = fileDatabases();
const owner = { administrator: false, personKeys: ['U0STEVE', 'email:steve@ex.co'] };
const other = { administrator: false, personKeys: ['U0BEN', 'email:ben@ex.co'] };

it('asks for the owners of a workspace once, however many requests and viewers there are', async () => {
  const { db } = await open();
  const step = {
    workspaceId: 7,
    workspace: 'pricing',
    label: 'mia@ex.co',
    role: 'OWNER',
    was: 'none',
  } as const;
  for (const userId of ['one', 'two']) {
    const change = aChange({ id: userId, state: 'pending', steps: [membershipStep({ ...step, userId })] });
    await insertChange(db, change, { entry: undefined, cards: [] });
  }
  let asked = 0;
  const ownerKeys = async () => {
    asked += 1;
    return ['email:steve@ex.co'];
  };
  const read = requestsReader({ db, service: { ownerKeys } });
  const seen = [await read(owner), await read(other), await read(owner)];
  expect(seen.map(({ changes }) => changes.map(({ id }) => id))).toEqual([
    ['one', 'two'],
    [],
    ['one', 'two'],
  ]);
  expect(asked).toBe(1);
});
