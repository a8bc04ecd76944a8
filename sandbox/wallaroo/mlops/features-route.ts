import type { Handlers } from '../platform.ts';
import { refuseApi } from '../refusals.ts';
import { apiCaller } from './api-call.ts';

/** Takes no body; answers as one tutorial recorded it (contract §13). */
export const featuresHandlers: Handlers<'features.list'> = {
  'features.list': async (call, platform) => {
    await apiCaller(call, platform);
    if ((await call.req.text()) !== '') return refuseApi(400, 'sandbox: features/list takes no body');
    return call.json({
      features: { plateau: 'true' },
      name: platform.switches.instanceName,
      is_auth_enabled: true,
    });
  },
};
