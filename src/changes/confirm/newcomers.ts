import { isNamed, type Names } from '../../license/seats.ts';
import { kindOfStep, type Step } from '../steps/step.ts';

/** Seats that people take who have no account yet. */
export const seatsOfNewcomers = (steps: readonly Step[], exempt: Names): number =>
  steps.reduce((sum, step) => sum + kindOfStep(step).seatDelta(step, newcomersLedger(exempt)), 0);

const newcomersLedger = (exempt: Names) => ({
  turn: () => 0,
  join: (email: string) => (isNamed({ email, username: email }, exempt) ? 0 : 1),
});
