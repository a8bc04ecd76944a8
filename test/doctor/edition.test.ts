import { expect, it } from 'vitest';
import { type Examined, examine, type Patient, start } from './support.ts';

const edition = 'Wallaroo: edition';

const calledSo = async (instanceName: string, set: string): Promise<Examined> => {
  const patient = await start({ wallaroo: { switches: { instanceName } } });
  return examine(patient, { WALLAROO_EDITION: set });
};

it.each([
  ['Wallaroo Enterprise', 'community', 'enterprise'],
  ['Wallaroo community edition', 'enterprise', 'community'],
])('hints that %s is not %s', async (name, set, other) => {
  const { of, exitCode } = await calledSo(name, set);
  expect(of(edition)).toEqual({
    name: edition,
    state: 'warning',
    text: `it calls itself ${name}, and WALLAROO_EDITION is ${set}`,
    remedy: `look into your license: if it is ${other}, set WALLAROO_EDITION=${other}`,
  });
  expect(exitCode).toBe(0);
});

it.each([
  ['Wallaroo Enterprise', 'enterprise', 'enterprise; it calls itself Wallaroo Enterprise'],
  ['Wallaroo Dev', 'enterprise', 'enterprise, by WALLAROO_EDITION; its name Wallaroo Dev tells none'],
])('takes %s with %s as it is', async (name, set, text) => {
  expect((await calledSo(name, set)).of(edition)).toEqual({ name: edition, state: 'right', text });
});

it.each<[string, (patient: Patient) => void]>([
  ['lacks the call', ({ wallaroo }) => wallaroo.faults.set('features.list', { status: 404 })],
  ['fails at it', ({ wallaroo }) => wallaroo.faults.set('features.list', { status: 500 })],
  ['cuts the line at it', ({ wallaroo }) => wallaroo.faults.set('features.list', { cut: true })],
  [
    'answers it with half a reply',
    ({ wallaroo }) => wallaroo.faults.set('features.list', { malformed: true }),
  ],
])('finds no fault in a Wallaroo that %s', async (_, plant) => {
  const patient = await start();
  plant(patient);
  const { of, exitCode } = await examine(patient);
  expect(of(edition)).toEqual({
    name: edition,
    state: 'unchecked',
    text: 'not known: this Wallaroo does not say what it is, so WALLAROO_EDITION=community counts',
  });
  expect(exitCode).toBe(0);
});
