import { inspectSettings } from '../config.ts';
import { applyProxies, proxiesOf } from '../proxy.ts';
import type { ProcessSettings } from './process-settings.ts';

/** Looks at all that the bot needs; resolves with the exit code. */
export async function runDoctorHere(
  argv: readonly string[],
  { env, file }: ProcessSettings,
): Promise<number> {
  const { faults } = inspectSettings(env, file);
  if (!faults.some(({ name }) => name.endsWith('_PROXY'))) applyProxies(proxiesOf(env));
  const { runDoctor } = await import('../doctor/doctor.ts');
  const samples = async () => (await import('../features/samples/samples.ts')).samples();
  return runDoctor(env, argv, (text) => process.stdout.write(text), { file, samples });
}
