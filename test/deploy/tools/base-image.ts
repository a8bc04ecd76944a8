import { chmod, copyFile, cp, mkdir, realpath, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { run } from '../../contract/tools/run.ts';
import { type Buildah, buildah } from './buildah.ts';
import { timeLeft } from './time-left.ts';

/** The name in the Dockerfile, in full. */
const NAME = 'docker.io/library/node:24-slim';
const FOLDERS = ['bin', 'dev', 'etc', 'lib64', 'proc', 'root', 'sys', 'tmp', 'usr/bin', 'usr/local/bin'];
const PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/**
 * Makes an image by the name of the Dockerfile's base out of what this machine has, as no engine and no registry is
 * needed then: Node with npm, Debian's C library, and BusyBox for the shell.
 */
export async function makeBaseImage(builder: Buildah, node: string, folder: string): Promise<void> {
  await Promise.all(FOLDERS.map((name) => mkdir(join(folder, name), { recursive: true })));
  await chmod(join(folder, 'tmp'), 0o1777);
  await Promise.all([layShell(folder), layNode(node, folder)]);
  await writeFile(join(folder, 'etc/passwd'), 'root:x:0:0:root:/root:/bin/sh\nnode:x:1000:1000::/:/bin/sh\n');
  await writeFile(join(folder, 'etc/group'), 'root:x:0:\nnode:x:1000:\n');
  const container = await buildah(builder, ['from', 'scratch']);
  await buildah(builder, ['add', '--quiet', container, folder, '/']);
  await buildah(builder, ['config', '--env', `PATH=${PATH}`, '--cmd', 'node', container]);
  await buildah(builder, ['commit', '--quiet', '--rm', container, NAME]);
}

async function layShell(folder: string): Promise<void> {
  const busybox = join(folder, 'bin/busybox');
  await copyFile('/bin/busybox', busybox);
  const applets = (await run(busybox, ['--list'], { timeoutMs: timeLeft(10_000) })).trim().split('\n');
  const others = applets.filter((name) => name !== 'busybox');
  await Promise.all(others.map((name) => symlink('busybox', join(folder, 'bin', name))));
  await symlink('/bin/env', join(folder, 'usr/bin/env'));
}

async function layNode(node: string, folder: string): Promise<void> {
  await copyFile(node, join(folder, 'usr/local/bin/node'));
  // All of the C library, as the real base has it: what is loaded later, such as the database, links other parts of it.
  const listed = await run('dpkg', ['--listfiles', 'libc6', 'libgcc-s1', 'libstdc++6'], {
    timeoutMs: 10_000,
  });
  const libraries = listed.split('\n').filter((path) => /^\/(usr\/)?lib(64)?\/[^ ]*\.so[.\d]*$/.test(path));
  for (const path of libraries.filter((path) => !path.includes('/gconv/'))) {
    await mkdir(join(folder, dirname(path)), { recursive: true });
    await copyFile(await realpath(path), join(folder, path));
  }
  const npm = join(folder, 'usr/local/lib/node_modules/npm');
  const itself = await realpath((await run('which', ['npm'], { timeoutMs: timeLeft(10_000) })).trim());
  await cp(join(dirname(itself), '..'), npm, { recursive: true });
  await symlink('../lib/node_modules/npm/bin/npm-cli.js', join(folder, 'usr/local/bin/npm'));
}
