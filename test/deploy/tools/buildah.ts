import { type Provided, reasonOf, run, runs } from '../../contract/tools/run.ts';
import { aptInstalled } from './apt.ts';
import { timeLeft } from './time-left.ts';

/** Builds without a daemon and without privileges of its own: `chroot` for RUN, plain folders for layers. */
const ENV = { BUILDAH_ISOLATION: 'chroot' };

/** Buildah with a store of its own, which goes with its folder. */
export interface Buildah {
  readonly store: string;
}

export async function provideBuildah(store: string): Promise<Provided<Buildah>> {
  const missing = await aptInstalled('buildah', 'busybox-static');
  if (missing !== undefined) return { missing };
  if (!(await runs('unshare', '--mount', 'true')))
    return { missing: 'this machine lets nobody mount, which buildah has to' };
  return { value: { store } };
}

export function buildah(
  { store }: Buildah,
  args: readonly string[],
  timeoutMs: number = 60_000,
): Promise<string> {
  const places = ['--storage-driver', 'vfs', '--root', `${store}/root`, '--runroot', `${store}/run`];
  return run('buildah', [...places, ...args], { timeoutMs: timeLeft(timeoutMs), env: ENV }).then((text) =>
    text.trim(),
  );
}

/** Lets go of what is mounted, so that the store can be removed. */
export async function closeBuildah(builder: Buildah): Promise<void> {
  await buildah(builder, ['unmount', '--all']);
  await buildah(builder, ['rm', '--all']);
}

/** The failure of a build, which tells in its last lines what went wrong. */
export function lastLinesOf(error: unknown): string {
  const { stderr, killed } = error as { readonly stderr?: string; readonly killed?: boolean };
  if (killed === true) return 'it took too long';
  return stderr === undefined ? reasonOf(error) : stderr.trim().split('\n').slice(-5).join(' | ');
}
