import { readFileSync, writeFileSync } from 'node:fs';
import type { Recording } from './record.ts';

/** Which Keycloak a recording is of; the user profile is what §4.5 of the contract turns on. */
export type RecordingName = '21.1.1' | '21.1.1-user-profile' | '26.7.3';

const fileOf = (name: RecordingName): URL => new URL(`../../fixtures/keycloak/${name}.json`, import.meta.url);

/** What the real server answered (`npm run test:contract` with RECORD=1 writes it again). */
export const recordingOf = (name: RecordingName): Recording => JSON.parse(readFileSync(fileOf(name), 'utf8'));

export const keepRecording = (name: RecordingName, recording: Recording): void =>
  writeFileSync(fileOf(name), `${JSON.stringify(recording, null, 2)}\n`);
