import { inspectSettings } from '../config.ts';
import { applyProxies, proxiesOf } from '../proxy.ts';
import { standardOutput } from '../standard-output.ts';
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
  const output = standardOutput();
  const code = await runDoctor(env, argv, output.write, { file, samples });
  const fault = await output.flushed();
  if (fault === undefined) return code;
  console.error(fault);
  return 1;
}
