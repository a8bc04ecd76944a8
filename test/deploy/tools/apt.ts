import { exec } from 'node:child_process';
import { promisify } from 'node:util';
import { reasonOf, run, runs } from '../../contract/tools/run.ts';
import { timeLeft } from './time-left.ts';

const UPDATE_MS = 60_000;
const INSTALL_MS = 150_000;
const QUIET = ['-qq', '-o', 'Acquire::Retries=2', '-o', 'DPkg::Lock::Timeout=60'];
const ENV = { DEBIAN_FRONTEND: 'noninteractive' };

let updated: Promise<unknown> | undefined;
/** Once for all: two at a time would wait for each other's lock. */
const update = (): Promise<unknown> => {
  updated ??= run('apt-get', ['update', ...QUIET], { timeoutMs: timeLeft(UPDATE_MS) });
  return updated;
};

/** Sees to it that Debian's packages are installed; tells why they are not, where they are not. */
export async function aptInstalled(...packages: readonly string[]): Promise<string | undefined> {
  if (await runs('dpkg', '--status', ...packages)) return undefined;
  const isRoot = process.getuid?.() === 0;
  if (!isRoot || !(await runs('apt-get', '--version')))
    return `${packages.join(' and ')} cannot be installed: this is no Debian, or not its root`;
  try {
    await update();
    const install = ['install', '-y', '--no-install-recommends', ...QUIET, ...packages];
    await run('apt-get', install, { timeoutMs: timeLeft(INSTALL_MS), env: ENV });
    return undefined;
  } catch (error) {
    return `${packages.join(' and ')} could not be installed: ${reasonOf(error)}`;
  }
}

/** Lays out in `folder` what a package of Debian holds, and installs nothing: no service of it starts. */
export async function unpackApt(name: string, folder: string): Promise<void> {
  await update();
  const download = `apt-get download -qq ${name} && dpkg --extract ${name}_*.deb .`;
  await promisify(exec)(download, { cwd: folder, timeout: timeLeft(INSTALL_MS) });
}
