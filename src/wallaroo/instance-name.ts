import * as z from 'zod';
import { WallarooError } from './errors.ts';
import type { Platform } from './platform.ts';

const featuresSchema = z.object({ name: z.string() });

/**
 * What the instance calls itself, as `Wallaroo Dev`; `undefined` where the call is missing, fails or has no name. Asked
 * once and without a body, as it was recorded (contract §13).
 */
export async function instanceName({ session, mlops }: Platform): Promise<string | undefined> {
  try {
    const { name } = await session.authorized((token) =>
      mlops.ask(token, 'features/list', undefined, featuresSchema),
    );
    return name;
  } catch (error) {
    if (error instanceof WallarooError) return undefined;
    throw error;
  }
}
