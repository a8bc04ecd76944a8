import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { cached } from './cache.ts';
import { newestJava } from './java.ts';
import { type Provided, reasonOf, run, runs } from './run.ts';

/** A Keycloak that can be started, with a Java for it. */
export interface KeycloakDistribution {
  readonly version: string;
  readonly folder: string;
  readonly javaHome: string;
}

/** Unpacks the server's distribution, which Maven fetches. */
async function unpack(version: string, folder: string): Promise<void> {
  const artifact = `org.keycloak:keycloak-quarkus-dist:${version}:tar.gz`;
  const args = ['-q', '-B', 'dependency:copy', `-Dartifact=${artifact}`, `-DoutputDirectory=${folder}`];
  await run('mvn', args, { timeoutMs: 240_000 });
  const archive = join(folder, `keycloak-quarkus-dist-${version}.tar.gz`);
  await run('tar', ['xzf', archive, '-C', folder, '--strip-components=1'], { timeoutMs: 60_000 });
  await rm(archive);
}

/** Keycloak of this version, on the newest installed Java of `javaMajors`, which are those that it supports. */
export async function provideKeycloak(
  version: string,
  javaMajors: readonly number[],
): Promise<Provided<KeycloakDistribution>> {
  const java = await newestJava(javaMajors);
  if ('missing' in java) return java;
  if (!(await runs('mvn', '--version'))) return { missing: 'Maven (mvn) is not installed' };
  try {
    const folder = await cached(`keycloak-${version}`, (unfinished) => unpack(version, unfinished));
    return { value: { version, folder, javaHome: java.value } };
  } catch (error) {
    return { missing: `Keycloak ${version} could not be fetched: ${reasonOf(error)}` };
  }
}
